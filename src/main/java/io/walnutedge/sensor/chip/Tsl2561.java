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
import io.walnutedge.sensor.i2c.Probe;
import java.time.Duration;
import java.util.List;

/**
 * TAOS, ams TSL2561: illuminance from visible and infrared light, switched on for each reading (datasheet TAOS059N).
 * Stateless; any thread.
 */
@AutoService(SensorDriver.class)
public final class Tsl2561 implements I2cDriver {
    private static final int COMMAND = 0x80; // command register, table 3: CMD
    private static final int WORD = 0x20; // command register, table 3: two bytes of one conversion
    private static final int CONTROL = COMMAND; // table 2
    private static final int TIMING = COMMAND | 0x01;
    private static final int ID = COMMAND | 0x0a;
    private static final int DATA_0 = COMMAND | WORD | 0x0c; // visible and infrared
    private static final int DATA_1 = COMMAND | WORD | 0x0e; // infrared
    private static final int ON = 0x03; // control register, table 4: POWER
    private static final int OFF = 0x00;
    private static final int GAIN_16 = 0x10; // timing register, table 5: GAIN
    private static final List<Integer> PARTS = List.of(1, 5); // ID register, PARTNO: TSL2561CS, TSL2561T/FN/CL

    /** INTEG (timing register, table 6), the longest time at 690 kHz, and the count at full scale (operating notes). */
    private enum Time {
        SHORT(0, 11, 5_047),
        MIDDLE(1, 81, 37_177),
        LONG(2, 322, 65_535);

        private final int code;
        private final int periods;
        private final int fullScale;

        Time(int code, int periods, int fullScale) {
            this.code = code;
            this.periods = periods;
            this.fullScale = fullScale;
        }

        /** 918 clock cycles for each period, at 690 kHz or more. */
        private Duration longest() {
            return Duration.ofNanos(periods * 918L * 1_000_000 / 690);
        }
    }

    /** Calculating lux: T, FN and CL have one formula, the chip scale package has another. */
    enum Housing {
        T,
        FN,
        CL,
        CS;

        /** Of counts at gain 16 and 402 ms. */
        double lux(double both, double infrared) {
            if (both == 0) {
                return 0;
            }
            var ratio = infrared / both;
            return this == CS ? ofChipScale(both, infrared, ratio) : ofOthers(both, infrared, ratio);
        }

        private static double ofChipScale(double both, double infrared, double ratio) {
            if (ratio <= 0.52) {
                return 0.0315 * both - 0.0593 * both * Math.pow(ratio, 1.4);
            }
            if (ratio <= 0.65) {
                return 0.0229 * both - 0.0291 * infrared;
            }
            if (ratio <= 0.80) {
                return 0.0157 * both - 0.0180 * infrared;
            }
            return ratio <= 1.30 ? 0.00338 * both - 0.00260 * infrared : 0;
        }

        private static double ofOthers(double both, double infrared, double ratio) {
            if (ratio <= 0.50) {
                return 0.0304 * both - 0.062 * both * Math.pow(ratio, 1.4);
            }
            if (ratio <= 0.61) {
                return 0.0224 * both - 0.031 * infrared;
            }
            if (ratio <= 0.80) {
                return 0.0128 * both - 0.0153 * infrared;
            }
            return ratio <= 1.30 ? 0.00146 * both - 0.00112 * infrared : 0;
        }
    }

    @Override
    public ChipDescriptor chip() {
        // Slave address selection, table 1; ID, part number, with the command bit; the REVNO beside it is any
        return ChipDescriptor.of("tsl2561", "ams TSL2561", 0x39, 0x29, 0x49)
                .told(Probe.of(List.of("tsl2561"), new Probe.Expected(0x8a, 1, 0xf0, 0x50))
                        .at(List.of(0x29)))
                .keys("`gain` **1** 16; `integration-time` 14 101 **402** (ms); `package` **t** fn cl cs");
    }

    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        var gain = I2cChip.oneOf(settings, "gain", 1, List.of(1, 16));
        var millis = I2cChip.oneOf(settings, "integration-time", 402, List.of(14, 101, 402));
        var time = millis == 402 ? Time.LONG : millis == 101 ? Time.MIDDLE : Time.SHORT;
        var housing = settings.choice("package", Housing.T);
        return plan(settings, "TSL2561", List.of(Quantity.ILLUMINANCE), chip -> {
                    var id = chip.readRegister(ID, 1)[0] & 0xff;
                    if (!PARTS.contains(id >> 4)) {
                        throw chip.fault("its id is " + I2cChip.hex(id, 2) + ", not 0x1. or 0x5.; it is no TSL2561");
                    }
                    return new Opened(chip, gain, time, housing);
                })
                .noSooner(Duration.ofMillis(millis));
    }

    private record Opened(I2cChip chip, int gain, Time time, Housing housing) implements Sensor {
        @Override
        public List<Measurement> read() throws SensorException, InterruptedException {
            var timing = time.code | (gain == 16 ? GAIN_16 : 0);
            chip.write(CONTROL, OFF);
            chip.write(CONTROL, ON);
            chip.write(TIMING, timing);
            // an integration that runs may keep its timing: Linux's tsl2563 waits for two after a change
            chip.write(CONTROL, OFF);
            chip.write(CONTROL, ON);
            chip.pause(time.longest());
            var both = count(DATA_0);
            var infrared = count(DATA_1);
            // the higher bits of both registers are reserved
            chip.same("control", ON, chip.readRegister(CONTROL, 1)[0] & 0x03);
            chip.same("timing", timing, chip.readRegister(TIMING, 1)[0] & 0x1f);
            chip.write(CONTROL, OFF);
            if (both >= time.fullScale || infrared >= time.fullScale) {
                throw chip.none("saturated; write gain = 1 or a shorter integration-time");
            }
            var scale = 322.0 / time.periods * (16.0 / gain);
            return List.of(Measurement.of(Quantity.ILLUMINANCE, housing.lux(both * scale, infrared * scale)));
        }

        /** The lower byte first. */
        private int count(int register) throws SensorException {
            return Short.toUnsignedInt(Short.reverseBytes((short) chip.word(register)));
        }
    }
}
