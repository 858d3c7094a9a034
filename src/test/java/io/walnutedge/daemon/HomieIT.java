package io.walnutedge.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walnutedge.discovery.homie.Homie5;
import io.walnutedge.testkit.Program;
import io.walnutedge.testkit.Subscriber;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The device as Homie sees it, with a real broker, judged by the convention. */
class HomieIT {
    private static final String BASE = "homie/5/t/";
    private static final String STATE = BASE + "$state";
    private static final String DESCRIPTION = BASE + "$description";
    private static final String RESULT = "walnutpi/t/command/result";
    private static final String MQTT = "mqtt { homie = on, client-id = board }\n";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @RegisterExtension
    private final Rig rig = new Rig("#");

    private void start(String config) throws Exception {
        rig.start(MQTT + config);
        await().until(() -> rig.seen().last(STATE).equals("ready"));
    }

    /** What a controller finds that comes now. */
    private Map<String, String> kept() {
        try (var late = Subscriber.start(rig.broker(), "homie/#")) {
            var kept = new HashMap<String, String>();
            late.lines().stream()
                    .map(line -> line.split(" ", 3))
                    .filter(parts -> parts.length == 3 && parts[0].equals("1"))
                    .forEach(parts -> kept.put(parts[1], parts[2]));
            return kept;
        }
    }

    private void assertConforms(String base, Map<String, String> kept) {
        assertThat(Homie5.faults(base, kept)).isEmpty();
    }

    @Test
    void everything_asTheConventionAsks() throws Exception {
        start(rig.sensor("soil_1", "41.26", ", decimals = 1, unit = \"%\"") + rig.sensor("count", "7", ", decimals = 0")
                + """
                sensors.note { type = text, text = "good day", every = 50 ms }
                inputs { key { pin = 11, long-press = 2 s }, water { pin = 13, type = counter, every = 100 ms } }
                outputs { lamp { pin = 15 } }
                """);
        var base = "homie/5/t";
        await().until(() -> Homie5.withoutValue(base, kept()).isEmpty());
        var kept = kept();
        assertConforms(base, kept);
        assertThat(kept)
                .containsEntry(STATE, "ready")
                .containsEntry(BASE + "soil-1/value", "41.3")
                .containsEntry(BASE + "count/value", "7")
                .containsEntry(BASE + "note/text", "good day")
                .containsEntry(BASE + "lamp/state", "false");
        rig.board().drive(rig.pin("11"), true);
        await().until(() -> rig.seen().last(BASE + "key/event").equals("press"));
        assertThat(Homie5.faultsOfEvent(base, kept, BASE + "key/event", "press"))
                .isEmpty();
        assertThat(kept()).doesNotContainKey(BASE + "key/event").containsEntry(BASE + "key/state", "true");
        assertThat(rig.seen().messages(STATE)).containsExactly("init", "ready");
        assertThat(rig.seen().last("walnutpi/t/$description")).contains("\"soil_1\":{\"name\":\"Soil 1\"");
    }

    @Test
    void set_switches_andIsAnswered_butNotARetainedOne() throws Exception {
        start("outputs { lamp { pin = 15, accept-retained = true } }");
        await().until(() -> rig.seen().last(BASE + "lamp/state").equals("false"));
        rig.send(BASE + "lamp/state/set", "true");
        await().until(() ->
                rig.isHigh("15") && rig.seen().last(BASE + "lamp/state").equals("true"));
        await().until(() -> rig.seen().last(RESULT).contains("\"output\":\"lamp\",\"status\":\"ok\""));
        rig.send(BASE + "lamp/state/set", "OFF");
        await().until(() -> rig.seen().last(RESULT).contains("'OFF' is no boolean of Homie"));
        rig.stop();
        rig.send(BASE + "lamp/state/set", "true", "-r");
        start("outputs { lamp { pin = 15, accept-retained = true } }");
        await().until(() -> rig.seen().last(RESULT).contains("\"code\":\"retained\""));
        assertThat(rig.isHigh("15")).isFalse();
        rig.send(BASE + "lamp/state/set", "", "-r");
    }

    @Test
    void sensorThatFails_isAnAlert_untilItIsBack() throws Exception {
        var config = rig.sensor("soil", "41", "");
        start(config);
        await().until(() -> rig.seen().last(BASE + "soil/value").startsWith("41"));
        Files.delete(rig.directory().resolve("soil"));
        await().until(() -> !rig.seen().last(BASE + "$alert/soil").isEmpty());
        assertConforms("homie/5/t", kept());
        Files.writeString(rig.directory().resolve("soil"), "42");
        await().until(() -> rig.seen().last(BASE + "soil/value").startsWith("42"));
        await().until(() -> !kept().containsKey(BASE + "$alert/soil"));
    }

