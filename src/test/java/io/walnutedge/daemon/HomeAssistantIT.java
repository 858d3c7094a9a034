package io.walnutedge.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walnutedge.cli.CleanupCommand;
import io.walnutedge.json.JsonReader;
import io.walnutedge.testkit.Subscriber;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import picocli.CommandLine;

/** What Home Assistant is told, with a real broker: at the start, when it starts anew, and of what left. */
class HomeAssistantIT {
    private static final String DEVICE = "mqtt.discovery = device\n";
    private static final String COMPONENT = "mqtt.discovery = component\n";
    private static final String OUTPUTS = "outputs { lamp { pin = 11 }, pump { pin = 13 } }\n";
    private static final String LAMP = "outputs { lamp { pin = 11 } }\n";

    @RegisterExtension
    private final Rig rig = new Rig("homeassistant/#");

    /** What was told and not taken back, topics and payloads. */
    private List<String> kept() {
        var kept = new TreeMap<String, String>();
        for (var line : rig.seen().lines()) {
            var parts = line.split(" ", 3);
            if (parts.length == 3 && parts[1].endsWith("/config")) {
                kept.put(parts[1], parts[2]);
            }
        }
        kept.values().removeIf(String::isEmpty);
        return kept.entrySet().stream().map(Object::toString).toList();
    }

    private void awaitKept(String part, boolean there) {
        await().until(() -> {
            rig.housekeeping();
            return kept().stream().anyMatch(line -> line.contains(part)) == there;
        });
    }

    private String topic() {
        return kept().stream()
                .map(line -> line.split("=", 2)[0])
                .filter(topic -> topic.startsWith("homeassistant/device/t"))
                .findFirst()
                .orElse("");
    }

    @Test
    void isTold_andAgainWhenItStarts() throws Exception {
        rig.start(DEVICE + LAMP);
        await().until(() -> !topic().isEmpty());
        var topic = topic();
        assertThat(rig.seen().messages(topic)).hasSize(1);
        rig.send("homeassistant/status", "online");
        await().until(() -> rig.seen().messages(topic).size() == 2);
        assertThat(rig.seen().messages(topic).get(1))
                .isEqualTo(rig.seen().messages(topic).get(0))
                .contains("\"lamp_switch\"", "\"command_topic\":\"walnutpi/t/lamp/set\"");
        try (var later = Subscriber.start(rig.broker(), topic)) {
            assertThat(later.lines()).as("the broker keeps it").anyMatch(line -> line.startsWith("1 " + topic));
        }
    }

    @Test
    void whatLeft_isRemoved_byReloadAndByRestart() throws Exception {
        rig.start(COMPONENT + OUTPUTS + "inputs { door { pin = 15 } }");
        awaitKept("/pump_switch/config", true);
        awaitKept("/door_state/config", true);
        rig.reload(COMPONENT + OUTPUTS);
        awaitKept("/door_state/config", false);
        rig.stop();
        rig.start(COMPONENT + LAMP);
        awaitKept("/pump_switch/config", false);
        awaitKept("/lamp_switch/config", true);
        rig.stop();
        var old = oldTopic();
        rig.start(DEVICE + "mqtt.client-id = board-t\n" + LAMP);
        awaitKept("homeassistant/switch/", false);
        awaitKept("\"lamp_switch\"", true);
        assertMigrated(old);
        rig.stop();
        rig.start(LAMP);
        await().until(() -> kept().isEmpty());
        try (var later = Subscriber.start(rig.broker(), "homeassistant/#")) {
            assertThat(later.lines()).noneMatch(line -> line.startsWith("1 "));
        }
    }

    private String oldTopic() {
        return kept().stream()
                .map(line -> line.split("=", 2)[0])
                .filter(topic -> topic.contains("/lamp_switch/"))
                .findFirst()
                .orElseThrow();
    }

    /** Home Assistant was asked to let go of it before the board was told of, and nothing is emptied twice. */
    private void assertMigrated(String old) {
        var order = rig.seen().lines().stream()
                .map(line -> line.split(" ", 3))
                .filter(parts -> parts.length == 3 && (parts[1].equals(old) || parts[1].equals(topic())))
                .map(parts -> parts[1].equals(old) ? parts[2] : "the board")
                .toList();
        assertThat(order.subList(order.size() - 3, order.size()))
                .containsExactly("{\"migrate_discovery\":true}", "the board", "");
        // somebody takes its connection
        rig.send("other", "x", "-i", "board-t");
        await().until(() -> rig.seen().messages(topic()).size() == 2);
        rig.housekeeping();
        rig.send("homeassistant/last", "x");
        await().until(() -> !rig.seen().messages("homeassistant/last").isEmpty());
        assertThat(rig.seen().messages(old)).filteredOn(String::isEmpty).hasSize(1);
    }

