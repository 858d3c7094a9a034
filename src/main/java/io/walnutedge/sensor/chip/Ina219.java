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
import io.walnutedge.sensor.i2c.KernelChip;
import io.walnutedge.sensor.i2c.Probe;
import io.walnutedge.sensor.i2c.Range;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Texas Instruments INA219: supply voltage, current and power, one triggered conversion for each reading (datasheet
 * SBOS448G). Stateless; any thread.
 *
 * <p>The chip has no id; its configuration after a reset serves as one.
 */
@AutoService(SensorDriver.class)
public final class Ina219 implements I2cDriver {
    private static final Range VOLTS = new Range(Quantity.VOLTAGE, 0, 26); // 6.3
    private static final int CONFIGURATION = 0; // 8.6.1, table 2
    private static final int SHUNT_VOLTAGE = 1;
    private static final int BUS_VOLTAGE = 2;
    private static final int POWER = 3;
    private static final int CURRENT = 4;
    private static final int CALIBRATION = 5;
    private static final int RESET = 0x8000; // 8.6.2.1, RST
    private static final int AFTER_RESET = 0x399f; // 8.6.1, table 2
    private static final int RANGE_32_V = 0x2000; // 8.6.2.1, BRNG
    private static final int TRIGGERED = 3; // 8.6.2.1, table 6: shunt and bus voltage
    private static final int READY = 2; // 8.6.3.2, CNVR; reading the power register clears it
    private static final int OVERFLOW = 1; // 8.6.3.2, OVF: current and power are wrong
    private static final int CALIBRATION_BITS = 0xfffe; // 8.6.4.1: the lowest bit is always 0
    private static final double FACTOR = 0.04096; // 8.5.1, equation 1
    private static final double SHUNT_STEP = 0.000_01; // 8.6.3.1
    private static final double BUS_STEP = 0.004; // 8.6.3.2
    private static final long LONGEST_NANOS = 586_000; // 6.5: 12 bits, one sample, at most

    /** PG (8.6.2.1, table 4): full scale of the shunt voltage, by code. */
    private static final List<Double> RANGES = List.of(0.04, 0.08, 0.16, 0.32);

    /** SADC, BADC (8.6.2.1, table 5): samples by the code's lower three bits. */
    private static final List<Integer> AVERAGES = List.of(1, 2, 4, 8, 16, 32, 64, 128);

    @Override
    public ChipDescriptor chip() {
        // 8.5.5.1, table 1; it has no id: the configuration after a reset (SBOS448, 8.6.2.1), and no calibration
        return ChipDescriptor.of("ina219", "Texas Instruments INA219", ChipDescriptor.range(0x40, 0x4f))
                .told(Probe.of(
                                List.of("ina219"),
                                new Probe.Expected(0, 2, 0xffff, 0x399f),
                                new Probe.Expected(5, 2, 0xffff, 0))
                        .at(ChipDescriptor.range(0x48, 0x4f)))
                .always()
                .keys(Shunt.KEYS + "; `average` **1** 2 4 8 16 32 64 128")
                .kernel("ina219", VOLTS);
    }

    @Override
    public Optional<KernelChip> kernel(ConfigTable settings) {
        return chip().kernel().map(kernel -> Shunt.shownBy(kernel, settings));
    }

    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        var shunt = Shunt.of(settings, FACTOR, RANGES.get(3), CALIBRATION_BITS);
        var average = I2cChip.oneOf(settings, "average", 1, AVERAGES);
        return plan(settings, "INA219", Shunt.QUANTITIES, chip -> {
            chip.writeWord(CONFIGURATION, RESET);
            chip.same("configuration after a reset", AFTER_RESET, chip.word(CONFIGURATION));
            chip.writeWord(CALIBRATION, shunt.calibration());
            return new Opened(chip, shunt, average);
        });
    }

    private record Opened(I2cChip chip, Shunt shunt, int average) implements Sensor {
        private int range() {
            var code = 0;
            while (code < 3 && RANGES.get(code) < shunt.volts()) {
                code++;
            }
            return code;
        }

        private int configuration() {
            var samples = 8 + AVERAGES.indexOf(average);
            return RANGE_32_V | (range() << 11) | (samples << 7) | (samples << 3) | TRIGGERED;
        }

        @Override
        public List<Measurement> read() throws SensorException, InterruptedException {
            chip.word(POWER);
            chip.writeWord(CONFIGURATION, configuration());
            chip.await(Duration.ofNanos(2L * average * LONGEST_NANOS), () -> (chip.word(BUS_VOLTAGE) & READY) != 0);
            var bus = chip.word(BUS_VOLTAGE);
            chip.same("configuration", configuration(), chip.word(CONFIGURATION));
            chip.same("calibration", shunt.calibration(), chip.word(CALIBRATION));
            var code = (short) chip.word(SHUNT_VOLTAGE);
            return shunt.measurements(
                    chip,
                    chip.measured(VOLTS, (bus >> 3) * BUS_STEP),
                    I2cChip.each(Shunt.VOLTAGE, () -> shuntVolts(code)),
                    (short) chip.word(CURRENT),
                    (bus & OVERFLOW) != 0);
        }

        private double shuntVolts(int code) throws SensorException {
            var fullScale = 4_000 << range(); // 8.6.3.1: 40 mV has the code 4000
            if (Math.abs(code) >= fullScale) {
                throw chip.none("the shunt voltage is saturated at " + RANGES.get(range())
                        + " V; write a higher max-current, or take a smaller shunt");
            }
            return code * SHUNT_STEP;
        }
    }
}
