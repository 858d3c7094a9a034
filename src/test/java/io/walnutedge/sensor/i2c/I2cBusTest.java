package io.walnutedge.sensor.i2c;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problems;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.files.DeviceFiles;
import io.walnutedge.sensor.files.Roots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A tree as the kernel makes it: devices below {@code devices}, links to them in {@code bus/i2c/devices}. */
class I2cBusTest {
    private static final String ADAPTER = "mv64xxx_i2c adapter";
    private static final String USB = "/devices/platform/soc/5200000.usb/usb1/1-1/1-1:1.0";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private DeviceFiles files = DeviceFiles.SYSTEM;

    @BeforeEach
    void plant() throws IOException {
        files = new DeviceFiles(
                new Roots(directory.resolve("sys"), directory.resolve("proc"), directory.resolve("dev")));
        bus(0, "/devices/platform/soc/5002400.i2c", ADAPTER, "/soc/i2c@5002400");
        bus(1, "/devices/platform/soc/5002800.i2c", ADAPTER, "/soc/i2c@5002800");
        bus(
                2,
                "/devices/platform/soc/5002400.i2c/i2c-0/0-0070",
                "i2c-0-mux (chan_id 0)",
                "/soc/i2c@5002400/mux@70/i2c@0");
        bus(3, USB, "i2c-tiny-usb at bus 001 device 004", "");
    }

    private Path devices() {
        return files.sys().resolve("bus/i2c/devices");
    }

    private void bus(int number, String device, String name, String node) throws IOException {
        var own =
                Files.createDirectories(files.sys().resolve(device.substring(1)).resolve("i2c-" + number));
        Files.writeString(own.resolve("name"), name + "\n");
        if (!node.isEmpty()) {
            var target = Files.createDirectories(files.sys().resolve("firmware/devicetree/base" + node));
            Files.createSymbolicLink(own.resolve("of_node"), target);
        }
        Files.createDirectories(devices());
        Files.createSymbolicLink(devices().resolve("i2c-" + number), own);
    }

    @ParameterizedTest
    @CsvSource({
        "1,1",
        "i2c-2,2",
        "007,7",
        "255,255",
        "/soc/i2c@5002400,0",
        "/soc/i2c@5002800,1",
        "/sys/firmware/devicetree/base/soc/i2c@5002800,1",
        "/soc/i2c@5002400/mux@70/i2c@0,2",
        "i2c-0-mux (chan_id 0),2",
        "i2c-tiny-usb at bus 001 device 004,3",
        USB + ",3",
        "/sys" + USB + ",3",
        "/devices/platform/soc/5002800.i2c,1"
    })
    void name_isOfOneBus(String name, int number) throws Exception {
        assertThat(I2cBus.of(name).number(files)).isEqualTo(number);
    }

    @Test
    void nameOfSeveral_listsThem() {
        assertThatThrownBy(() -> I2cBus.of(ADAPTER).number(files))
                .isInstanceOf(SensorException.class)
                .hasMessage("2 I2C buses are called '" + ADAPTER + "': i2c-0 '" + ADAPTER
                        + "' (/soc/i2c@5002400), i2c-1 '" + ADAPTER + "' (/soc/i2c@5002800); write one's path as bus");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mv64xxx_i2c",
                "MV64XXX_I2C ADAPTER",
                "/soc/i2c@5002c00",
                "soc/i2c@5002400",
                "/soc/i2c@5002400/",
                "/soc",
                "/",
                "/../soc/i2c@5002400",
                "i2c-",
                "i2c-x",
                "i2c-1234"
            })
    void nameOfNone_listsAll(String name) {
        assertThatThrownBy(() -> I2cBus.of(name).number(files))
                .isInstanceOf(SensorException.class)
                .hasMessageStartingWith("no I2C bus is called '" + name + "'; there are: i2c-0 ")
                .hasMessageContaining("i2c-3 'i2c-tiny-usb at bus 001 device 004' (" + USB + ")");
    }

    /** After a boot, or out and in again, another number: each look is anew. */
    @Test
    void busThatMoved_isFoundAgain() throws Exception {
        var bus = I2cBus.of(USB);
        assertThat(bus.number(files)).isEqualTo(3);
        Files.delete(devices().resolve("i2c-3"));
        assertThat(bus.numbered(files)).isEqualTo(bus);
        assertThat(bus.note(files)).get().asString().startsWith("no I2C bus is called");
        bus(9, USB, "i2c-tiny-usb at bus 001 device 005", "");
        assertThat(bus.number(files)).isEqualTo(9);
        assertThat(bus.numbered(files)).isEqualTo(I2cBus.of(9));
        assertThat(bus.note(files)).contains("bus '" + USB + "' is i2c-9 now");
    }

    @Test
    void withoutBuses_saysSo() {
        var nowhere =
                new DeviceFiles(new Roots(directory.resolve("x"), directory.resolve("x"), directory.resolve("x")));
        assertThatThrownBy(() -> I2cBus.of(ADAPTER).number(nowhere)).hasMessageEndingWith("there are: none");
    }

    @ParameterizedTest
    @CsvSource({
        "2,2",
        "'\"2\"',2",
        "i2c-4,4",
        "'\"/soc/i2c@5002400\"',/soc/i2c@5002400",
        "'\"" + ADAPTER + "\"'," + ADAPTER
    })
    void key_takesNumberAndName(String written, String text) {
        var problems = new Problems();
        assertThat(I2cBus.read(ConfigFile.parse("bus = " + written, problems))).isEqualTo(new I2cBus(text));
        assertThat(problems.list()).isEmpty();
        assertThat(I2cBus.read(ConfigFile.parse("", problems))).isEqualTo(I2cBus.of(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "256",
                "1.5",
                "\"\"",
                "\"  \"",
                "two",
                "\"mv adapter\"",
                "\"a\\u001bb\"",
                "[1]",
                "{}",
                "true",
                "1e3",
                "99999999999"
            })
    void key_refusesTheRest(String written) {
        var problems = new Problems();
        assertThat(I2cBus.read(ConfigFile.parse("bus = " + written, problems)).isNumber())
                .isTrue();
        assertThat(problems.list()).hasSize(1);
    }
}