    @Test
    void stop_isDisconnected_andACutConnection_isLost_untilItIsBack() throws Exception {
        start("outputs { lamp { pin = 15 } }");
        // the broker ends the older one of two connections with one id without a goodbye (MQTT 3.1.1, 3.1.4)
        rig.send("nothing", "x", "-i", "board-homie");
        await().until(() -> rig.seen().messages(STATE).contains("lost"));
        await().until(() -> rig.seen().last(STATE).equals("ready"));
        assertThat(rig.seen().messages("walnutpi/t/status"))
                .as("the other connection")
                .containsExactly("online");
        rig.stop();
        await().until(() -> rig.seen().last(STATE).equals("disconnected"));
        assertThat(rig.seen().last("walnutpi/t/status")).isEqualTo("offline");
    }

    @Test
    void reload_initNewDescriptionReady_andWhatLeftIsEmptied() throws Exception {
        var room = rig.sensor("room", "21", "");
        start(room + rig.sensor("shed", "5", "") + "outputs { lamp { pin = 15 }, pump { pin = 13 } }");
        await().until(() ->
                kept().keySet().containsAll(List.of(BASE + "room/value", BASE + "shed/value", BASE + "pump/state")));
        var before = rig.seen().last(DESCRIPTION);
        rig.reload(MQTT + room + "outputs { lamp { pin = 15 }, fan { pin = 16 } }");
        await().until(() -> rig.seen().messages(STATE).equals(List.of("init", "ready", "init", "ready")));
        await().until(() -> Homie5.withoutValue("homie/5/t", kept()).isEmpty());
        assertConforms("homie/5/t", kept());
        assertThat(version(rig.seen().last(DESCRIPTION))).isGreaterThan(version(before));
        var lines = rig.seen().lines().stream()
                .filter(line -> line.contains(" homie/"))
                .toList();
        var second = lines.lastIndexOf("0 " + STATE + " init");
        assertThat(lines.get(second + 1)).startsWith("0 " + DESCRIPTION);
        rig.send(BASE + "fan/state/set", "true");
        await().until(() -> rig.isHigh("16"));
        rig.reload(MQTT + room + "outputs { lamp { pin = 15 }, fan { pin = 16 } }");
        await().until(() -> rig.seen().messages("walnutpi/t/status/config").size() > 2);
        assertThat(rig.seen().messages(STATE)).as("nothing changed").hasSize(4);
    }

    @Test
    void whatLeftWhileItWasStopped_isEmptied_andTheVersionStays_whereNothingDid() throws Exception {
        var room = rig.sensor("room", "21", "");
        start(room + "outputs { pump { pin = 13 } }");
        await().until(() -> rig.seen().last(BASE + "pump/state").equals("false"));
        var before = rig.seen().last(DESCRIPTION);
        rig.stop();
        start(room + "outputs { pump { pin = 13 } }");
        assertThat(rig.seen().last(DESCRIPTION)).isEqualTo(before);
        rig.stop();
        start(room);
        await().until(() -> !kept().containsKey(BASE + "pump/state"));
        assertConforms("homie/5/t", kept());
        rig.stop();
        rig.start(room);
        await().until(() -> kept().isEmpty());
    }

    private static long version(String description) {
        return Long.parseLong(description.replaceFirst(".*\"version\":([0-9]+).*", "$1"));
    }

    @Test
    void killed_isLost() throws Exception {
        var level = Files.writeString(rig.directory().resolve("level"), "7");
        var config = Files.writeString(
                rig.directory().resolve("k.conf"), """
                    device.id = k
                    outbox.enabled = false
                    mqtt { broker = "%s", homie = on }
                    sensors { level { type = file, path = "%s", every = 1 s } }
                    """.formatted(rig.broker().uri(), level));
        try (var program = Program.start(Map.of(), "run", "-c", config.toString())) {
            await().atMost(LIMIT)
                    .until(() -> rig.seen().last("homie/5/k/$state").equals("ready"));
            program.kill();
            await().atMost(LIMIT)
                    .until(() -> rig.seen().last("homie/5/k/$state").equals("lost"));
        }
    }
}
