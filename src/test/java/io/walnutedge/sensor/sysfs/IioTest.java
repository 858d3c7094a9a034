package io.walnutedge.sensor.sysfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walnutedge.sensor.SensorException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.ArrayList;
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
        sys/bus/iio/devices/iio:device2/in_resistance0_raw = 77
        sys/bus/iio/devices/iio:device2/in_voltage0_mean_raw = 500
        sys/bus/iio/devices/iio:device2/in_voltage1_label = Vbat
        sys/bus/iio/devices/iio:device2/sampling_frequency = 1600
        sys/bus/iio/devices/iio:device2/sampling_frequency_available = 128 250 490 920 1600 2400 3300
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
        "ads1015, current0, current0=0.0770A",
        "ads1015, voltage0_mean, voltage0_mean=1.0000V",
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
        assertThatThrownBy(() -> tree().open(new Iio(), "device = ads1015, channel = resistance0"))
                .isInstanceOf(SensorException.class)
                .hasMessageContaining("no scale");
    }

    @Test
    void channelThatIsNotThere_namesThoseThatAre() {
        assertThatThrownBy(() -> tree().open(new Iio(), "device = ads1015, channel = voltage2"))
                .isInstanceOf(SensorException.class)
                .hasMessageContaining(
                        "current0, resistance0, voltage0-voltage1, voltage0_mean, voltage0, voltage1 (Vbat)");
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
    void oneBadChannel_takesNoOther_andComesBack() throws Exception {
        var tree = tree();
        var sensor = tree.open(new Iio(), "device = bme280, channels = [temp, pressure]");
        tree.with("sys/devices/i2c-1/1-0076/iio:device0/in_pressure_input =");
        var sample = sensor.read();
        assertThat(SysTree.shown(sample)).containsExactly("temperature=25.08°C", "pressure=failed");
        assertThat(sample.get(1).absence().orElseThrow().reason()).contains("is empty");
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

    @ParameterizedTest
    @CsvSource({
        "positionrelative_x, 25000, 1, position_x=25.000%",
        "gravity_z, 981, 0.01, gravity_z=9.810m/s²",
        "accel_linear_x, -100, 0.00981, acceleration_linear_x=-0.981m/s²",
        "anglvel_x, -50, 0.02, rotation_x=-1.0000rad/s",
        "magn_y, 300, 0.001, magnetic_field_y=0.3000G",
        "electricalconductivity, 5, 0.1, conductivity=0.5000S/m",
        "power0, 2500, 1, power0=2.500W",
        "concentration_co2, 415, 0.0001, concentration_co2=415.0ppm",
        "concentration_o2, 20950, 0.001, concentration_o2=209500.0ppm",
        "massconcentration_pm2p5, 125, 0.1, massconcentration_pm2p5=12.5µg/m³",
        "illuminance, 4000000000, 0.01, illuminance=40000000.0lx",
        "energy, 1500, 1, energy=1500.0J"
    })
    void types_haveTheUnitsOfTheAbi(String channel, String raw, String scale, String expected) throws Exception {
        var device = "sys/bus/iio/devices/iio:device5/";
        var tree = tree().with(device + "name = x\n" + device + "in_" + channel + "_raw = " + raw + "\n" + device
                + "in_" + channel + "_scale = " + scale);
        assertThat(SysTree.shown(
                        tree.open(new Iio(), "device = x, channel = " + channel).read()))
                .containsExactly(expected);
    }

    @Test
    void threeAxes_shareTheScaleOfTheirType() throws Exception {
        var tree = tree().with("""
            sys/bus/iio/devices/iio:device5/name = adxl345
            sys/bus/iio/devices/iio:device5/in_accel_x_raw = -256
            sys/bus/iio/devices/iio:device5/in_accel_z_raw = 25
            sys/bus/iio/devices/iio:device5/in_accel_scale = 0.038312
            """);
        assertThat(SysTree.shown(tree.open(new Iio(), "device = adxl345, channels = [accel_x, accel_z]")
                        .read()))
                .containsExactly("acceleration_x=-9.808m/s²", "acceleration_z=0.958m/s²");
    }

    @Test
    void labelOfAChannel_namesIt() throws Exception {
        var tree = tree();
        assertThat(SysTree.shown(tree.open(new Iio(), "device = ads1015, channel = voltage, label = Vbat")
                        .read()))
                .containsExactly("voltage=-0.0010V");
        assertThatThrownBy(() -> tree.open(new Iio(), "device = ads1015, channel = voltage, label = Vbus"))
                .isInstanceOf(SensorException.class)
                .hasMessageContaining("0 of voltage labelled 'Vbus'")
                .hasMessageContaining("voltage1 (Vbat)");
    }

    @Test
    void labelOfTheDevice_namesItOrTellsNamesakesApart() throws Exception {
        var tree = tree().with("""
            sys/bus/iio/devices/iio:device6/name = bme280
            sys/bus/iio/devices/iio:device6/label = cellar
            sys/bus/iio/devices/iio:device6/in_temp_input = 12000
            """);
        for (var settings : new String[] {"device = cellar", "device = bme280, parent = cellar"}) {
            assertThat(SysTree.shown(
                            tree.open(new Iio(), settings + ", channel = temp").read()))
                    .containsExactly("temperature=12.00°C");
        }
    }

    @Test
    void numberOfTheDevice_mayMove() throws Exception {
        var tree = tree();
        var sensor = tree.open(new Iio(), "device = bh1750, channel = illuminance");
        sensor.read();
        tree.without("sys/bus/iio/devices/iio:device1").with("""
            sys/bus/iio/devices/iio:device1/name = other
            sys/bus/iio/devices/iio:device1/in_illuminance_input = 1
            sys/bus/iio/devices/iio:device8/name = bh1750
            sys/bus/iio/devices/iio:device8/in_illuminance_input = 42
            """);
        assertThat(SysTree.shown(sensor.read())).containsExactly("illuminance=42.0lx");
    }

    @ParameterizedTest
    @CsvSource({"nan", "1 2 3", "12 dB", "--5"})
    void whatIsNoNumber_isNotPublished(String content) throws Exception {
        var sensor = tree().with("sys/bus/iio/devices/iio:device1/in_illuminance_raw = " + content)
                .open(new Iio(), "device = bh1750, channel = illuminance");
        assertThatThrownBy(sensor::read)
                .isInstanceOf(SensorException.class)
                .hasMessageEndingWith("in_illuminance_raw is not a number");
    }

    @Test
    void setting_isWrittenOnlyWhereItDiffers() throws Exception {
        var written = new ArrayList<String>();
        var tree = tree();
        var driver = new Iio((attribute, text) -> {
            written.add(text.strip());
            AttributeWriter.KERNEL.write(attribute, text);
        });
        tree.open(driver, "device = ads1015, channel = voltage0, set { sampling_frequency = 1600.0 }");
        assertThat(written).isEmpty();
        tree.open(driver, "device = ads1015, channel = voltage0, set { sampling_frequency = 250 }");
        assertThat(written).containsExactly("250");
    }

    @Test
    void settingThatIsNotAllowed_saysTheUdevRule() {
        var driver = new Iio((attribute, text) -> {
            throw new AccessDeniedException(attribute.toString());
        });
        assertThatThrownBy(() ->
                        tree().open(driver, "device = ads1015, channel = voltage0, set { sampling_frequency = 250 }"))
                .isInstanceOf(SensorException.class)
                .hasMessageContaining("may not be written by this user")
                .hasMessageContaining("SUBSYSTEM==\"iio\"")
                .hasMessageContaining("chgrp walnut-edge sampling_frequency");
    }

    @Test
    void settingThatTheKernelRefusesOrIgnores_saysWhatItAccepts() {
        var tree = tree();
        var settings = "device = ads1015, channel = voltage0, set { sampling_frequency = 251 }";
        var refusing = new Iio((attribute, text) -> {
            throw new IOException("Invalid argument");
        });
        assertThatThrownBy(() -> tree.open(refusing, settings))
                .isInstanceOf(SensorException.class)
                .hasMessageContaining("does not take 251")
                .hasMessageContaining("accepted: 128 250 490");
        assertThatThrownBy(() -> tree.open(new Iio((attribute, text) -> {}), settings))
                .isInstanceOf(SensorException.class)
                .hasMessageContaining("stays at 1600");
    }

    @Test
    void settingThatTheDriverHasNot_isSaid() {
        assertThatThrownBy(() -> tree().open(
                                new Iio(), "device = bme280, channel = temp, set { in_temp_oversampling_ratio = 2 }"))
                .isInstanceOf(SensorException.class)
                .hasMessageContaining("the driver has no such setting");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "set { name = 1 } | is no setting",
                "set { \"../x_scale\" = 1 } | is no setting",
                "set { scale = \"1 2\" } | is no value",
                "label = x, channel = voltage0 | single channel without a number"
            })
    void wrongSettings_areProblems(String settings, String expected) {
        var channel = settings.contains("channel") ? "" : ", channel = temp";
        assertThat(SysTree.problems(new Iio(), "device = x, " + settings + channel))
                .contains(expected);
    }

    @Test
    void keys_sayWhatEachChannelGives() {
        assertThat(new Iio().keys()).contains("`pressure` gives `pressure` (hPa)", "`ph` gives `ph`,");
    }

    @Test
    void smallSetting_isWrittenWithoutExponent() throws Exception {
        var written = new ArrayList<String>();
        var tree = tree();
        var driver = new Iio((attribute, text) -> {
            written.add(text);
            AttributeWriter.KERNEL.write(attribute, text);
        });
        tree.open(driver, "device = ads1015, channel = voltage0, set { in_voltage0_scale = 0.00025 }");
        assertThat(written).containsExactly("0.00025\n");
    }

    @Test
    void numberOfTheDevice_namesItToo() throws Exception {
        var sensor = tree().open(new Iio(), "device = \"iio:device1\", channel = illuminance");
        assertThat(SysTree.shown(sensor.read())).containsExactly("illuminance=28066.7lx");
    }

    @Test
    void humidity_isCroppedAndRefused() throws Exception {
        var file = "sys/devices/i2c-1/1-0076/iio:device0/in_humidityrelative_input = ";
        var tree = tree().with(file + "105300");
        var chip = tree.open(new Iio(), "device = bme280, channel = humidityrelative");
        assertThat(SysTree.shown(chip.read())).containsExactly("humidity=100.00%");
        tree.with(file + "110001");
        assertThatThrownBy(chip::read).hasMessageContaining("is beyond");
    }
}
