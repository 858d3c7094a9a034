package io.walnutedge.sensor.i2c;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.chip.Bench;
import io.walnutedge.sensor.chip.FakeRegisters;
import io.walnutedge.sensor.files.DeviceFiles;
import io.walnutedge.sensor.files.Roots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which driver reads a chip, and what it makes of the kernel's files. */
class KernelChipTest {
    @TempDir
    private Path sys;

    private FakeRegisters chip = new FakeRegisters();
    private Path bus = Path.of("");

    @BeforeEach
    void plantBus() throws IOException {
        bus = Files.createDirectories(sys.resolve("bus/i2c/devices"));
    }

    private final Hardware hardware = new Hardware() {
        @Override
        public <T> T access(Class<T> kind) {
            return Hardware.pick(kind, new DeviceFiles(new Roots(sys, sys, sys)), (I2cBuses) this::registers);
        }

        private Registers registers(int number, int address) {
            return chip;
        }

        @Override
        public void pause(Duration duration) {}
    };

    /** As a driver leaves it that is bound: a link to itself, and its files. */
    private void bind(String device, String driver, String... files) throws IOException {
        var directory = Files.createDirectories(bus.resolve(device));
        var target = Files.createDirectories(sys.resolve("bus/i2c/drivers").resolve(driver));
        Files.createSymbolicLink(directory.resolve("driver"), target);
        for (var file : files) {
            var part = file.split("=", 2);
            var path = directory.resolve(part[0]);
            Files.createDirectories(path.getParent());
            Files.writeString(path, part[1] + "\n");
        }
    }

    private Map<String, Double> read(String driver, String hocon) throws Exception {
        try (var sensor = Bench.plan(driver, hocon).opening().open(hardware)) {
            return Bench.read(sensor);
        }
    }

    @Test
    void auto_takesTheKernelsDriverThatHoldsTheAddress() throws Exception {
        bind("1-0044", "sht3x", "hwmon/hwmon3/temp1_input=-12345", "hwmon/hwmon3/humidity1_input=45500");

        assertThat(read("sht3x", "")).containsOnly(entry("temperature", -12.345), entry("humidity", 45.5));
        chip.assertPlayed();
    }

    @Test
    void auto_isOurOwnDriverWhereTheKernelHasNone() {
        chip.then("register 01 2 -> NACK");

        assertThatThrownBy(() -> read("tmp102", "")).hasMessage("not acknowledged");
        chip.assertPlayed();
    }

    @Test
    void kernel_isRequiredAndMissing_saysHowToBind() {
        assertThatThrownBy(() -> read("sht3x", "driver = kernel"))
                .isInstanceOf(SensorException.class)
                .hasMessageContaining("no driver of the kernel is bound to i2c-1 0x44")
                .hasMessageContaining("echo sht3x 0x44 | sudo tee " + bus.resolve("i2c-1/new_device"))
                .hasMessageContaining("driver = own");
    }

    @Test
    void kernelDriver_withoutTheQuantity_isNamed() throws Exception {
        bind("1-0044", "shtc1", "hwmon/hwmon0/temp1_input=1000");

        assertThatThrownBy(() -> read("sht3x", ""))
                .hasMessageContaining("held by the kernel's driver shtc1, which shows no humidity");
    }

    @Test
    void iio_rawOffsetAndScaleOfTheChannelOrItsType() throws Exception {
        bind(
                "1-0040",
                "si7020",
                "iio:device2/in_temp_raw=7000",
                "iio:device2/in_temp_offset=-4368",
                "iio:device2/in_temp_scale=10.725097656",
                "iio:device2/in_humidityrelative_input=40000");

        assertThat(read("htu21d", "").get("temperature")).isCloseTo(28.2285, within(0.0001));
        assertThat(read("htu21d", "")).containsEntry("humidity", 40.0);
    }