    /** Its birth topic does not follow its prefix; what it cannot know comes once more. */
    @Test
    void start_ofHomeAssistant_withAnotherPrefix_isAnsweredWithWhatComesSeldom() throws Exception {
        var tank = Files.writeString(rig.directory().resolve("tank"), "7");
        try (var told = Subscriber.start(rig.broker(), "ha/#");
                var board = Subscriber.start(rig.broker(), "walnutpi/t/+/value")) {
            rig.start(DEVICE + "mqtt.discovery-prefix = ha\nsensors { tank { type = file, path = \"" + tank
                    + "\", every = 1 s, format = json, filters = [ { delta { by = 5 } } ] } }");
            var value = "walnutpi/t/tank/value";
            await().until(() -> {
                rig.housekeeping();
                return board.messages(value).size() == 2;
            });
            assertThat(told.lines())
                    .filteredOn(line -> line.contains("/device/"))
                    .hasSize(1);
            rig.send("homeassistant/status", "online");
            await().until(() -> board.messages(value).size() == 3);
            assertThat(told.lines())
                    .filteredOn(line -> line.contains("/device/"))
                    .hasSize(2);
            assertThat(board.messages(value))
                    .as("it keeps its time and its number")
                    .containsOnly(board.last(value));
        }
    }

    /** What the templates ask for is in what is published, and the buttons press something. */
    @Test
    void figuresAndButtons_areReal() throws Exception {
        try (var board = Subscriber.start(rig.broker(), "walnutpi/#")) {
            rig.start(DEVICE + "mqtt.health-every = 1 s\n" + LAMP);
            await().until(() -> {
                rig.housekeeping();
                return !board.last("walnutpi/t/status/health").isEmpty() && !topic().isEmpty();
            });
            var health = JsonReader.object(board.last("walnutpi/t/status/health"), 4);
            var paths = Pattern.compile("value_json\\.([a-z]+)(?:\\.([a-z]+))?")
                    .matcher(rig.seen().last(topic()))
                    .results()
                    .toList();
            assertThat(paths).hasSize(7).allSatisfy(path -> {
                var value = health.get(path.group(1));
                assertThat(value).as(path.group()).isNotNull();
                if (path.group(2) != null) {
                    assertThat(value)
                            .isInstanceOfSatisfying(
                                    Map.class,
                                    figures -> assertThat(figures.get(path.group(2)))
                                            .as(path.group())
                                            .isNotNull());
                }
            });
            rig.send("walnutpi/t/command", "{\"command\":\"read\"}");
            await().until(() -> board.last("walnutpi/t/command/result").contains("\"status\":\"ok\""));
        }
    }

    private String cleanup(String... options) {
        var said = new StringWriter();
        var line = new CommandLine(new CleanupCommand()).setOut(new PrintWriter(said));
        var arguments = new ArrayList<>(
                List.of("-c", rig.directory().resolve("application.conf").toString()));
        arguments.addAll(List.of(options));
        assertThat(line.execute(arguments.toArray(String[]::new))).isZero();
        return said.toString();
    }

    @Test
    void cleanup_showsAndRemoves_whatNobodyPublishes_ofThisBoard() throws Exception {
        rig.start(DEVICE + LAMP);
        await().until(() -> !topic().isEmpty());
        var uid = topic().split("/", -1)[2];
        var old = List.of(
                "walnutpi/t/shed/status", "walnutpi/t/shed", "homeassistant/switch/" + uid + "/shed_switch/config");
        var others =
                List.of("walnutpi/other/shed", "homeassistant/switch/other/shed_switch/config", "walnutpi/t2/shed");
        old.forEach(topic -> rig.send(topic, "x", "-r"));
        others.forEach(topic -> rig.send(topic, "x", "-r"));

        assertThat(cleanup("--dry-run").lines())
                .containsExactlyInAnyOrder(
                        "would remove " + old.get(0),
                        "would remove " + old.get(1),
                        "would remove " + old.get(2),
                        "3 messages");
        assertThat(cleanup().lines())
                .containsExactlyInAnyOrder(
                        "removed " + old.get(0), "removed " + old.get(1), "removed " + old.get(2), "3 messages");

        try (var later = Subscriber.start(rig.broker(), "#")) {
            await().until(() -> later.lines().stream().anyMatch(line -> line.contains("walnutpi/t2/shed")));
            old.forEach(topic -> assertThat(later.messages(topic)).as(topic).isEmpty());
            others.forEach(topic -> assertThat(later.messages(topic)).as(topic).isNotEmpty());
            assertThat(later.messages("walnutpi/t/lamp")).isNotEmpty();
            assertThat(later.messages("walnutpi/t/status")).containsExactly("online");
            assertThat(later.messages(topic())).isNotEmpty();
        }
        assertThat(cleanup().strip()).isEqualTo("nothing to remove");
    }
}
