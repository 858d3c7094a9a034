package io.walnutedge.sensor.chip;

import com.google.auto.service.AutoService;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.Crc8;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.chip.Compensation.Air;
import io.walnutedge.sensor.i2c.ChipDescriptor;
import io.walnutedge.sensor.i2c.I2cChip;
import io.walnutedge.sensor.i2c.I2cDriver;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Sensirion SGP40: the raw signal of volatile organic compounds, compensated for humidity and temperature (datasheet SGP40,
 * version 1.0), and the index that is made of it, which wants a signal each second. Stateless; any thread.
 *
 * <p>The signal falls when there is more in the air. What the index learnt outlasts a failure of a few minutes, and not a
 * restart of the program.
 */
@AutoService(SensorDriver.class)
public final class Sgp40 implements I2cDriver {
    private static final int MEASURE = 0x260f; // table 9
    private static final int SELF_TEST = 0x280e; // table 12
    private static final int HEATER_OFF = 0x3615; // table 14
    private static final int PASSED = 0xd4; // table 13: the higher byte
    private static final Duration MEASURE_TIME = Duration.ofMillis(30); // 3.1
    private static final Duration SELF_TEST_TIME = Duration.ofMillis(320); // 3.3: 250 ms; in version 1.2 320 ms
    private static final Quantity SIGNAL = Quantity.AIR_QUALITY.named("voc-raw");
    private static final Quantity INDEX = Quantity.AIR_QUALITY.named("voc-index");

    @Override
    public ChipDescriptor chip() {
        // 4.2
        return ChipDescriptor.of("sgp40", "Sensirion SGP40", 0x59)
                .takesCommands()
                .keys("`voc-index` 1 to 500, 100 is the usual air of the last half day; read each second, as its"
                        + " algorithm wants it, `every` is how often the mean is published; each start begins with"
                        + " 46 s without values, and the index learns anew for an hour and a half, but not after a"
                        + " failure of up to 10 min; `humidity` of the air, 0 to 100, **50** (%); `temperature` of"
                        + " the air, -45 to 130, **25** (°C); `compensate` by temperature and humidity");
    }

    @Override
    public Optional<Duration> sampleEvery() {
        return Optional.of(VocIndex.PERIOD);
    }

    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        // table 10
        var percent = settings.number("humidity", 50, 0, 100);
        var fixed = new Air(settings.number("temperature", 25, -45, 130), percent);
        var compensation = Compensation.read(settings, Quantity.TEMPERATURE, Quantity.HUMIDITY);
        // a failed sensor is closed and another one opened, which goes on with the index
        var memory = new AtomicReference<Optional<VocIndex>>(Optional.empty());
        return plan(settings, "SGP40", List.of(SIGNAL, INDEX), compensation.needs(), chip -> {
            test(chip);
            var index = memory.getAndSet(Optional.empty());
            return new Opened(chip, fixed, compensation, index.orElseGet(() -> new VocIndex(chip.nanoTime())), memory);
        });
    }

    private static int ticks(double share) {
        return (int) Math.round(share * 65_535);
    }

    private static void test(I2cChip chip) throws SensorException, InterruptedException {
        chip.write(SELF_TEST >> 8, SELF_TEST & 0xff);
        chip.pause(SELF_TEST_TIME);
        var result = chip.words(1, Crc8.SENSIRION)[0];
        if (result >> 8 != PASSED) {
            throw chip.fault("did not pass its self-test: " + I2cChip.hex(result, 4));
        }
    }

    /** @param memory where it leaves its index for the next one */
    private record Opened(
            I2cChip chip,
            Air fixed,
            Compensation compensation,
            VocIndex index,
            AtomicReference<Optional<VocIndex>> memory)
            implements Sensor {
        @Override
        public List<Measurement> read() throws SensorException, InterruptedException {
            var air = compensation.air(chip, fixed, -45, 130);
            var humidity = ticks(air.percent() / 100);
            var temperature = ticks((air.celsius() + 45) / 175);
            chip.write(
                    MEASURE >> 8,
                    MEASURE & 0xff,
                    humidity >> 8,
                    humidity & 0xff,
                    crc(humidity),
                    temperature >> 8,
                    temperature & 0xff,
                    crc(temperature));
            chip.pause(MEASURE_TIME);
            var signal = chip.words(1, Crc8.SENSIRION)[0];
            if (signal == 0 || signal == 0xffff) {
                throw chip.fault("its signal is at its end (" + I2cChip.hex(signal, 4) + ")");
            }
            var now = index.next(signal, chip.nanoTime());
            return now.isEmpty()
                    ? List.of()
                    : List.of(Measurement.of(SIGNAL, signal), Measurement.of(INDEX, now.getAsInt()));
        }

        private static int crc(int word) {
            return Crc8.SENSIRION.of((byte) (word >> 8), (byte) word);
        }

        /** Also ends the heating, which would go on for ever. */
        @Override
        public void close() {
            memory.set(Optional.of(index));
            try {
                chip.write(HEATER_OFF >> 8, HEATER_OFF & 0xff);
            } catch (SensorException e) {
                // a chip that is not there does not heat
            }
        }
    }
}
