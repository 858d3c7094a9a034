package io.walnutedge.hocon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walnutedge.config.DeviceConfig;
import io.walnutedge.config.MqttConfig;
import io.walnutedge.config.SensorsJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigPartsTest {
    @TempDir
    Path directory;

    private final Problems problems = new Problems();
    private Path main;

    @BeforeEach
    void write() throws IOException {
        main = file("application.conf", """
            device { id = greenhouse }
            mqtt { topic-prefix = walnutpi, broker = ["tcp://a:1"] }
            sensors { cpu { type = thermal } }
            """);
        Files.createDirectory(directory.resolve("conf.d"));
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private ConfigTable open() throws ConfigException {
        return ConfigFile.openWithParts(main, problems);
    }

    private List<String> told() {
        return problems.list().stream()
                .map(Problem::toString)
                .map(text -> text.replace(directory + "/", ""))
                .toList();
    }

    @Test
    void emptyFolder_orNone_changesNothing() throws Exception {
        assertThat(open().sectionOrEmpty("device").text("id")).isEqualTo("greenhouse");
        Files.delete(directory.resolve("conf.d"));
        assertThat(open().sectionOrEmpty("device").text("id")).isEqualTo("greenhouse");
        assertThat(told()).isEmpty();
    }

    @Test
    void laterFile_winsKeyByKey_inTheOrderOfNames() throws Exception {
        file("conf.d/20-site.conf", "device { id = site }");
        file("conf.d/10-site.conf", "device { id = ten }\nmqtt { user = pi }");
        var root = open();
        assertThat(root.sectionOrEmpty("device").text("id")).isEqualTo("site");
        assertThat(root.sectionOrEmpty("mqtt").text("user")).isEqualTo("pi");
        assertThat(root.sectionOrEmpty("mqtt").text("topic-prefix")).isEqualTo("walnutpi");
    }

    @Test
    void substitutions_andLists_reachAcrossFiles() throws Exception {
        file("conf.d/a.conf", "mqtt { broker += \"tcp://b:1\", reading-topic = ${mqtt.topic-prefix}\"/x\" }");
        var mqtt = open().sectionOrEmpty("mqtt");
        assertThat(mqtt.texts("broker")).containsExactly("tcp://a:1", "tcp://b:1");
        assertThat(mqtt.text("reading-topic")).isEqualTo("walnutpi/x");
    }

    @Test
    void entries_ofSeveralFiles_areAllThere() throws Exception {
        file("conf.d/room.conf", "sensors { room { type = bme280 } }");
        file("conf.d/tank.conf", "sensors.tank { type = ds18b20 }");
        assertThat(open().sectionOrEmpty("sensors").sections()).containsOnlyKeys("cpu", "room", "tank");
    }

    @Test
    void entryOfTwoFiles_isAProblem_thatNamesBothPlaces() throws Exception {
        file("conf.d/a.conf", "\n\nsensors { cpu { every = 1 s } }\noutputs { lamp { pin = 11 } }");
        file("conf.d/b.conf", "outputs { lamp { pin = 13 } }");
        open();
        assertThat(told())
                .hasSize(2)
                .anySatisfy(text -> assertThat(text)
                        .startsWith("conf.d/a.conf:3: sensors.cpu: is defined in application.conf:3 already"))
                .anySatisfy(text -> assertThat(text)
                        .startsWith("conf.d/b.conf:1: outputs.lamp: is defined in conf.d/a.conf:4 already"));
    }

    @Test
    void nullInALaterFile_takesAnEntryAway() throws Exception {
        file("conf.d/a.conf", "sensors { cpu = null }");
        assertThat(open().sectionOrEmpty("sensors").sections()).isEmpty();
        file("conf.d/b.conf", "sensors { cpu { type = disk } }");
        assertThat(open().sectionOrEmpty("sensors").sectionOrEmpty("cpu").text("type"))
                .isEqualTo("disk");
        assertThat(told()).isEmpty();
    }

    @Test
    void leftovers_andOtherNames_areNotRead() throws Exception {
        for (var name : List.of(
                "a.conf~",
                ".a.conf",
                ".#a.conf",
                "#a.conf#",
                "a.conf.dpkg-dist",
                "a.conf.dpkg-old",
                "a.conf.bak",
                ".a.conf.swp",
                "README")) {
            file("conf.d/" + name, "} not HOCON");
        }
        file("conf.d/a.conf", "device { id = a }");
        assertThat(open().sectionOrEmpty("device").text("id")).isEqualTo("a");
        assertThat(ConfigFile.files(main)).containsExactly(main, directory.resolve("conf.d/a.conf"));
    }

    @Test
    void mistake_isToldWithItsOwnFileAndLine() throws Exception {
        file("conf.d/a.conf", "device {}\nmqtt {\n  keep-alive = 30\n  nonsense = 1\n}");
        var mqtt = open().sectionOrEmpty("mqtt");
        MqttConfig.from(mqtt, new DeviceConfig("a", "", Path.of("/sys"), Path.of("/proc"), Path.of("/dev")));
        assertThat(told())
                .anySatisfy(text -> assertThat(text).startsWith("conf.d/a.conf:3: mqtt.keep-alive: 30 has no unit"))
                .anySatisfy(text -> assertThat(text).startsWith("conf.d/a.conf:4: mqtt.nonsense: unknown key"));
    }

    @Test
    void mistakeOfATable_thatTwoFilesMake_isAtTheFirst() throws Exception {
        file("conf.d/a.conf", "mqtt { user = pi }");
        open().sectionOrEmpty("mqtt").problem("is wrong as a whole");
        assertThat(told()).containsExactly("application.conf:2: mqtt: is wrong as a whole");
    }

    @Test
    void everyBrokenFile_isTold() throws Exception {
        file("conf.d/a.conf", "device {\n}}");
        file("conf.d/b.conf", "include \"nowhere.conf\"");
        Files.createSymbolicLink(directory.resolve("conf.d/c.conf"), Path.of("nowhere"));
        assertThatThrownBy(this::open).isInstanceOf(ConfigException.class);
        assertThat(told())
                .hasSize(3)
                .anySatisfy(text -> assertThat(text).startsWith("conf.d/a.conf:2: "))
                .anySatisfy(text -> assertThat(text).contains("nowhere.conf"))
                .contains("conf.d/c.conf: no such file");
    }

    @Test
    void folderThatIsNone_isAProblem() throws Exception {
        Files.delete(directory.resolve("conf.d"));
        file("conf.d", "");
        assertThatThrownBy(this::open).isInstanceOf(ConfigException.class);
        assertThat(told()).containsExactly("conf.d: is no directory that this user can read");
    }

    @Test
    void otherPlace_isNamedByItsFile() throws Exception {
        file("conf.d/a.conf", "device {\n id = a }");
        assertThat(open().sectionOrEmpty("device").where("id")).isEqualTo("conf.d/a.conf:2");
        assertThat(open().sectionOrEmpty("mqtt").where("broker")).isEqualTo("application.conf:2");
    }

    @Test
    void recording_hasTheSensorsOfAllFiles() throws Exception {
        file("conf.d/a.conf", "sensors { room { type = bme280 } }");
        assertThat(SensorsJson.write(main, type -> true)).contains("\"cpu\"", "\"room\"");
    }
}