    @Test
    void pressure_isInHectopascals() throws Exception {
        bind("1-0076", "bmp280", "iio:device0/in_temp_input=21500", "iio:device0/in_pressure_input=101.325");

        assertThat(read("bmp280", "driver = kernel").get("pressure")).isCloseTo(1013.25, within(1e-9));
    }

    @Test
    void saturatedCode_isNoValue() throws Exception {
        bind("1-0023", "bh1750", "iio:device0/in_illuminance_raw=65535", "iio:device0/in_illuminance_scale=0.833333");
        assertThatThrownBy(() -> read("bh1750", "")).hasMessageContaining("saturated");

        bind(
                "1-0048",
                "ads1015",
                "iio:device1/in_voltage0-voltage1_raw=-2048",
                "iio:device1/in_voltage3_raw=2000",
                "iio:device1/in_voltage3_scale=2.0",
                "iio:device1/in_voltage-voltage_scale=1.0");
        assertThatThrownBy(() -> read("ads1015", "channels = [a0-a1]")).hasMessageContaining("-2048: the chip is sat");
        assertThat(read("ads1015", "channels = [a3]")).containsExactly(entry("a3", 4.0));
    }

    /** The kernel has reckoned with 10 mΩ, the board has 0.1 Ω. */
    @Test
    void current_isThatOverOurShunt_andThePowerHasItsSign() throws Exception {
        bind(
                "1-0040",
                "ina219",
                "hwmon/hwmon1/in0_input=-20",
                "hwmon/hwmon1/in1_input=5000",
                "hwmon/hwmon1/curr1_input=-2000",
                "hwmon/hwmon1/power1_input=10000000",
                "hwmon/hwmon1/shunt_resistor=10000");

        var sample = read("ina219", "driver = kernel, shunt = 0.1");
        assertThat(sample.get("voltage")).isEqualTo(5.0);
        assertThat(sample.get("shunt-voltage")).isEqualTo(-0.02);
        assertThat(sample.get("current")).isCloseTo(-0.2, within(1e-9));
        assertThat(sample.get("power")).isCloseTo(-1.0, within(1e-9));
    }

    @Test
    void own_neverLooksAtTheKernelsFiles() throws Exception {
        bind("1-0044", "sht3x", "hwmon/hwmon3/temp1_input=1", "hwmon/hwmon3/humidity1_input=1");
        chip.then("write 30 93 -> NACK");

        assertThatThrownBy(() -> read("sht3x", "driver = own")).isInstanceOf(SensorException.class);
    }

    @Test
    void settingsOfOurDriver_areRefusedWithTheKernels() {
        assertThat(Bench.problems("sht3x", "driver = kernel, repeatability = low"))
                .singleElement()
                .asString()
                .contains("repeatability", "driver = kernel does not use");
        assertThat(Bench.problems("ads1115", "driver = kernel, channels = [a0], address = 0x49"))
                .isEmpty();
        assertThat(Bench.problems("lm75", "driver = kernell"))
                .singleElement()
                .asString()
                .contains("kernel");
    }

    @Test
    void behindASwitch_itIsOurs() {
        assertThat(Bench.problems("lm75", "driver = kernel, mux { address = 0x70, channel = 1 }"))
                .singleElement()
                .asString()
                .contains("i2c-mux-pca954x");
    }

    /** A driver of the kernel that comes later takes the chip: the next reading is no transfer of ours. */
    @Test
    void kernelDriverThatComes_endsOurs() throws Exception {
        chip.then("write 30 93\nwrite 30 a2\nwrite f3 2d\nread 3 -> 00 00 81");
        try (var sensor = Bench.plan("sht3x", "").opening().open(hardware)) {
            bind("1-0044", "sht3x", "hwmon/hwmon3/temp1_input=1000", "hwmon/hwmon3/humidity1_input=1000");
            assertThatThrownBy(sensor::read).hasMessageContaining("the kernel's driver sht3x has taken");
        }
        chip.assertPlayed();
    }

