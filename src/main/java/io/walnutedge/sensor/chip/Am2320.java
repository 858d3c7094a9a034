package io.walnutedge.sensor.chip;

import com.google.auto.service.AutoService;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.i2c.ChipDescriptor;
import io.walnutedge.sensor.i2c.Crc16;
import io.walnutedge.sensor.i2c.I2cChip;
import io.walnutedge.sensor.i2c.I2cDriver;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Aosong AM2320: temperature and humidity (product manual V1.0, chapter 8). Stateless; any thread.
 *
 * <p>It sleeps between two transfers, and the first write, which wakes it, is not acknowledged. What it answers is what it
 * measured at the transfer before; so one goes before the first reading.
 */
@AutoService(SensorDriver.class)
public final class Am2320 implements I2cDriver {
    private static final int READ = 0x03; // 8.2.4: function code
    private static final int FIRST = 0x00; // 8.2.4: the high byte of the humidity
    private static final int COUNT = 4; // 8.2.4: humidity and temperature
    private static final int SIGN = 0x8000; // 8.2.4: the sign of the temperature, beside its magnitude
    private static final Duration WAKING = Duration.ofMillis(1); // 8.2.4: 0.8 to 3 ms
    private static final Duration ANSWERING = Duration.ofMillis(2); // 8.2.4: 1.5 ms at least
    /** Of two bytes at 10 kHz it is 2 ms; the kernel gives up after a second. */
    private static final Duration LONGEST_TRANSFER = Duration.ofMillis(200);

    private static final Duration BETWEEN = Duration.ofSeconds(2); // table 1: the shortest interval of measurements

    @Override
    public ChipDescriptor chip() {
        // 8.2.1: 0xB8 with the bit for reading
        return ChipDescriptor.of("am2320", "Aosong AM2320, AM2321, AM2322", 0x5c)
                .takesCommands()
                .keys("`every` at least 2 s");
    }

    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        return plan(settings, "AM2320", List.of(Quantity.TEMPERATURE, Quantity.HUMIDITY), chip -> {
                    var sensor = new Opened(chip, chip.nanoTime() + BETWEEN.toNanos());
                    sensor.measure();
                    return sensor;
                })
                .noSooner(BETWEEN);
    }

    /** @param readyAt the reading at opening has begun a measurement, which is over by then */
    private record Opened(I2cChip chip, long readyAt) implements Sensor {
        @Override
        public List<Measurement> read() throws SensorException, InterruptedException {
            return chip.nanoTime() - readyAt < 0 ? List.of() : measure();
        }

        private List<Measurement> measure() throws SensorException, InterruptedException {
            if (!isAwake()) {
                chip.pause(WAKING);
            }
            chip.write(READ, FIRST, COUNT);
            chip.pause(ANSWERING);
            var frame = chip.alive(chip.read(8));
            if (frame[0] != READ || frame[1] != COUNT) {
                throw chip.fault(String.format(
                        Locale.ROOT, "answers 0x%02x%02x and not 0x0304", frame[0] & 0xff, frame[1] & 0xff));
            }
            // the lower byte first (8.2.3)
            chip.check(Crc16.MODBUS.of(frame, 0, 6), I2cChip.littleEndian16(frame, 6));
            var percent = I2cChip.unsigned16(frame, 2) / 10.0;
            var word = I2cChip.unsigned16(frame, 4);
            var tenths = (word & SIGN) == 0 ? word : -(word & ~SIGN);
            // table 1
            return List.of(chip.measured(Quantity.TEMPERATURE, tenths / 10.0, -40, 80), chip.humidity(percent));
        }

        /** A sleeping one does not acknowledge; whether it is there shows in the next transfer. */
        private boolean isAwake() throws SensorException {
            var since = chip.nanoTime();
            try {
                chip.write(FIRST);
                return true;
            } catch (SensorException asleep) {
                if (chip.nanoTime() - since > LONGEST_TRANSFER.toNanos()) {
                    throw asleep; // somebody holds the bus, and would hold it in the next transfer as long
                }
                return false;
            }
        }
    }
}
