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
import io.walnutedge.sensor.i2c.Range;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Texas Instruments INA226: supply voltage, current and power, one triggered conversion for each reading (datasheet
 * SBOS547A). Stateless; any thread.
 */
@AutoService(SensorDriver.class)
public final class Ina226 implements I2cDriver {
    private static final Range VOLTS = new Range(Quantity.VOLTAGE, 0, 36); // 6.3
    private static final int CONFIGURATION = 0; // 7.6, table 4
    private static final int SHUNT_VOLTAGE = 1;
    private static final int BUS_VOLTAGE = 2;
    private static final int CURRENT = 4;
    private static final int CALIBRATION = 5;
    private static final int MASK_ENABLE = 6;
    private static final int MANUFACTURER_ID = 0xfe;
    private static final int DIE_ID = 0xff;
    private static final int MANUFACTURER = 0x5449; // 7.6.9: "TI"
    private static final int DIE = 0x226; // 7.6.10; the lowest four bits are the revision
    private static final int RESET = 0x8000; // 7.6.1, RST
    private static final int FIXED = 0x4000; // 7.6.1: bits 14 to 12 are 100
    private static final int TRIGGERED = 3; // 7.6.1, table 9: shunt and bus voltage
    private static final int READY = 8; // 7.6.7, CVRF; a new configuration or reading it clears it
    private static final int OVERFLOW = 4; // 7.6.7, OVF: current and power are wrong
    private static final int CALIBRATION_BITS = 0x7fff; // 7.6.6
    private static final double FACTOR = 0.00512; // 7.5.1, equation 1
    private static final double SHUNT_STEP = 0.000_0025; // 7.6.2
    private static final double BUS_STEP = 0.001_25; // 7.6.3
    private static final double FULL_SCALE = 0.08192; // 7.6.2

    @Override
    public ChipDescriptor chip() {
        // 7.5.5.1, table 2; Die ID
        return ChipDescriptor.of("ina226", "Texas Instruments INA226", ChipDescriptor.range(0x40, 0x4f))
                .id(0xff, 2, 0xfff0, 0x2260)
                .keys(Shunt.KEYS + "; " + InaTiming.KEYS)
                .kernel("ina226", VOLTS);
    }

    @Override
    public Optional<KernelChip> kernel(ConfigTable settings) {
        return chip().kernel().map(kernel -> Shunt.shownBy(kernel, settings));
    }

    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        var shunt = Shunt.of(settings, FACTOR, FULL_SCALE, CALIBRATION_BITS);
        var timing = InaTiming.of(settings);
        return plan(settings, "INA226", Shunt.QUANTITIES, chip -> {
            var manufacturer = chip.word(MANUFACTURER_ID);
            var die = chip.word(DIE_ID);
            if (manufacturer != MANUFACTURER || die >> 4 != DIE) {
                throw chip.fault("its ids are " + I2cChip.hex(manufacturer, 4) + " and " + I2cChip.hex(die, 4)
                        + ", not 0x5449 and 0x2260; it is no INA226");
            }
            chip.writeWord(CONFIGURATION, RESET);
            chip.writeWord(CALIBRATION, shunt.calibration());
            return new Opened(chip, shunt, timing);
        });
    }

    private record Opened(I2cChip chip, Shunt shunt, InaTiming timing) implements Sensor {
        @Override
        public List<Measurement> read() throws SensorException, InterruptedException {
            var configuration = FIXED | timing.bits() | TRIGGERED;
            chip.writeWord(CONFIGURATION, configuration);
            var flags = new AtomicInteger();
            chip.await(timing.longest(1), () -> {
                flags.set(chip.word(MASK_ENABLE));
                return (flags.get() & READY) != 0;
            });
            chip.same("configuration", configuration, chip.word(CONFIGURATION));
            chip.same("calibration", shunt.calibration(), chip.word(CALIBRATION));
            var volts = chip.measured(VOLTS, chip.word(BUS_VOLTAGE) * BUS_STEP);
            var code = (short) chip.word(SHUNT_VOLTAGE);
            return shunt.measurements(
                    chip,
                    volts,
                    I2cChip.each(Shunt.VOLTAGE, () -> shuntVolts(code)),
                    (short) chip.word(CURRENT),
                    (flags.get() & OVERFLOW) != 0);
        }

        private double shuntVolts(int code) throws SensorException {
            if (code == Short.MAX_VALUE || code == Short.MIN_VALUE) {
                throw chip.none("the shunt voltage is saturated at 0.08192 V; take a smaller shunt");
            }
            return code * SHUNT_STEP;
        }
    }
}