    /** What the kernel's driver of each chip with humidity shows, in thousandths of a percent, and what is published of it. */
    @ParameterizedTest
    @CsvSource({"sht3x,44", "sht4x,44", "shtc3,70", "hdc1080,40", "hdc2080,40", "htu21d,40", "bme280,76"})
    void humidity_isCroppedAndRefused_howeverTheChipIsRead(String driver, String address) throws Exception {
        var device = Files.createDirectories(bus.resolve("1-00" + address));
        Files.createSymbolicLink(device.resolve("driver"), Files.createDirectories(sys.resolve("driver")));
        var hwmon = Files.createDirectories(device.resolve("hwmon/hwmon0"));
        Files.writeString(hwmon.resolve("temp1_input"), "20000");
        var iio = Files.createDirectories(device.resolve("iio:device0"));
        Files.writeString(iio.resolve("in_pressure_input"), "100");
        for (var milli : new int[] {-10_000, -6_000, -1, 0, 1, 45_500, 99_999, 100_000, 100_001, 105_300, 110_000}) {
            Files.writeString(hwmon.resolve("humidity1_input"), milli + "\n");
            assertThat(read(driver, "").get("humidity"))
                    .as("%s at %d", driver, milli)
                    .isCloseTo(Math.max(0, Math.min(100, milli * 0.001)), within(1e-9));
        }
        for (var milli : new int[] {-10_001, 110_001, -40_000, 119_000, 1_000_000, Integer.MAX_VALUE}) {
            Files.writeString(hwmon.resolve("humidity1_input"), milli + "\n");
            assertThatThrownBy(() -> read(driver, "")).hasMessageContaining("% is beyond what air can have: no value");
        }
    }

    /** The range of each chip's datasheet counts for what the kernel's driver shows. */
    @ParameterizedTest
    @CsvSource({
        "sht3x,44,-40,125", "sht4x,44,-40,125", "shtc3,70,-40,125", "hdc1080,40,-40,125", "hdc2080,40,-40,125",
        "htu21d,40,-40,125", "bme280,76,-40,85", "bmp280,76,-40,85", "bmp180,77,-40,85", "tmp117,48,-55,150",
        "tmp102,48,-55,150", "mcp9808,18,-40,125", "lm75,48,-55,125", "adt7420,48,-40,150", "dps310,77,-40,85",
        "ms5611,77,-40,85"
    })
    void temperature_beyondTheChipsRange_isNoValue(String driver, String address, int min, int max) throws Exception {
        var device = Files.createDirectories(bus.resolve("1-00" + address));
        Files.createSymbolicLink(device.resolve("driver"), Files.createDirectories(sys.resolve("driver")));
        var hwmon = Files.createDirectories(device.resolve("hwmon/hwmon0"));
        Files.writeString(hwmon.resolve("humidity1_input"), "50000");
        var iio = Files.createDirectories(device.resolve("iio:device0"));
        Files.writeString(iio.resolve("in_pressure_input"), "100");
        for (var milli : new int[] {1000 * min, 0, 1000 * max}) {
            Files.writeString(hwmon.resolve("temp1_input"), milli + "\n");
            assertThat(read(driver, "").get("temperature")).isCloseTo(milli * 0.001, within(1e-9));
        }
        for (var milli : new int[] {1000 * min - 1, 1000 * max + 1}) {
            Files.writeString(hwmon.resolve("temp1_input"), milli + "\n");
            assertThatThrownBy(() -> read(driver, "")).hasMessageContaining("is beyond what the chip measures");
        }
    }

    @Test
    void kernelDriverThatComes_endsTheReadingOfADeclaredChipToo() throws Exception {
        var plan = Bench.plan(
                "i2c-registers",
                "address = 0x48, reads = [{ register = 0x00, bytes = 2 }], fields { level { bytes = \"0-1\" } }");
        try (var sensor = plan.opening().open(hardware)) {
            bind("1-0048", "lm75");
            assertThatThrownBy(sensor::read).hasMessageContaining("the kernel's driver lm75 has taken");
        }
        chip.assertPlayed();
    }
}
