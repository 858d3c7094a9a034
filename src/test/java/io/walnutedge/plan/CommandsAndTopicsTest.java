package io.walnutedge.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.walnutedge.config.CommandWord;
import io.walnutedge.config.Topics;
import io.walnutedge.hocon.ConfigException;
import io.walnutedge.hocon.Problem;
import io.walnutedge.reading.IntervalBounds;
import io.walnutedge.sensor.Drivers;
import io.walnutedge.text.TimeText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be commanded, by which topic, and which topics a controller may not have. */
class CommandsAndTopicsTest {
    private static final String BOARD = """
        device.id = d
        mqtt { topic-prefix = w, homie = true, discovery = device, description = true }
        sensors { room { type = file, path = /run/x }, t { type = file, path = /run/y, topic = Temperature } }
        inputs { key { pin = 1, long-press = 1 s }, water { pin = 2, type = counter } }
        """;

    @TempDir
    Path directory;

    private Plan read(String hocon) throws IOException, ConfigException {
        return new PlanReader(Drivers.installed(), (device, pin) -> pin)
                .read(Files.writeString(directory.resolve("application.conf"), hocon));
    }

    private List<String> problems(String hocon) {
        var refused = catchThrowableOfType(ConfigException.class, () -> read(hocon));
        return refused == null
                ? List.of()
                : refused.problems().stream().map(Problem::toString).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "'reed', \"'reed' is no word of commands; accepted: set, read, interval, status, reload, restart; did you mean"
                + " 'read'?\"",
        "'Read', did you mean 'read'?",
        "'', '' is no word of commands",
        "'set read', is no word of commands",
    })
    void unknownWord_isAMistakeWithItsLineAndTheNearestWord(String word, String problem) {
        assertThat(problems("device.id = d\ncommands {\n  allow = [status, \"" + word + "\"]\n}"))
                .singleElement()
                .asString()
                .contains("application.conf:3: commands.allow: ")
                .contains(problem.replace("\"", ""));
    }

    @Test
    void everyWordThatACommandBeginsWith_isNoNameOfAnOutput() {
        for (var word : CommandWord.written()) {
            assertThat(problems("device.id = d\noutputs { " + word + " { pin = 11 } }")
                            .get(0))
                    .contains("'" + word + "' is a word of commands");
        }
    }

    /** Every topic that the board publishes or takes anything from. */
    @Test
    void adminTopic_isNoTopicOfAnythingElse_andIsConcrete() throws Exception {
        var board = BOARD
                + "outputs { a { pin = 5, controller { topic = \"ctl/+\" } }, b { type = pca9685, channel = 1 } }\n";
        var plan = read(board);
        var topics = plan.topics().all().stream()
                .map(Topic::name)
                .filter(topic -> !topic.startsWith("ctl/") && !topic.matches(".*[+#].*"))
                .toList();
        assertThat(topics).hasSizeGreaterThan(35);
        for (var topic : topics) {
            assertThat(problems(board + "commands { admin-topic = \"" + topic + "\" }"))
                    .as(topic)
                    .hasSizeBetween(1, 1)
                    .allMatch(problem -> problem.contains("topic '" + topic + "' is used by"));
        }
        assertThat(problems(board + "commands { admin-topic = \"homie/5/d/x\" }"))
                .singleElement()
                .asString()
                .contains("belongs to mqtt.homie");
        assertThat(problems(board + "commands { admin-topic = \"a/#\" }"))
                .singleElement()
                .asString()
                .contains("commands.admin-topic", "wildcards");
        assertThat(read(board + "commands { admin-topic = admin/d }").commands().adminTopic())
                .contains("admin/d");
    }

    /** Each topic that the board publishes, itself and by patterns that match it. */
    @Test
    void controllerOnWhatTheBoardPublishesItself_isAMistakeWithItsLine() throws Exception {
        var plan = read(BOARD + "outputs { a { pin = 5 }, b { type = pca9685, channel = 1 } }");
        var own = plan.topics().names(Topic.Direction.PUBLISH).stream()
                .filter(topic -> !topic.matches(".*[+#].*"))
                .toList();
        for (var topic : own) {
            var levels = topic.split("/", -1);
            for (var filter : List.of(
                    topic,
                    topic + "/#",
                    "#",
                    topic.replaceFirst("[^/]+$", "+"),
                    topic.replaceFirst("[^/]+$", "#"),
                    "+/".repeat(levels.length - 1) + "+",
                    levels[0] + "/#")) {
                assertThat(controller(filter))
                        .as("%s by %s", topic, filter)
                        .singleElement()
                        .asString()
                        .contains("application.conf:6: outputs.a.controller.topic: '" + filter + "' matches '")
                        .contains("which this board publishes");
            }
        }
        assertThat(own).hasSizeGreaterThan(30);
    }

    @ParameterizedTest
    @ValueSource(strings = {"homie/5/d/a/state", "homie/+/d/#", "homie/#", "homeassistant/#", "+/device/+/config"})
    void controllerOnHomieOrDiscoveryOfItsOwn_isAMistake(String filter) {
        assertThat(controller(filter)).singleElement().asString().contains("which this board publishes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "home/alive",
                "w/e/status",
                "w/d/command",
                "w/d/a/set",
                "w/+/a/set",
                "$SYS/broker/uptime",
                "$SYS/#",
                "homeassistant/status",
                "homie/5/e/$state",
                "w/d",
                "w/d/room/value/x",
                "temperature"
            })
    void controllerOnWhatOthersPublish_isNone(String filter) {
        assertThat(controller(filter)).isEmpty();
    }

    private List<String> controller(String filter) {
        return problems(BOARD + "outputs { a { pin = 5\n controller {topic = \"" + filter
                + "\"} }, b { type = pca9685, channel = 1 } }");
    }

    @Test
    void controllerOnATopicOfALaterPart_isFoundToo() {
        assertThat(problems(
                        "device.id = d\nmqtt.topic-prefix = w\noutputs { a { pin = 5, controller { topic = \"x/y\" } },"
                                + " b { pin = 6, topic = \"x/y\" } }"))
                .singleElement()
                .asString()
                .contains("outputs.a.controller.topic");
    }

    @ParameterizedTest
    @CsvSource({
        "a, a, true", "a, b, false", "a/b, a/+, true", "a/+, +/b, true", "a/+/c, a/b/+, true", "a/+/c, b/#, false",
        "a/#, a, true", "a, a/#, true", "#, $SYS/x, false", "+/x, $SYS/x, false", "$SYS/#, $SYS/x, true", "#, #, true",
        "a/b, a, false", "a, a/b, false", "a/, a, false", "a/, a/+, true", "+, a/b, false", "a//b, a/+/b, true",
        "+/+, /x, true", "#, /, true"
    })
    void overlap_isThatOfSection47(String one, String other, boolean expected) {
        assertThat(Topics.overlap(one, other)).isEqualTo(expected);
        assertThat(Topics.overlap(other, one)).isEqualTo(expected);
    }

    @Test
    void reload_takesAllowAndAdminTopic_withoutARestart() throws Exception {
        var change =
                PlanChange.between(read(BOARD), read(BOARD + "commands { allow = [status], admin-topic = admin/d }"));
        assertThat(change.restart()).isEmpty();
        assertThat(change.plan().commands().allow()).containsExactly(CommandWord.STATUS);
        assertThat(change.plan().commands().adminTopic()).contains("admin/d");
    }

    static Stream<String> drivers() {
        return Drivers.installed().names().stream();
    }

    /** Every driver: what it needs for a value is the least of the configuration and of commands. */
    @ParameterizedTest
    @MethodSource("drivers")
    void leastInterval_isThatOfTheDriver_inTheConfigurationAndInCommands(String driver) throws Exception {
        var sensor = read(sensor(driver, "")).sensors().stream()
                .filter(each -> each.id().value().equals("x"))
                .findFirst()
                .orElseThrow();
        var shortest = sensor.plan().shortest();
        var commanded = sensor.bounds().commanded(sensor.every());
        assertThat(shortest).isBetween(IntervalBounds.OUTERMOST.shortest(), Duration.ofSeconds(60));
        assertThat(sensor.every()).as("the default").isGreaterThanOrEqualTo(shortest);
        assertThat(commanded.shortest()).isGreaterThanOrEqualTo(shortest).isGreaterThanOrEqualTo(min(sensor.every()));
        assertThat(problems(sensor(driver, "every = " + micros(shortest.minusNanos(1000)))))
                .isNotEmpty()
                .allMatch(problem -> problem.contains("sensors.x"))
                .anyMatch(problem -> problem.contains("every: "))
                .anyMatch(problem -> problem.contains("out of range; accepted: " + TimeText.of(shortest) + " to 1 d")
                        || problem.contains("must be"));
    }

    private static Duration min(Duration every) {
        return every.compareTo(Duration.ofSeconds(1)) < 0 ? every : Duration.ofSeconds(1);
    }

    private static String micros(Duration time) {
        return time.toNanos() / 1000 + " us";
    }

    private static String sensor(String driver, String more) throws IOException {
        var keys = "";
        try (var file = CommandsAndTopicsTest.class.getResourceAsStream("/drivers/" + driver + ".conf")) {
            keys = file == null ? "" : new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
        return "device.id = d\nsensors { room { type = ds18b20 }, x { type = " + driver + "\n" + keys + "\n" + more
                + "\n} }";
    }

    @ParameterizedTest
    @CsvSource({
        "type = ds18b20, 750 ms",
        "'type = ds18b20, resolution = 9', 93750 us",
        "type = am2320, 2 s",
        "type = scd30, 2 s",
        "'type = scd30, seconds = 30', 30 s",
        "type = scd4x, 5 s",
        "type = board, 1 s",
        "'type = exec, command = [\"/bin/true\"]', 100 ms",
        "type = bh1750, 180 ms",
        "'type = lm75, driver = own', 100 ms",
        "'type = bme680, derived = [dew-point]', 150 ms"
    })
    void leastInterval_followsTheSettings(String keys, String shortest) throws Exception {
        var plan = read("device.id = d\nsensors { x { " + keys + " } }")
                .sensors()
                .get(0)
                .plan();
        assertThat(TimeText.of(plan.shortest())).isEqualTo(shortest);
    }
}
