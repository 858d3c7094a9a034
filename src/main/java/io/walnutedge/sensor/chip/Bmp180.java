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
import io.walnutedge.sensor.i2c.Probe.Expected;
import io.walnutedge.sensor.i2c.Range;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Bosch BMP180 and BMP085: temperature and pressure, one conversion each (datasheet BST-BMP180-DS000-09). Stateless; any
 * thread.
 *
 * <p>The chip has no settings to lose. Its calibration is read again with each reading: one that differs is of another chip,
 * or came over bad wires.
 */
@AutoService(SensorDriver.class)
public final class Bmp180 implements I2cDriver {
    private static final Range CELSIUS = Range.celsius(-40, 85); // 1, table 1
    private static final Range HECTOPASCALS = Range.hectopascals(300, 1100);
    private static final int CALIBRATION = 0xaa; // 3.4, table 5: 11 words, the higher byte first
    private static final int CALIBRATION_BYTES = 22;
    private static final Expected ID = Expected.of(0xd0, 0x55); // 4, memory map; also the BMP085's
    private static final int CONTROL = 0xf4; // 4, memory map
    private static final int RUNNING = 0x20; // 4, Sco: 1 while it converts
    private static final int OUT = 0xf6; // 4, memory map
    private static final int START_TEMPERATURE = 0x2e; // 3.5, table 8
    private static final int START_PRESSURE = 0x34; // 3.5, table 8; the two highest bits are the oversampling
    private static final int OUT_AFTER_POWER_UP = 0x8000; // 4, reset state
    private static final Duration TEMPERATURE_TIME = Duration.ofNanos(4_500_000); // 3.5, table 8

    /** Settings of table 3, as oss is their place here, and the longest times of table 8 in microseconds. */
    private static final List<Integer> OVERSAMPLING = List.of(1, 2, 4, 8);

    private static final List<Integer> LONGEST_MICROS = List.of(4_500, 7_500, 13_500, 25_500);

    @Override
    public ChipDescriptor chip() {
        // 5.2
        return ChipDescriptor.of("bmp180", "Bosch BMP180, BMP085", 0x77)
                .id(ID)
                .rank(ChipDescriptor.FIRST)
                .keys("`oversampling` **1** 2 4 8, of pressure")
                .kernel("bmp180", CELSIUS, HECTOPASCALS);
    }

    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        var oss = OVERSAMPLING.indexOf(I2cChip.oneOf(settings, "oversampling", 1, OVERSAMPLING));
        return plan(settings, "BMP180", List.of(Quantity.TEMPERATURE, Quantity.PRESSURE), chip -> {
            chip.identify("id", ID);
            return new Opened(chip, oss, calibration(chip));
        });
    }

    private static byte[] calibration(I2cChip chip) throws SensorException {
        var calibration = chip.alive(chip.readRegister(CALIBRATION, CALIBRATION_BYTES));
        for (var at = 0; at < CALIBRATION_BYTES; at += 2) {
            var word = I2cChip.unsigned16(calibration, at);
            if (word == 0 || word == 0xffff) { // 3.4: so that one can check the communication
                throw chip.fault("its calibration has the word " + I2cChip.hex(word, 4) + "; look at the wires");
            }
        }
        return calibration;
    }

    private static final class Opened implements Sensor {
        private final I2cChip chip;
        private final int oss;
        private byte[] calibration;

        Opened(I2cChip chip, int oss, byte[] calibration) {
            this.chip = chip;
            this.oss = oss;
            this.calibration = calibration;
        }

        @Override
        public List<Measurement> read() throws SensorException, InterruptedException {
            var found = calibration(chip);
            if (!Arrays.equals(found, calibration)) {
                calibration = found;
                throw chip.fault("its calibration is not that of before; another chip, or bad wires");
            }
            var ut = converted(START_TEMPERATURE, TEMPERATURE_TIME, 0);
            var time = Duration.ofNanos(LONGEST_MICROS.get(oss) * 1_000L);
            var up = converted(START_PRESSURE | (oss << 6), time, oss);
            var b5 = b5(ut);
            return List.of(chip.measured(CELSIUS, b5 / 160), chip.measured(HECTOPASCALS, pascals(b5, up) / 100));
        }

        /** @return 16 bits and one for each step of oversampling */
        private int converted(int command, Duration time, int more) throws SensorException, InterruptedException {
            chip.write(CONTROL, command);
            chip.await(time, () -> (chip.readRegister(CONTROL, 1)[0] & RUNNING) == 0);
            var bytes = chip.alive(chip.readRegister(OUT, 3));
            var out = I2cChip.unsigned16(bytes, 0);
            // after a power cut within the conversion; control says so too, since the value itself can be a real one
            if (out == OUT_AFTER_POWER_UP && chip.readRegister(CONTROL, 1)[0] == 0) {
                throw chip.fault("did not convert; was its power interrupted?");
            }
            if (out == 0 || out == 0xffff) {
                throw chip.fault("its converter is at its end (" + I2cChip.hex(out, 4) + ")");
            }
            return ((out << 8) | (bytes[2] & 0xff)) >> (8 - more);
        }

        private int signed(int index) {
            return (short) I2cChip.unsigned16(calibration, 2 * index);
        }

        private int unsigned(int index) {
            return I2cChip.unsigned16(calibration, 2 * index);
        }

        /** 3.5, figure 4, not rounded in between: AC1 to AC6, B1, B2, MB, MC, MD are the words 0 to 10. */
        private double b5(int ut) {
            var x1 = (ut - unsigned(5)) * (unsigned(4) / 32_768.0);
            return x1 + signed(9) * 2_048.0 / (x1 + signed(10));
        }

        private double pascals(double b5, int up) {
            var b6 = b5 - 4_000;
            var square = b6 * b6 / 4_096;
            var b3 = signed(0) + (signed(7) * square / 2_048 + signed(1) * b6 / 2_048) / 4;
            var x3 = (signed(2) * b6 / 8_192 + signed(6) * square / 65_536) / 4;
            var b4 = unsigned(3) * (x3 + 32_768) / 32_768;
            var p = 2 * (up / (double) (1 << oss) - b3) * 50_000 / b4;
            var high = p / 256;
            return p + (high * high * 3_038 / 65_536 - 7_357 * p / 65_536 + 3_791) / 16;
        }
    }
}
