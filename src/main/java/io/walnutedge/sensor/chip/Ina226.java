package io.walnutedge.sensor.chip;

import com.google.auto.service.AutoService;
import io.walnutedge.config.Settings;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.SensorPlan;
import java.time.Duration;
import java.util.List;

/**
 * Texas Instruments INA226: bus voltage, shunt voltage, current and power (datasheet SBOS547A). Stateless; any thread.
 */
@AutoService(SensorDriver.class)
public final class Ina226 implements SensorDriver {
    private static final int MASK_ENABLE = 0x06; // table 4
    private static final int MANUFACTURER = 0xfe; // table 4
    private static final int DIE = 0xff; // table 4; the lowest four bits are the revision
    private static final int TEXAS_INSTRUMENTS = 0x5449; // 7.6.9
    private static final int INA226 = 0x226; // 7.6.10
    private static final int ALWAYS = 0x4000; // 7.6.1: bit 14 reads 1
    private static final int CONVERSION_TIME = 4; // tables 7 and 8: 1.1 ms
    private static final int LONGEST_MICROS = 1210; // 6.5: of 1.1 ms
    private static final int TRIGGERED = 0x0003; // table 9, MODE: shunt and bus
    private static final int READY = 0x0008; // 7.6.7, CVRF
    private static final int OVERFLOW = 0x0004; // 7.6.7, OVF
    private static final double CALIBRATION = 0.00512; // equation 1
    private static final int CALIBRATION_MAX = 0x7fff; // 7.6.6: 15 bits
    private static final double BUS_STEP = 0.00125; // 7.6.3, in volt
    private static final double BUS_MAX = 36; // 6.3
    private static final double SHUNT_STEP = 2.5e-6; // 7.6.2, in volt
    private static final double SHUNT_MAX = 0.08192; // 7.6.2, full scale 81.9175 mV
    private static final List<Integer> AVERAGES = List.of(1, 4, 16, 64, 128, 256, 512, 1024); // table 6, AVG

    @Override
    public String name() {
        return "ina226";
    }

    @Override
    public String title() {
        return "Texas Instruments INA226";
    }

    @Override
    public String keys() {
        return "`shunt` **0.1** (Ω); `max-current` **0.8** (A); `average` **1** 4 16 64 128 256 512 1024";
    }

    @Override
    public SensorPlan plan(Settings settings) {
        // 7.5.5.1, table 2: A1 and A0
        var device = Chip.device(
                settings, 0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4a, 0x4b, 0x4c, 0x4d, 0x4e,
                0x4f);
        var load = Ina2xx.Load.of(settings, 0.8);
        var average = Chip.oneOf(settings, "average", 1, AVERAGES);
        check(settings, load);
        return Chip.plan("INA226", device, Ina2xx.QUANTITIES, chip -> {
            chip.same("manufacturer's id", TEXAS_INSTRUMENTS, chip.word(MANUFACTURER));
            chip.same("die's id", INA226, chip.word(DIE) >> 4);
            return new Opened(chip, load, AVERAGES.indexOf(average));
        });
    }

    private static void check(Settings settings, Ina2xx.Load load) {
        if (load.drop() > SHUNT_MAX) {
            settings.problem(
                    "max-current",
                    String.format(
                            java.util.Locale.ROOT,
                            "gives %.3f V at this shunt; the chip measures 0.0819 V at most",
                            load.drop()));
        } else if (Ina2xx.calibration(load, CALIBRATION) > CALIBRATION_MAX) {
            settings.problem("max-current", "is too little for this shunt: the chip's calibration would overflow");
        }
    }

    private static final class Opened extends Ina2xx {
        private final Load load;
        private final int average;

        Opened(Chip chip, Load load, int average) {
            super(chip, load);
            this.load = load;
            this.average = average;
        }

        @Override
        int configuration() {
            return ALWAYS | (average << 9) | (CONVERSION_TIME << 6) | (CONVERSION_TIME << 3) | TRIGGERED;
        }

        @Override
        int calibration() {
            return calibration(load, CALIBRATION);
        }

        @Override
        Duration conversion() {
            return Duration.ofNanos(2_000L * LONGEST_MICROS * AVERAGES.get(average));
        }

        /** To read the flag clears it (7.6.7). */
        @Override
        boolean isOver() throws SensorException {
            var word = chip.word(MASK_ENABLE);
            if ((word & READY) == 0) {
                return false;
            }
            if (word == 0xffff) {
                throw chip.fault("answers only 0xff; look at its power and its wires");
            }
            if ((word & OVERFLOW) != 0) {
                throw overflow();
            }
            return true;
        }

        @Override
        double bus() throws SensorException {
            var volts = chip.word(BUS_VOLTAGE) * BUS_STEP;
            if (volts > BUS_MAX) {
                throw saturated("the bus", BUS_MAX);
            }
            return volts;
        }

        @Override
        double shunt() throws SensorException {
            var code = (short) chip.word(SHUNT_VOLTAGE);
            if (code == Short.MAX_VALUE || code == Short.MIN_VALUE) {
                throw saturated("the shunt", code * SHUNT_STEP);
            }
            return code * SHUNT_STEP;
        }

        @Override
        double powerFactor() {
            return 25;
        }
    }
}
