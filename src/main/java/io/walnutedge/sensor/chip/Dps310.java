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
import io.walnutedge.sensor.i2c.Range;
import java.time.Duration;
import java.util.List;

/**
 * Infineon DPS310: temperature, then pressure, one conversion on command each (datasheet DPS310, version 1.1). Stateless; any
 * thread.
 */
@AutoService(SensorDriver.class)
public final class Dps310 implements I2cDriver {
    private static final Range CELSIUS = Range.celsius(-40, 85); // 2, table 2
    private static final Range HECTOPASCALS = Range.hectopascals(300, 1200);
    private static final int PRESSURE = 0x00; // 7, PSR_B2
    private static final int TEMPERATURE = 0x03; // 7, TMP_B2
    private static final int PRS_CFG = 0x06; // 7, register description
    private static final int TMP_CFG = 0x07; // 7, register description
    private static final int MEAS_CFG = 0x08; // 7, register description
    private static final int STARTED = 0xc0; // 7, COEF_RDY and SENSOR_RDY
    private static final int TMP_READY = 0x20; // 7, register description
    private static final int PRS_READY = 0x10; // 7, register description
    private static final int MEASURE_PRESSURE = 0x01; // 7, MEAS_CTRL
    private static final int MEASURE_TEMPERATURE = 0x02; // 7, MEAS_CTRL
    private static final int CFG_REG = 0x09; // 7, register description
    private static final int SHIFTS = 0x0c; // 7, T_SHIFT and P_SHIFT: with more than 8 times oversampling
    private static final int RESET = 0x0c; // 7, register description
    private static final int SOFT_RESET = 0x09; // 7, register description
    private static final int ID = 0x0d; // 7, register description
    private static final int ID_DPS310 = 0x10; // 7, register description
    private static final int COEFFICIENTS = 0x10; // 7, table 18
    private static final int COEFFICIENT_BYTES = 18;
    private static final int COEF_SRCE = 0x28; // 7, register description: bit 7 as TMP_EXT has to be
    private static final int EXTERNAL = 0x80;
    private static final Duration START_UP = Duration.ofMillis(40); // 4.2, table 6: coefficients

    /** The rate of the background mode, which is not used: set, it tells a prepared chip from one after a power cut. */
    private static final int MARK = 0x10;

    private static final List<Integer> OVERSAMPLING = List.of(1, 2, 4, 8, 16, 32, 64, 128); // 7, PRS_CFG, PM_PRC
    private static final List<Integer> MICROS =
            List.of(3_600, 5_200, 8_400, 14_800, 27_600, 53_200, 104_400, 206_800); // 7, table 16
    private static final List<Integer> SCALES =
            List.of(524_288, 1_572_864, 3_670_016, 7_864_320, 253_952, 516_096, 1_040_384, 2_088_960); // 4.9.3, table 9

    @Override
    public ChipDescriptor chip() {
        // 5.2: SDO open or high, low; Product and Revision ID; asked before a BMP388's id register, which is its
        // pressure
        return ChipDescriptor.of("dps310", "Infineon DPS310", 0x77, 0x76)
                .id(0x0d, 0x10)
                .rank(ChipDescriptor.EARLY)
                .keys("`oversampling` 1 2 4 8 **16** 32 64 128")
                .kernel("dps310", CELSIUS, HECTOPASCALS);
    }

    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        var code = OVERSAMPLING.indexOf(I2cChip.oneOf(settings, "oversampling", 16, OVERSAMPLING));
        return plan(
                settings,
                "DPS310",
                List.of(Quantity.TEMPERATURE, Quantity.PRESSURE),
                chip -> new Opened(chip, code).prepared());
    }

    private static final class Opened extends PreparedSensor {
        private final I2cChip chip;
        private final int code;
        private byte[] coefficients = new byte[COEFFICIENT_BYTES];
        private int external;

        Opened(I2cChip chip, int code) {
            this.chip = chip;
            this.code = code;
        }

        @Override
        void prepare() throws SensorException, InterruptedException {
            var id = chip.readRegister(ID, 1)[0] & 0xff;
            if (id != ID_DPS310) {
                throw chip.fault("the chip is another one: its id is " + I2cChip.hex(id, 2) + " instead of 0x10");
            }
            chip.write(RESET, SOFT_RESET);
            chip.await(START_UP, () -> (chip.readRegister(MEAS_CFG, 1)[0] & STARTED) == STARTED);
            coefficients = chip.alive(chip.readRegister(COEFFICIENTS, COEFFICIENT_BYTES));
            if (bits(12, 12) == 0 || bits(44, 20) == 0) {
                throw chip.fault("its coefficients c1 or c10 are zero; a damaged chip, or look at the wires");
            }
            external = chip.readRegister(COEF_SRCE, 1)[0] & EXTERNAL;
            correctTemperature();
            chip.write(PRS_CFG, MARK | code);
            chip.write(TMP_CFG, external | MARK | code);
            chip.write(CFG_REG, code > 3 ? SHIFTS : 0);
        }

        /** Not in the datasheet: some chips measure some 60 °C at 20 °C without what Infineon's and Linux's drivers do. */
        private void correctTemperature() throws SensorException {
            if ((chip.readRegister(0x32, 1)[0] & 0x02) == 0) {
                chip.write(0x0e, 0xa5);
                chip.write(0x0f, 0x96);
                chip.write(0x62, 0x02);
                chip.write(0x0e, 0x00);
                chip.write(0x0f, 0x00);
            }
        }

        @Override
        List<Measurement> sample() throws SensorException, InterruptedException {
            var t = converted(MEASURE_TEMPERATURE, TMP_READY, TEMPERATURE);
            var p = converted(MEASURE_PRESSURE, PRS_READY, PRESSURE);
            // 4.9.1 and 4.9.2: c0, c1; c00, c10, c01, c11, c20, c21, c30
            var celsius = bits(0, 12) * 0.5 + bits(12, 12) * t;
            var pascals = bits(24, 20)
                    + p * (bits(44, 20) + p * (bits(96, 16) + p * bits(128, 16)))
                    + t * (bits(64, 16) + p * (bits(80, 16) + p * bits(112, 16)));
            return List.of(chip.measured(CELSIUS, celsius), chip.measured(HECTOPASCALS, pascals / 100));
        }

        private double converted(int command, int ready, int register) throws SensorException, InterruptedException {
            chip.write(MEAS_CFG, command);
            chip.await(Duration.ofNanos(MICROS.get(code) * 1_000L), () -> isOver(ready));
            var data = chip.readRegister(register, 3);
            var raw = (data[0] << 16) | I2cChip.unsigned16(data, 1);
            if (raw == 0x7fffff || raw == -0x800000) {
                throw chip.fault("its converter is at its end (" + I2cChip.hex(raw & 0xffffff, 6) + ")");
            }
            return raw / (double) SCALES.get(code);
        }

        private boolean isOver(int ready) throws SensorException {
            var found = chip.readRegister(PRS_CFG, 4);
            chip.same("PRS_CFG", MARK | code, found[0] & 0x7f);
            chip.same("TMP_CFG", external | MARK | code, found[1] & 0xff);
            chip.same("CFG_REG", code > 3 ? SHIFTS : 0, found[3] & 0xff);
            return (found[2] & ready) != 0;
        }

        /** A number with a sign, from the highest bit of the coefficients on. */
        private int bits(int from, int count) {
            var value = 0;
            for (var i = from; i < from + count; i++) {
                value = (value << 1) | ((coefficients[i / 8] >> (7 - i % 8)) & 1);
            }
            return (value << (32 - count)) >> (32 - count);
        }
    }
}
