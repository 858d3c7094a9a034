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
import io.walnutedge.sensor.i2c.Range;
import java.time.Duration;
import java.util.List;

/**
 * TE Connectivity MS5611: temperature and pressure, one conversion each (datasheet MS5611-01BA03). Stateless; any thread.
 *
 * <p>Each reading begins with a reset, without which the chip does not load its calibration after a power cut, and reads the
 * calibration with its checksum, so that nothing can be lost in mid-run. The MS5607 has the same commands and another
 * formula; nothing in the chip tells the two apart.
 */
@AutoService(SensorDriver.class)
public final class Ms5611 implements I2cDriver {
    private static final Range CELSIUS = Range.celsius(-40, 85); // Performance specifications
    private static final Range HECTOPASCALS = Range.hectopascals(10, 1200);
    private static final int RESET = 0x1e; // Commands
    private static final Duration RELOAD = Duration.ofNanos(2_800_000); // Reset sequence
    private static final int PROM = 0xa0; // Commands: 8 words, 0xa0 to 0xae
    private static final int CONVERT_PRESSURE = 0x40; // Commands, D1
    private static final int CONVERT_TEMPERATURE = 0x50; // Commands, D2
    private static final int ADC_READ = 0x00; // Commands

    /** OSR: twice its place here is added to the command. The longest times, in microseconds (Analog digital converter). */
    private static final List<Integer> OVERSAMPLING = List.of(256, 512, 1024, 2048, 4096);

    private static final List<Integer> LONGEST_MICROS = List.of(600, 1_170, 2_280, 4_540, 9_040);

    @Override
    public ChipDescriptor chip() {
        // I2C interface: CSB low, CSB high; 0xd0, 0x0d and 0x00, which others here are asked for, neither start nor
        // reset anything
        return ChipDescriptor.of("ms5611", "TE Connectivity MS5611", 0x77, 0x76)
                .keys("`oversampling` 256 512 1024 2048 **4096**")
                .kernel("ms5611", CELSIUS, HECTOPASCALS);
    }

    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        var osr = OVERSAMPLING.indexOf(I2cChip.oneOf(settings, "oversampling", 4096, OVERSAMPLING));
        return plan(settings, "MS5611", List.of(Quantity.TEMPERATURE, Quantity.PRESSURE), chip -> {
            calibration(chip);
            return new Opened(chip, osr);
        });
    }

    private static int[] calibration(I2cChip chip) throws SensorException, InterruptedException {
        chip.write(RESET);
        chip.pause(RELOAD);
        var prom = new int[8];
        for (var i = 0; i < prom.length; i++) {
            prom[i] = I2cChip.unsigned16(chip.readRegister(PROM + 2 * i, 2), 0);
        }
        for (var i = 1; i <= 6; i++) {
            if (prom[i] == 0 || prom[i] == 0xffff) {
                throw chip.fault("its coefficient C" + i + " is " + I2cChip.hex(prom[i], 4)
                        + "; look at its power and its wires");
            }
        }
        chip.check(crc4(prom), prom[7] & 0x0f);
        return prom;
    }

    /** AN520: of all 16 bytes, that of the checksum taken as zero; x^4 + x + 1 in the four highest of 16 bits. */
    static int crc4(int... prom) {
        var remainder = 0;
        for (var at = 0; at < 2 * prom.length; at++) {
            var word = at / 2 == 7 ? prom[7] & 0xff00 : prom[at / 2];
            remainder ^= at % 2 == 0 ? word >> 8 : word & 0xff;
            for (var bit = 0; bit < 8; bit++) {
                remainder = (remainder & 0x8000) == 0 ? remainder << 1 : ((remainder << 1) ^ 0x3000) & 0xffff;
            }
        }
        return (remainder >> 12) & 0x0f;
    }

    private record Opened(I2cChip chip, int osr) implements Sensor {
        @Override
        public List<Measurement> read() throws SensorException, InterruptedException {
            var prom = calibration(chip);
            var d1 = converted(CONVERT_PRESSURE);
            var d2 = converted(CONVERT_TEMPERATURE);
            // Calculation, figure 2, not rounded in between; a unit of temp is 0.01 °C
            var dt = d2 - prom[5] * 256.0;
            var temp = 2_000 + dt * prom[6] / 8_388_608;
            var off = prom[2] * 65_536.0 + prom[4] * dt / 128;
            var sens = prom[1] * 32_768.0 + prom[3] * dt / 256;
            if (temp < 2_000) { // figure 3
                var low = square(temp - 2_000) / 2;
                var veryLow = temp < -1_500 ? square(temp + 1_500) : 0;
                temp -= dt * dt / 2_147_483_648.0;
                off -= 5 * low + 7 * veryLow;
                sens -= 2.5 * low + 5.5 * veryLow;
            }
            var pascals = (d1 * sens / 2_097_152 - off) / 32_768;
            return List.of(chip.measured(CELSIUS, temp / 100), chip.measured(HECTOPASCALS, pascals / 100));
        }

        private static double square(double number) {
            return number * number;
        }

        /** Not asked before the end: that would spoil the conversion (ADC read sequence). */
        private int converted(int command) throws SensorException, InterruptedException {
            chip.write(command + 2 * osr);
            chip.pause(Duration.ofNanos(LONGEST_MICROS.get(osr) * 1_000L));
            var bytes = chip.readRegister(ADC_READ, 3);
            var code = ((bytes[0] & 0xff) << 16) | I2cChip.unsigned16(bytes, 1);
            if (code == 0) { // ADC read sequence
                throw chip.fault("did not convert; was its power interrupted?");
            }
            if (code == 0xffffff) {
                throw chip.fault("its converter is at its end (0xffffff)");
            }
            return code;
        }
    }
}
