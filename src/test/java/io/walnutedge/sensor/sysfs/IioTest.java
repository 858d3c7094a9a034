package io.walnutedge.sensor.sysfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walnutedge.sensor.SensorException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IioTest {
    private static final String BOARD = """
            sys/bus/iio/devices/iio:device0 -> ../../../devices/i2c-1/1-0076/iio:device0
            sys/devices/i2c-1/1-0076/iio:device0/name = bme280
            sys/devices/i2c-1/1-0076/iio:device0/in_temp_input = 25080
            sys/devices/i2c-1/1-0076/iio:device0/in_pressure_input = 100.653265625
            sys/devices/i2c-1/1-0076/iio:device0/in_humidityrelative_input = 45600
            sys/bus/iio/devices/iio:device1/name = bh1750
            sys/bus/iio/devices/iio:device1/in_illuminance_raw = 33680
            sys/bus/iio/devices/iio:device1/in_illuminance_scale = 0.833333
            sys/bus/iio/devices/iio:device2/name = ads1015
            sys/bus/iio/devices/iio:device2/in_voltage0_raw = 1000
            sys/bus/iio/devices/iio:device2/in_voltage0_scale = 2.000000000
            sys/bus/iio/devices/iio:device2/in_voltage1_raw = -16
            sys/bus/iio/devices/iio:device2/in_voltage_scale = 0.062500000
            sys/bus/iio/devices/iio:device2/in_voltage0-voltage1_raw = 8
            sys/bus/iio/devices/iio:device2/in_voltage-voltage_scale = 3
            sys/bus/iio/devices/iio:device2/in_current0_raw = 77
            sys/bus/iio/devices/iio:device3/name = mlx90614
            sys/bus/iio/devices/iio:device3/in_temp_object_raw = 14658
            sys/bus/iio/devices/iio:device3/in_temp_ambient_raw = 14858
            sys/bus/iio/devices/iio:device3/in_temp_offset = -13657.500000
            sys/bus/iio/devices/iio:device3/in_temp_scale = 20
            """;

    @TempDir
    Path directory;

    private SysTree tree() {
        return new SysTree(directory).with(BOARD);
    }

    @Test
    void processedForms_areInOurUnits() throws Exception {
        try (var sensor = tree().open(new Iio(), "device = bme280, channels = [temp, pressure, humidityrelative]")) {
            assertThat(SysTree.shown(sensor.read()))
                    .containsExactly("temperature=25.08°C", "pressure=1006.53hPa", "humidity=45.60%");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "bh1750, illuminance, illuminance=28066.7lx",
        "ads1015, voltage0, voltage0=2.0000V",
        "ads1015, voltage1, voltage1=-0.0010V",
        "ads1015, voltage0-voltage1, voltage0-voltage1=0.0240V",
        "mlx90614, temp_object, temperature_object=20.01°C",
        "mlx90614, temp_ambient, temperature_ambient=24.01°C"
    })
    void rawForms_takeTheirOwnScaleOrTheShared(String device, String channel, String expected) throws Exception {
        var sensor = tree().open(new Iio(), "device = " + device + ", channel = " + channel);
        assertThat(SysTree.shown(sensor.read())).containsExactly(expected);
    }

    @Test
    void rawWithoutScale_isNotPublishedAsAUnit() {
        assertThatThrownBy(() -> tree().open(new Iio(), "device = ads1015, channel = current0"))
                .isInstanceOf(SensorException.class)
                .hasMessageContaining("no scale");
    }

    @Test
    void channelThatIsNotThere_namesThoseThatAre() {
        assertThatThrownBy(() -> tree().open(new Iio(), "device = ads1015, channel = voltage2"))
                .isInstanceOf(SensorException.class)
                .hasMessageContaining("current0, voltage0-voltage1, voltage0, voltage1");
    }

    @Test
    void unknownDevice_namesTheNearest() {
        assertThatThrownBy(() -> tree().open(new Iio(), "device = bmp280, channel = temp"))
                .isInstanceOf(SensorException.class)
                .hasMessageEndingWith("did you mean 'bme280'?");
    }

    @Test
    void namesakes_areToldApartByTheParent() throws Exception {
        var tree = tree().with("""
                sys/bus/iio/devices/iio:device9 -> ../../../devices/i2c-1/1-0077/iio:device9
                sys/devices/i2c-1/1-0077/iio:device9/name = bme280
                sys/devices/i2c-1/1-0077/iio:device9/in_temp_input = 19000
                """);
        assertThatThrownBy(() -> tree.open(new Iio(), "device = bme280, channel = temp"))
                .isInstanceOf(SensorException.class)
                .hasMessageContaining("parent = one of: 1-0076, 1-0077");
        var sensor = tree.open(new Iio(), "device = bme280, channel = temp, parent = 1-0077");
        assertThat(SysTree.shown(sensor.read())).containsExactly("temperature=19.00°C");
    }

    @Test
    void oneBadChannel_spoilsTheSampleAndItComesBack() throws Exception {
        var tree = tree();
        var sensor = tree.open(new Iio(), "device = bme280, channels = [temp, pressure]");
        tree.with("sys/devices/i2c-1/1-0076/iio:device0/in_pressure_input =");
        assertThatThrownBy(sensor::read).isInstanceOf(SensorException.class).hasMessageContaining("is empty");
        tree.with("sys/devices/i2c-1/1-0076/iio:device0/in_pressure_input = 101.325");
        assertThat(SysTree.shown(sensor.read())).containsExactly("temperature=25.08°C", "pressure=1013.25hPa");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "device = bme280 | is required",
                "device = bme280, channel = tmp | did you mean 'temp'?",
                "device = bme280, channels = [temp, temp] | given twice",
                "device = bme280, channel = temp, channels = [temp] | either channel or channels",
                "device = bme280, channel = temp_Object | is no channel"
            })
    void wrongChannels_areProblems(String settings, String expected) {
        assertThat(SysTree.problems(new Iio(), settings)).contains(expected);
    }

    @Test
    void concentrationAndMass_haveTheirNames() {
        assertThat(SysTree.plan(new Iio(), "device = x, channels = [concentration_co2, massconcentration_pm2p5]")
                        .quantities())
                .extracting(quantity -> quantity.name() + " " + quantity.unit())
                .containsExactly("concentration_co2 ppm", "massconcentration_pm2p5 µg/m³");
    }
}
