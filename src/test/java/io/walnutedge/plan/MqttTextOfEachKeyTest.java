package io.walnutedge.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.walnutedge.config.Clouds;
import io.walnutedge.config.MqttText;
import io.walnutedge.hocon.ConfigException;
import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problems;
import io.walnutedge.sensor.Drivers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each key whose text stands in a packet, with texts that may be sent and with texts that may not. */
class MqttTextOfEachKeyTest {
    /** The ends of each range that must not or should not be in a text (MQTT 3.1.1, 1.5.3). */
    private static final List<Integer> REFUSED = List.of(
            0x00, 0x01, 0x09, 0x0a, 0x1f, 0x7f, 0x85, 0x9f, 0xd800, 0xdfff, 0xfdd0, 0xfdef, 0xfffe, 0xffff, 0x1fffe,
            0x10ffff);

    /** Their neighbours, punctuation of a Chinese keyboard, and characters of other planes. */
    private static final String TAKEN =
            "a：（）「」，。！？～·—／＃＋＄％ ~\u00a0é℃温\ud7ff\ue000\ufdcf\ufdf0\ufeff\ufffd🌡𠀀\udbff\udffd";

    @TempDir
    private static Path directory;

    /** The text stands where the percent sign is, on the second line. */
    static List<String> keys() throws Exception {
        var secret = Files.writeString(directory.resolve("secret"), "c2VjcmV0");
        var keys = new ArrayList<>(List.of(
                "mqtt.topic-prefix = \n%",
                "mqtt.status-topic = \n%",
                "mqtt.command-topic = \n%",
                "mqtt.result-topic = \n%",
                "mqtt.reading-topic = \n%",
                "mqtt.discovery-prefix = \n%",
                "mqtt.birth-topic = \n%",
                "mqtt.homie-domain = \n%",
                "mqtt.client-id = \n%",
                "mqtt.user = \n%",
                "commands.admin-topic = \n%",
                "sensors.s { type = text, text = x, topic = \n% }",
                "sensors.s { type = board, load1.topic = \n% }",
                "sensors.s { type = text, text = x, template = \"{value}\", topic = \n% }",
                "inputs.i { pin = 1, topic = \n% }",
                "inputs.i { pin = 1, type = counter, rate.topic = \n% }",
                "inputs.i { pin = 1, type = counter, total.topic = \n% }",
                "outputs.o { pin = 1, topic = \n% }",
                "outputs.o { pin = 1, set-topic = \n% }",
                "outputs.o { pin = 1, controller.topic = \n% }"));
        Clouds.keys().forEach((cloud, all) -> all.forEach(key -> keys.add(login(cloud, all, key, secret))));
        return keys;
    }

    /** The text stands under one of the keys that a cloud needs. */
    private static String login(String cloud, List<String> keys, String key, Path secret) {
        return keys.stream()
                .map(each -> each + " = " + (each.equals(key) ? "\n%\n" : "x\n"))
                .sorted(Comparator.comparing(line -> !line.contains("%")))
                .collect(Collectors.joining(
                        "", "mqtt.login { type = " + cloud + ", ", "secret-file = \"" + secret + "\" }"));
    }

    private static Plan read(String key, String text) throws ConfigException {
        var problems = new Problems();
        var hocon = "device.id = a, " + key.replace("%", quoted(text));
        return new PlanReader(Drivers.installed(), (device, pin) -> pin)
                .read(ConfigFile.parse(hocon, problems), problems);
    }

    private static String quoted(String text) {
        return text.chars()
                .mapToObj(unit -> String.format("\\u%04x", unit))
                .collect(Collectors.joining("", "\"", "\""));
    }

    private static ConfigException refused(String key, String text) {
        var refused = catchThrowableOfType(ConfigException.class, () -> read(key, text));
        assertThat(refused).as("%s refuses %s", key, quoted(text)).isNotNull();
        return refused;
    }

    @ParameterizedTest
    @MethodSource("keys")
    void whatCannotBeSent_isAMistakeOfItsLine(String key) {
        for (var c : REFUSED) {
            assertThat(refused(key, "温" + Character.toString(c) + "x").problems())
                    .as("U+%04X", c)
                    .anySatisfy(problem -> {
                        assertThat(problem.where()).endsWith(" 2");
                        assertThat(problem.message()).contains(String.format("U+%04X", c));
                    });
        }
    }

    @ParameterizedTest
    @MethodSource("keys")
    void whatMqttAllows_isTaken(String key) throws ConfigException {
        assertThat(read(key, TAKEN).device().id()).isEqualTo("a");
    }

    @ParameterizedTest
    @MethodSource("keys")
    void whatIsLongerThanAPacketCanSay_isAMistakeOfItsLine(String key) {
        for (var length : List.of(MqttText.MAX_BYTES + 1, 100_000)) {
            assertThat(refused(key, "x".repeat(length)).problems())
                    .anySatisfy(problem -> assertThat(problem.message()).contains("65535 bytes"));
        }
        assertThat(refused(key, "温".repeat(MqttText.MAX_BYTES / 3) + "x").problems())
                .allSatisfy(problem -> assertThat(problem.message()).hasSizeLessThan(300));
    }

    /** Topics, filters and ids that are made of another text: the whole of each must fit. */
    @ParameterizedTest
    @MethodSource("made")
    void whatIsMadeOfAText_mustFitToo(String key) throws ConfigException {
        assertThat(read(key, "x".repeat(65_000)).device().id()).isEqualTo("a");
        assertThat(refused(key, "x".repeat(65_530)).problems())
                .anySatisfy(problem -> assertThat(problem.message()).contains("65535 bytes"));
    }

    static List<String> made() {
        return List.of(
                "mqtt.topic-prefix = \n%",
                "mqtt.status-topic = \n%",
                "mqtt { homie = on, homie-domain = \n% }",
                "mqtt { homie = on, client-id = \n% }",
                "mqtt { discovery = device, discovery-prefix = \n% }",
                "outputs.o { pin = 1, topic = \n% }",
                "inputs.i { pin = 1, events = true, topic = \n% }");
    }
}
