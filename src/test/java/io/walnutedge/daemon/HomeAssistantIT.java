package io.walnutedge.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walnutedge.cli.CleanupCommand;
import io.walnutedge.testkit.Subscriber;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What Home Assistant is told, with a real broker: at the start, when it starts anew, and of what left. */
class HomeAssistantIT {
    private static final String DEVICE = "mqtt.discovery = device\n";
    private static final String COMPONENT = "mqtt.discovery = component\n";
    private static final String OUTPUTS = "outputs { lamp { pin = 11 }, pump { pin = 13 } }\n";
    private static final String LAMP = "outputs { lamp { pin = 11 } }\n";

    @TempDir
    Path directory;

    private Rig rig;
    private Subscriber seen;

    @BeforeEach
    void startBroker() throws Exception {
        rig = new Rig(directory);
        seen = Subscriber.start(rig.broker(), "homeassistant/#");
    }

    @AfterEach
    void stopAll() throws Exception {
        seen.close();
        rig.close();
    }

    /** What was told and not taken back, topics and payloads. */
    private List<String> kept() {
        var kept = new TreeMap<String, String>();
        for (var line : seen.lines()) {
            var parts = line.split(" ", 3);
            if (parts.length == 3 && parts[1].endsWith("/config")) {
                kept.put(parts[1], parts[2]);
            }
        }
        kept.values().removeIf(String::isEmpty);
        return kept.entrySet().stream().map(Object::toString).toList();
    }

    private void awaitKept(String part, boolean there) {
        await().until(() -> kept().stream().anyMatch(line -> line.contains(part)) == there);
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
        assertThat(seen.messages(topic)).hasSize(1);
        Subscriber.publish(rig.broker(), "homeassistant/status", "online");
        await().until(() -> seen.messages(topic).size() == 2);
        assertThat(seen.messages(topic).get(1))
                .isEqualTo(seen.messages(topic).get(0))
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
        rig.start(DEVICE + LAMP);
        awaitKept("homeassistant/switch/", false);
        awaitKept("\"lamp_switch\"", true);
        rig.stop();
        rig.start(LAMP);
        await().until(() -> kept().isEmpty());
        try (var later = Subscriber.start(rig.broker(), "homeassistant/#")) {
            assertThat(later.lines()).noneMatch(line -> line.startsWith("1 "));
        }
    }

    private String cleanup(String... options) {
        var said = new StringWriter();
        var line = new CommandLine(new CleanupCommand()).setOut(new PrintWriter(said));
        var arguments = new ArrayList<>(
                List.of("-c", directory.resolve("application.conf").toString()));
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
        old.forEach(topic -> Subscriber.publish(rig.broker(), topic, "x", "-r"));
        others.forEach(topic -> Subscriber.publish(rig.broker(), topic, "x", "-r"));

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
