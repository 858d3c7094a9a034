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
import io.walnutedge.sensor.i2c.I2cChip;
import io.walnutedge.sensor.i2c.I2cDriver;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Vishay VEML7700: illuminance, switched on for each reading (datasheet 84286, revision 1.7, and application note 84323).
 * Stateless; any thread.
 *
 * <p>The correction of the application note makes up for what the chip lacks from 1000 lx on. It is a polynomial without a
 * step, 0.2 % at little light; beyond 140000 lx, where the chip ends, it means nothing.
 */
@AutoService(SensorDriver.class)
public final class Veml7700 implements I2cDriver {
    private static final int CONFIGURATION = 0; // datasheet, command register format
    private static final int ILLUMINANCE = 4;
    private static final int ID = 7;
    private static final int DEVICE_CODE = 0x81; // datasheet, command code 7; the higher byte is the address option
    private static final int OFF = 0x0001; // command code 0, ALS_SD
    private static final int PERSISTENCE = 0x0010; // ALS_PERS: two; without interrupt no more than a mark of ours
    private static final int SATURATED = 0xffff; // 16 bits
    private static final double FINEST = 0.0042; // basic characteristics: lux for each count at gain 2 and 800 ms
    private static final double MAX = 140_000; // basic characteristics: maximum detection illuminance
    private static final Duration WAKE = Duration.ofMillis(3); // application note: 2.5 ms at least after switching on

    /** ALS_GAIN (command code 0): by the factor. */
    private static final Map<Double, Integer> GAINS = Map.of(1.0, 0, 2.0, 1, 0.125, 2, 0.25, 3);

    /** ALS_IT (command code 0): by milliseconds. */
    private static final Map<Integer, Integer> TIMES = Map.of(25, 12, 50, 8, 100, 0, 200, 1, 400, 2, 800, 3);

    @Override
    public ChipDescriptor chip() {
        // Datasheet, slave address
        return ChipDescriptor.of("veml7700", "Vishay VEML7700", 0x10)
                .keys("`gain` **0.125** 0.25 1 2; `integration-time` 25 50 **100** 200 400 800 (ms); "
                        + "`correction` (of the application note, for bright light) true **false**");
    }

    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        var gain = gain(settings);
        var millis = I2cChip.oneOf(settings, "integration-time", 100, List.of(25, 50, 100, 200, 400, 800));
        var isCorrected = settings.flag("correction", false);
        return plan(settings, "VEML7700", List.of(Quantity.ILLUMINANCE), chip -> {
                    var id = littleEndian(chip, ID);
                    if ((id & 0xff) != DEVICE_CODE) {
                        throw chip.fault("its id is " + I2cChip.hex(id, 4) + ", not 0x..81; it is no VEML7700");
                    }
                    return new Opened(chip, gain, millis, isCorrected);
                })
                .noSooner(Duration.ofMillis(millis));
    }

    private static double gain(ConfigTable settings) {
        var gain = settings.number("gain", 0.125, 0.125, 2);
        if (!GAINS.containsKey(gain)) {
            settings.problem("gain", gain + " is none of 0.125, 0.25, 1, 2");
            return 0.125;
        }
        return gain;
    }

    /** A register of 16 bits, the lower byte first. */
    private static int littleEndian(I2cChip chip, int register) throws SensorException {
        return I2cChip.littleEndian16(chip.readRegister(register, 2), 0);
    }

    private record Opened(I2cChip chip, double gain, int millis, boolean isCorrected) implements Sensor {
        /** Never 0 when on, as after a power cut or on a dead bus. */
        private int configuration() {
            return (GAINS.getOrDefault(gain, 0) << 11) | (TIMES.getOrDefault(millis, 0) << 6) | PERSISTENCE;
        }

        private void configure(int word) throws SensorException {
            chip.write(CONFIGURATION, word & 0xff, word >> 8);
        }

        @Override
        public List<Measurement> read() throws SensorException, InterruptedException {
            configure(configuration() | OFF);
            configure(configuration());
            // there is no ready bit and no longest time: twice the typical one
            chip.pause(WAKE.plusMillis(2L * millis));
            chip.same("configuration", configuration(), littleEndian(chip, CONFIGURATION));
            var count = littleEndian(chip, ILLUMINANCE);
            configure(configuration() | OFF);
            if (count == SATURATED) {
                throw chip.none("saturated; write a lower gain or a shorter integration-time");
            }
            var lux = count * FINEST * (2 / gain) * (800.0 / millis);
            return List.of(Measurement.of(Quantity.ILLUMINANCE, isCorrected ? corrected(lux) : lux));
        }

        /** Application note, correction formula. */
        private double corrected(double lux) throws SensorException {
            var value = (((6.0135e-13 * lux - 9.3924e-9) * lux + 8.1488e-5) * lux + 1.0023) * lux;
            return chip.within(Quantity.ILLUMINANCE, value, 0, MAX);
        }
    }
}
