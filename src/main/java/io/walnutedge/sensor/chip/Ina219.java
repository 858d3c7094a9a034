package io.walnutedge.sensor.chip;

import com.google.auto.service.AutoService;
import io.walnutedge.config.Settings;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.SensorPlan;
import java.time.Duration;
import java.util.List;

/**
 * Texas Instruments INA219: bus voltage, shunt voltage, current and power (datasheet SBOS448G). Stateless; any thread.
 */
@AutoService(SensorDriver.class)
public final class Ina219 implements SensorDriver {
    private static final int AFTER_RESET = 0x399f; // 8.6.2.1
    private static final int RESET = 0x8000; // 8.6.2.1, RST
    private static final int TRIGGERED = 0x0003; // table 6, MODE: shunt and bus
    private static final int READY = 0x0002; // 8.6.3.2, CNVR
    private static final int OVERFLOW = 0x0001; // 8.6.3.2, OVF
    private static final double CALIBRATION = 0.04096; // equation 1
    private static final double BUS_STEP = 0.004; // 8.6.3.2, in volt
    private static final double SHUNT_STEP = 10e-6; // 8.6.3.1, in volt
    private static final List<Double> GAINS = List.of(0.04, 0.08, 0.16, 0.32); // table 4, PG: full scale in volt
    private static final List<Integer> AVERAGES = List.of(1, 2, 4, 8, 16, 32, 64, 128); // table 5, ADC
    private static final int TWELVE_BITS = 0x8; // table 5: the codes from there on average; 0x8 is one sample

    /** In microseconds at most, by the average (6.5, of one 586 us; table 5 in proportion). */
    private static final List<Integer> MICROS = List.of(586, 1172, 2344, 4688, 9376, 18_752, 37_504, 75_008);

    @Override
    public String name() {
        return "ina219";
    }

    @Override
    public String title() {
        return "Texas Instruments INA219";
    }

    @Override
    public String keys() {
        return "`shunt` **0.1** (Ω); `max-current` **3.2** (A); `bus-range` 16 **32** (V); `average` **1** 2 4 ... 128";
    }

    @Override
    public SensorPlan plan(Settings settings) {
        // 8.5.5.1, table 1: A1 and A0
        var device = Chip.device(
                settings, 0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4a, 0x4b, 0x4c, 0x4d, 0x4e,
                0x4f);
        var load = Ina2xx.Load.of(settings, 3.2);
        var range = Chip.oneOf(settings, "bus-range", 32, List.of(16, 32));
        var average = Chip.oneOf(settings, "average", 1, AVERAGES);
        var gain = gain(settings, load);
        return Chip.plan("INA219", device, Ina2xx.QUANTITIES, chip -> {
            chip.writeWord(Ina2xx.CONFIGURATION, RESET);
            chip.same("configuration after a reset", AFTER_RESET, chip.word(Ina2xx.CONFIGURATION));
            return new Opened(chip, load, gain, range, AVERAGES.indexOf(average));
        });
    }

    /** The smallest range that takes the largest current. */
    private static int gain(Settings settings, Ina2xx.Load load) {
        var calibration = Ina2xx.calibration(load, CALIBRATION);
        for (var gain = 0; gain < GAINS.size(); gain++) {
            // a rounding of the product is no overflow
            if (load.drop() <= GAINS.get(gain) * (1 + 1e-9)) {
                if (calibration > 0xfffe) {
                    settings.problem(
                            "max-current", "is too little for this shunt: the chip's calibration would overflow");
                }
                return gain;
            }
        }
        settings.problem(
                "max-current",
                String.format(
                        java.util.Locale.ROOT,
                        "gives %.3f V at this shunt; the chip measures 0.32 V at most",
                        load.drop()));
        return GAINS.size() - 1;
    }

    private static final class Opened extends Ina2xx {
        private final Load load;
        private final int gain;
        private final int range;
        private final int average;

        Opened(Chip chip, Load load, int gain, int range, int average) {
            super(chip, load);
            this.load = load;
            this.gain = gain;
            this.range = range;
            this.average = average;
        }

        @Override
        int configuration() {
            var adc = TWELVE_BITS | average;
            return ((range == 32 ? 1 : 0) << 13) | (gain << 11) | (adc << 7) | (adc << 3) | TRIGGERED;
        }

        /** Bit 0 cannot be set (8.6.4.1). */
        @Override
        int calibration() {
            return calibration(load, CALIBRATION) & 0xfffe;
        }

        /** Shunt, then bus. */
        @Override
        Duration conversion() {
            return Duration.ofNanos(2_000L * MICROS.get(average));
        }

        @Override
        boolean isOver() throws SensorException {
            var word = Chip.unsigned16(chip.readRegister(BUS_VOLTAGE, 2), 0);
            if ((word & READY) == 0) {
                return false;
            }
            chip.alive(chip.readRegister(BUS_VOLTAGE, 2));
            if ((word & OVERFLOW) != 0) {
                throw overflow();
            }
            return true;
        }

        @Override
        double bus() throws SensorException {
            var volts = (chip.word(BUS_VOLTAGE) >> 3) * BUS_STEP;
            if (volts >= range) {
                throw saturated("the bus", range);
            }
            return volts;
        }

        @Override
        double shunt() throws SensorException {
            var volts = (short) chip.word(SHUNT_VOLTAGE) * SHUNT_STEP;
            if (Math.abs(volts) >= GAINS.get(gain) - SHUNT_STEP / 2) {
                throw saturated("the shunt", GAINS.get(gain));
            }
            return volts;
        }

        @Override
        double powerFactor() {
            return 20;
        }
    }
}
