package io.walnutedge.sensor.chip;

import com.google.auto.service.AutoService;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
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
 * Bosch BMP388 and BMP390: temperature and pressure of one forced conversion, in one transfer (datasheet
 * BST-BMP388-DS001; the BMP390's registers are the same). Stateless; any thread.
 */
@AutoService(SensorDriver.class)
public final class Bmp388 implements I2cDriver {
    private static final int CHIP_ID = 0x00; // 4.3, register description
    private static final List<Integer> IDS = List.of(0x50, 0x60); // 4.3, CHIP_ID; the BMP390's in its datasheet
    private static final int STATUS = 0x03; // 4.3, register description
    private static final int CMD_READY = 0x10; // 4.3, register description
    private static final int DATA_READY = 0x60; // 4.3, drdy_press and drdy_temp
    private static final int DATA = 0x04; // 4.3: pressure, temperature, the lower bytes first
    private static final int PWR_CTRL = 0x1b; // 4.3, register description
    private static final int ENABLED = 0x03; // 4.3, press_en and temp_en
    private static final int FORCED = 0x10; // 4.3, mode; it falls back to sleep
    private static final int OSR = 0x1c; // 4.3, register description
    private static final int CONFIG = 0x1f; // 4.3, register description
    private static final int CALIBRATION = 0x31; // 3.11.1, table 24
    private static final int CALIBRATION_BYTES = 21;
    private static final int CMD = 0x7e; // 4.3, register description
    private static final int SOFT_RESET = 0xb6; // 4.3, register description
    private static final Duration START_UP = Duration.ofMillis(2); // 1, table 2
    private static final List<Integer> OVERSAMPLING = List.of(1, 2, 4, 8, 16, 32); // 3.4.4, osr_p
    private static final List<Integer> FILTER = List.of(0, 1, 3, 7, 15, 31, 63, 127); // 4.3, iir_filter

    @Override
    public ChipDescriptor chip() {
        // 5.2; CHIP_ID
        return ChipDescriptor.of("bmp388", "Bosch BMP388, BMP390", 0x76, 0x77)
                .id(0x00, 0x50)
                .told(Probe.of(List.of("bmp390"), new Probe.Expected(0x00, 1, 0xff, 0x60)))
                .keys("`oversampling` **1** 2 4 8 16 32, of pressure; `filter` **0** 1 3 7 15 31 63 127");
    }

    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        var pressure = OVERSAMPLING.indexOf(I2cChip.oneOf(settings, "oversampling", 1, OVERSAMPLING));
        var filter = FILTER.indexOf(I2cChip.oneOf(settings, "filter", 0, FILTER));
        return plan(
                settings,
                "BMP388",
                List.of(Quantity.TEMPERATURE, Quantity.PRESSURE),
                chip -> new Opened(chip, pressure, filter).prepared());
    }

    private static final class Opened extends PreparedSensor {
        private final I2cChip chip;
        private final int osr;
        private final int config;
        private final Duration conversion;
        private Bmp388Calibration calibration = new Bmp388Calibration(new byte[CALIBRATION_BYTES]);

        Opened(I2cChip chip, int pressure, int filter) {
            this.chip = chip;
            var temperature = pressure < 4 ? 0 : 1; // 3.4.4, table 6: recommended
            this.osr = (temperature << 3) | pressure;
            this.config = filter << 1;
            // 3.9.2, typical; the deadline is twice that
            this.conversion =
                    Duration.ofNanos(1_000L * (234 + 392 + 2_020 * (1 << pressure) + 163 + 2_020 * (1 << temperature)));
        }

        @Override
        void prepare() throws SensorException, InterruptedException {
            var id = chip.readRegister(CHIP_ID, 1)[0] & 0xff;
            if (!IDS.contains(id)) {
                throw chip.fault("the chip is another one: its id is " + I2cChip.hex(id, 2) + ", not 0x50 or 0x60");
            }
            chip.write(CMD, SOFT_RESET);
            chip.await(START_UP, () -> (chip.readRegister(STATUS, 1)[0] & CMD_READY) != 0);
            calibration = new Bmp388Calibration(chip.alive(chip.readRegister(CALIBRATION, CALIBRATION_BYTES)));
            if (!calibration.isPlausible()) {
                throw chip.fault("its calibration is blank; a damaged chip, or look at the wires");
            }
            chip.write(OSR, osr);
            chip.write(CONFIG, config);
        }

        @Override
        List<Measurement> sample() throws SensorException, InterruptedException {
            chip.write(PWR_CTRL, ENABLED | FORCED);
            chip.await(conversion, this::isOver);
            var data = chip.alive(chip.readRegister(DATA, 6));
            var fine = calibration.fine(code(Quantity.PRESSURE, data, 0), code(Quantity.TEMPERATURE, data, 3));
            // ranges: 1, table 2
            return List.of(
                    chip.measured(Quantity.TEMPERATURE, fine.celsius(), -40, 85),
                    chip.measured(Quantity.PRESSURE, fine.pascals() / 100, 300, 1250));
        }

        /** A chip after a power cut has neither the enabled sensors nor, most often, the oversampling. */
        private boolean isOver() throws SensorException {
            var found = chip.readRegister(PWR_CTRL, 2);
            chip.same("PWR_CTRL", ENABLED, found[0] & ENABLED);
            chip.same("OSR", osr, found[1] & 0x3f);
            return (found[0] & 0x30) == 0 && (chip.readRegister(STATUS, 1)[0] & DATA_READY) == DATA_READY;
        }

        private int code(Quantity quantity, byte[] data, int at) throws SensorException {
            var code = (data[at] & 0xff) | ((data[at + 1] & 0xff) << 8) | ((data[at + 2] & 0xff) << 16);
            if (code == 0 || code == 0xffffff) {
                throw chip.fault("its " + quantity.name() + " converter is at its end (" + I2cChip.hex(code, 1) + ")");
            }
            return code;
        }
    }
}
