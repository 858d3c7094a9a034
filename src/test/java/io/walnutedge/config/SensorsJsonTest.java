package io.walnutedge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walnutedge.hocon.Problems;
import io.walnutedge.json.JsonException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SensorsJsonTest {
    /** Set wherever Java runs. */
    private static final Map.Entry<String, String> VARIABLE = System.getenv().entrySet().stream()
            .filter(each -> each.getKey().equals("PATH"))
            .findFirst()
            .orElseThrow();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private String written(String config) throws Exception {
        return SensorsJson.write(
                Files.writeString(directory.resolve("application.conf"), config), SensorsJsonTest::isChip);
    }

    @Test
    void write_leavesOutOtherSections_otherTypes_andWherePublished() throws Exception {
        assertThat(written("""
            mqtt { broker = "tcp://10.0.0.1", user = geheim, token = geheim }
            outputs { door { pin = geheim } }
            sensors {
              room { type = bme280, topic = geheim, template = "geheim ${value}", format = json, every = 5 s
                     temperature { topic = geheim, decimals = 1 } }
              script { type = exec, command = [ /usr/bin/x, geheim ] }
              line { type = serial, port = /dev/geheim }
              nothing = geheim
            }
            """.replace("${value}", "")))
                .isEqualTo("{\"sensors\":{\"room\":{\"every\":\"5"
                        + " s\",\"temperature\":{\"decimals\":1},\"type\":\"bme280\"}}}");
    }

    @Test
    void write_keepsNamesOfTheEnvironment_notItsValues() throws Exception {
        Files.createDirectories(directory.resolve("conf.d"));
        Files.writeString(directory.resolve("conf.d/b.conf"), "sensors { b { type = bme280, c = [ ${PATH} ] } }");
        Files.writeString(directory.resolve("inc.conf"), "d = ${PATH}");
        var json = written("""
            usual = 5 s
            sensors {
              a { type = bme280, a = ${PATH}, b = "x"${PATH}"y", c = ${?PATH}, d = ${?NO_SUCH_VARIABLE_1}, every = ${usual}
                  inner { include "inc.conf" } }
            }
            """);
        assertThat(json)
                .doesNotContain(VARIABLE.getValue())
                .contains("\"a\":\"${PATH}\"", "\"b\":\"x${PATH}y\"", "\"c\":\"${PATH}\"", "\"c\":[\"${PATH}\"]")
                .contains("\"every\":\"5 s\"", "\"inner\":{\"d\":\"${PATH}\"}")
                .doesNotContain("\"d\":null");
    }

    @Test
    void write_isEmpty_whereThereIsNoConfiguration() {
        assertThat(SensorsJson.write(directory.resolve("nowhere"), SensorsJsonTest::isChip))
                .isEqualTo("{\"sensors\":{}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "include \"/etc/hostname\"",
                "include url(\"http://127.0.0.1:1/x\")",
                "include classpath(\"x\")",
                "include required(file(\"/etc/hostname\"))",
                "{ include \"/etc/hostname\" }",
                "{\"sensors\":{\"a\":{include file(\"/etc/hostname\")}}}",
                "{\"sensors\":{\"a\":{\"type\":\"bme280\",\"b\":${PATH}}}}",
                "{\"sensors\":{\"a\":{\"type\":\"bme280\",\"b\":${?PATH}}}}",
                "sensors { a { type = bme280 } }",
                "{\"sensors\":{}} # comment",
                "{\"sensors\":{} // comment\n}",
                "{\"sensors\":{}}{}",
                "{\"sensors\":{},\"sensors\":{}}",
                "{\"sensors\":{\"a\":{\"b\":1,\"b\":2}}}",
                "{\"sensors\":{\"a\":{\"b\":\"\\ud800\"}}}",
                "[]",
                "\"sensors\"",
                "null",
                "",
                "{\"sensors\":{",
                "\u0000"
            })
    void read_takesStrictJsonAlone(String text) {
        assertThatThrownBy(() -> SensorsJson.read(text, SensorsJsonTest::isChip))
                .isInstanceOf(JsonException.class);
    }

    @Test
    void read_refusesWhatIsNestedTooDeep() {
        var deep = "{\"sensors\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        assertThatThrownBy(() -> SensorsJson.read(deep, SensorsJsonTest::isChip))
                .hasMessageContaining("nested too deep");
    }

    /** A reference stays a text: neither when it is read nor later does anything look it up. */
    @Test
    void read_givesTextsAsTheyAre() throws Exception {
        var sensors = SensorsJson.read(
                "{\"sensors\":{\"a\":{\"type\":\"bme280\",\"b\":\"${PATH}\"}}}", SensorsJsonTest::isChip);
        var settings =
                sensors.settings(new Problems()).sectionOrEmpty("sensors").sectionOrEmpty("a");
        assertThat(settings.text("b")).isEqualTo("${PATH}");
    }

    @Test
    void read_takesNothingButTheTablesOfKnownSensors() throws Exception {
        var sensors = SensorsJson.read("""
            {"mqtt":{"broker":"tcp://10.0.0.1"},"outputs":{"x":{}},"sensors":{
              "good":{"type":"bme280"},"script":{"type":"exec"},"nothing":null,"text":"x","untyped":{},
              "typed":{"type":{"type":"bme280"}},"a.b":{"type":"bme280"}}}
            """, SensorsJsonTest::isChip);
        assertThat(sensors.names()).containsExactlyInAnyOrder("good", "a.b");
        assertThat(sensors.refused())
                .hasSize(7)
                .contains(
                        "section 'mqtt': a recording has sensors only",
                        "sensor 'script': type 'exec' has no place in a recording",
                        "sensor 'text': is not a table");
        assertThat(sensors.without(sensors.names()).names()).isEmpty();
    }

    /** All of C0, DEL and C1, line separators, and what turns the direction of writing, as key, value and name. */
    @Test
    void read_refusesSensorsWithWhatATerminalObeys() throws Exception {
        for (var c = 0; c <= 0x206f; c++) {
            var isActive = (Character.getType(c) == Character.CONTROL && "\t\n\r".indexOf(c) < 0)
                    || "\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069".indexOf(c)
                            >= 0;
            var escaped = String.format("\\u%04x", c);
            for (var entry : new String[] {
                "\"x\":{\"type\":\"bme280\",\"k\":[{\"v\":\"a%sb\"}]}",
                "\"x\":{\"type\":\"bme280\",\"k%s\":1}",
                "\"x%s\":{\"type\":\"bme280\"}"
            }) {
                var sensors = SensorsJson.read(
                        "{\"sensors\":{" + entry.replace("%s", escaped) + "}}", SensorsJsonTest::isChip);
                assertThat(sensors.names()).as("U+%04X in %s", c, entry).hasSize(isActive ? 0 : 1);
            }
        }
    }

    private static boolean isChip(String type) {
        return type.startsWith("bme");
    }
}
