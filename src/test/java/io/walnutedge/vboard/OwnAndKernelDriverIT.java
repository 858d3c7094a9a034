package io.walnutedge.vboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Our driver and the kernel's find the same in the same chip: what a test has put there. */
@Tag("board-arm64")
@ExtendWith(SharedBoard.class)
class OwnAndKernelDriverIT {
    private static final List<Double> CELSIUS = List.of(-39.5, -12.25, -0.5, 0.0, 0.125, 25.5, 84.875);

    @AfterEach
    void mend(Chips chips) {
        chips.set(Board.SHT3X, "badcrc", false);
    }

    private static void same(double own, double kernel, double set, Offset<Double> resolution) {
        assertThat(own).as("own driver, of " + set).isCloseTo(set, resolution);
        assertThat(own).as("own driver and the kernel's").isCloseTo(kernel, resolution);
    }

    /** There is no driver of ours for it: its register is taken apart as the datasheet of the LM75B says, 7.4.3. */
    @Test
    void lm75(Guest guest, I2cProgram i2c, Chips chips) {
        List<Double> own = new ArrayList<>();
        i2c.ask("open lm75 " + Board.LM75);
        for (double celsius : CELSIUS) {
            chips.temperature(Board.LM75, celsius);
            own.add(((short) Integer.parseInt(i2c.ask("register lm75 0 2"), 16) >> 5) * 0.125);
        }
        i2c.ask("close lm75");
        try (KernelDriver kernel = guest.bind("lm75b", Board.LM75)) {
            for (int i = 0; i < own.size(); i++) {
                chips.temperature(Board.LM75, CELSIUS.get(i));
                same(own.get(i), kernel.milli("hwmon/hwmon*/temp1_input"), CELSIUS.get(i), within(0.001));
            }
        }
    }

    @Test
    void bmp280(Guest guest, I2cProgram i2c, Chips chips) {
        List<Double> pressures = List.of(1100.0, 990.1, 950.55, 1013.25, 870.0, 700.0, 301.0);
        List<List<Double>> own = new ArrayList<>();
        i2c.ask("sensor air bmp280 address=0x76");
        for (int i = 0; i < pressures.size(); i++) {
            chips.temperature(Board.BMP280, CELSIUS.get(i));
            chips.set(Board.BMP280, "hpa", pressures.get(i));
            own.add(i2c.sample("air"));
        }
        i2c.ask("end air");
        try (KernelDriver kernel = guest.bind("bmp280", Board.BMP280)) {
            for (int i = 0; i < pressures.size(); i++) {
                chips.temperature(Board.BMP280, CELSIUS.get(i));
                chips.set(Board.BMP280, "hpa", pressures.get(i));
                // 0.01 °C of output, and half of that of the chip's setting; 0.16 Pa of the converter (3.4.1, table 7)
                same(own.get(i).get(0), kernel.milli("iio:device*/in_temp_input"), CELSIUS.get(i), within(0.011));
                same(
                        own.get(i).get(1),
                        10 * kernel.number("iio:device*/in_pressure_input"),
                        pressures.get(i),
                        within(0.02));
            }
        }
    }

    @Test
    void bh1750(Guest guest, I2cProgram i2c, Chips chips) {
        List<Double> lux = List.of(0.0, 1.0, 120.0, 1000.0, 54_000.0);
        List<Double> own = new ArrayList<>();
        i2c.ask("sensor light bh1750 address=0x23");
        for (double each : lux) {
            chips.set(Board.BH1750, "lux", each);
            own.add(i2c.sample("light").get(0));
        }
        chips.log();
        i2c.ask("sample light");
        assertThat(chips.log().stream()
                        .filter(message -> message.address() == Board.BH1750)
                        .map(Chips.Message::data))
                .as("power on, measurement time 69 in two parts, one-time H-resolution mode, the counts")
                .containsExactly("01", "42", "65", "20", "fd20");
        i2c.ask("end light");
        try (KernelDriver kernel = guest.bind("bh1750", Board.BH1750)) {
            double scale = kernel.number("iio:device*/in_illuminance_scale");
            for (int i = 0; i < lux.size(); i++) {
                chips.set(Board.BH1750, "lux", lux.get(i));
                same(
                        own.get(i),
                        scale * kernel.number("iio:device*/in_illuminance_raw"),
                        lux.get(i),
                        within(0.84)); // a count
            }
        }
    }

    @Test
    void sht3x(Guest guest, I2cProgram i2c, Chips chips) {
        List<Double> humidity = List.of(0.0, 1.5, 33.3, 50.0, 66.6, 99.9, 100.0);
        List<List<Double>> own = new ArrayList<>();
        i2c.ask("sensor air sht3x address=0x44");
        for (int i = 0; i < humidity.size(); i++) {
            chips.temperature(Board.SHT3X, CELSIUS.get(i));
            chips.set(Board.SHT3X, "rh", humidity.get(i));
            own.add(i2c.sample("air"));
        }
        i2c.ask("end air");
        try (KernelDriver kernel = guest.bind("sht3x", Board.SHT3X)) {
            for (int i = 0; i < humidity.size(); i++) {
                chips.temperature(Board.SHT3X, CELSIUS.get(i));
                chips.set(Board.SHT3X, "rh", humidity.get(i));
                // 175 °C and 100 % in 65,535 steps; the kernel's are in thousandths
                same(own.get(i).get(0), kernel.milli("hwmon/hwmon*/temp1_input"), CELSIUS.get(i), within(0.004));
                same(own.get(i).get(1), kernel.milli("hwmon/hwmon*/humidity1_input"), humidity.get(i), within(0.003));
            }
        }
    }

    @Test
    void sht3x_withABadChecksum_hasNoValue(I2cProgram i2c, Chips chips) {
        i2c.ask("sensor air sht3x address=0x44");
        try {
            chips.set(Board.SHT3X, "badcrc", true);
            assertThat(i2c.fails("sample air")).contains("SensorException", "bad checksum");
            chips.set(Board.SHT3X, "badcrc", false);
            chips.temperature(Board.SHT3X, -20);
            assertThat(i2c.sample("air").get(0)).isCloseTo(-20, within(0.003));
        } finally {
            i2c.ask("end air");
        }
    }
}
