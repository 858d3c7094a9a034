package io.walnutedge.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.actuator.ActuatorDrivers;
import io.walnutedge.hocon.ConfigException;
import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problem;
import io.walnutedge.hocon.Problems;
import io.walnutedge.sensor.Drivers;
import io.walnutedge.sensor.Occupancy;
import io.walnutedge.sensor.files.DeviceFiles;
import io.walnutedge.sensor.files.Roots;
import io.walnutedge.sensor.i2c.I2cDevice;
import io.walnutedge.sensor.i2c.I2cDevice.MuxChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BusUseTest {
    private static I2cDevice behind(int channel, int address) {
        return new I2cDevice(1, address, Optional.of(new MuxChannel(0x70, channel)));
    }

    private static List<String> problems(I2cDevice... devices) {
        var problems = new Problems();
        var occupancy = new Occupancy();
        for (var device : devices) {
            device.occupy(ConfigFile.parse("type = x", problems), occupancy);
        }
        return problems.list().stream().map(Problem::toString).toList();
    }

    @Test
    void addresses_ofSeveralChannelsAndBusesAreFree() {
        assertThat(problems(
                        behind(0, 0x44),
                        behind(1, 0x44),
                        behind(0, 0x45),
                        new I2cDevice(2, 0x44),
                        new I2cDevice(1, 0x23)))
                .isEmpty();
    }

    @Test
    void address_takenIsAProblem() {
        assertThat(problems(behind(0, 0x44), behind(0, 0x44)))
                .singleElement()
                .asString()
                .contains("i2c-1 0x44 behind 0x70/0 is used by");
    }

    @Test
    void address_onTheBusAndBehindASwitch_isAProblemInEitherOrder() {
        assertThat(problems(behind(0, 0x44), new I2cDevice(1, 0x44)))
                .singleElement()
                .asString()
                .contains("would answer together");
        assertThat(problems(new I2cDevice(1, 0x44), behind(0, 0x44)))
                .singleElement()
                .asString()
                .contains("would answer together");
    }

    @Test
    void address_ofTheSwitchIsAProblem() {
        assertThat(problems(behind(0, 0x44), new I2cDevice(1, 0x70)))
                .singleElement()
                .asString()
                .contains("is a switch");
        assertThat(problems(behind(0, 0x70))).singleElement().asString().contains("its own switch");
    }

    /** A sensor and another one, a sensor and an output, two outputs: by whichever name, a bus is one bus. */
    @Test
    void names_ofOneBusAreOneBus(@TempDir Path directory) throws Exception {
        var files = new DeviceFiles(new Roots(directory, directory, directory));
        var bus = Files.createDirectories(directory.resolve("bus/i2c/devices/i2c-1"));
        Files.writeString(bus.resolve("name"), "an adapter 7\n");
        var node = Files.createDirectories(directory.resolve("firmware/devicetree/base/soc/i2c@1"));
        Files.createSymbolicLink(bus.resolve("of_node"), node);
        var names = List.of("1", "an adapter 7", "/soc/i2c@1");
        for (var one : names) {
            for (var other : names) {
                assertThat(problems(
                                files,
                                "sensors { a { type = bme280, bus = \"%s\" }, b { type = bme280, bus = \"%s\" } }",
                                one,
                                other))
                        .as(one + " and " + other)
                        .contains("i2c-1 0x76 is used by");
                assertThat(problems(
                                files,
                                "sensors { a { type = sht3x, bus = \"%s\", address = 0x44, mux { address = 0x70,"
                                        + " channel = 1 } } }\n"
                                        + "outputs { b { type = pca9685, bus = \"%s\", address = 0x70, channel = 1 } }",
                                one,
                                other))
                        .contains("0x70 on i2c-1 is used by a sensor");
                assertThat(problems(
                                files,
                                "outputs { a { type = pca9685, bus = \"%s\", channel = 1 }, b { type = pca9685, bus ="
                                        + " \"%s\", channel = 1 } }",
                                one,
                                other))
                        .contains("0x40 on i2c-1 channel 1 is used by");
            }
            assertThat(problems(
                            files,
                            "sensors { a { type = bme280, bus = \"%s\" }, b { type = bme280, bus = \"%s\" } }",
                            one,
                            "2"))
                    .isEmpty();
        }
    }

    private static String problems(DeviceFiles files, String config, String one, String other) {
        var problems = new Problems();
        try {
            new PlanReader(
                            Drivers.installed(),
                            ActuatorDrivers.installed(),
                            (device, pin) -> pin,
                            Long.MAX_VALUE,
                            files)
                    .read(ConfigFile.parse(config.formatted(one, other), problems), problems);
            return "";
        } catch (ConfigException mistakes) {
            return String.valueOf(mistakes.getMessage());
        }
    }
}
