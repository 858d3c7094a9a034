package io.walnutedge.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walnutedge.testkit.Mosquitto;
import io.walnutedge.testkit.Program;
import io.walnutedge.testkit.Subscriber;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The configuration is loaded again while the daemon runs, with a real broker. */
class ReloadIT {
    private static final String BASE = "walnutpi/t/";
    private static final String CONFIG = BASE + "status/config";
    private static final String RESULT = BASE + "command/result";

    @RegisterExtension
    private final Rig rig = new Rig("walnutpi/#");

    private String sensor(String id, String value) throws IOException {
        return rig.sensor(id, value, ", format = json");
    }

    /** It is connected before the first reading, which would have to wait otherwise and might come behind the second. */
    private void start(String sensors, String others) throws Exception {
        rig.start(others);
        await().until(() -> rig.seen().messages(BASE + "status").contains("online"));
        rig.reload(sensors + others);
    }

    private int count(String topic) {
        return rig.seen().messages(topic).size();
    }

    private void assertNoGaps(String sensor) {
        var numbers = rig.seen().messages(BASE + sensor + "/value").stream()
                .map(json -> Long.valueOf(json.replaceFirst(".*\"seq\":([0-9]+).*", "$1")))
                .toList();
        assertThat(numbers)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, numbers.size()).boxed().toList());
    }

    @Test
    void whatIsNotChanged_doesNotNotice_andTheRestIsThere() throws Exception {
        var room = sensor("room", "21");
        start(room + sensor("shed", "5"), "outputs { lamp { pin = 11 }, pump { pin = 13 } }");
        await().until(() -> rig.seen().messages(BASE + "status").contains("online")
                && count(BASE + "room/value") > 3
                && count(BASE + "lamp") > 0
                && count(BASE + "pump") > 0);
        rig.send(BASE + "lamp/set", "ON");
        rig.send(BASE + "pump/set", "ON");
        await().until(() -> rig.isHigh("11") && rig.isHigh("13"));
        var connections = count(BASE + "status");

        rig.reload(room + sensor("tank", "7") + "outputs { lamp { pin = 11 }, fan { pin = 15 } }");

        await().until(() ->
                count(BASE + "tank/value") > 3 && rig.seen().last(BASE + "fan").equals("OFF"));
        assertThat(rig.isHigh("11")).as("the lamp was not touched").isTrue();
        assertThat(rig.isHigh("13")).as("the pump is in its state on stop").isFalse();
        var shed = count(BASE + "shed/value");
        rig.send(BASE + "fan/set", "ON");
        await().until(() -> rig.isHigh("15"));
        rig.send(BASE + "command", "pump ON");
        await().until(() -> rig.seen().messages(RESULT).stream().anyMatch(json -> json.contains("unknown-output")));
        assertThat(rig.isHigh("13")).isFalse();
        assertThat(count(BASE + "shed/value")).isEqualTo(shed);
        var before = count(BASE + "room/value");
        await().until(() -> count(BASE + "room/value") > before + 5);
        assertNoGaps("room");
        assertThat(count(BASE + "status")).as("the same connection").isEqualTo(connections);
        await().until(() -> rig.seen().last(CONFIG).contains("\"removed\""));
        assertThat(rig.seen().last(CONFIG))
                .contains("\"status\":\"ok\"", "\"added\":[\"fan\",\"tank\"]", "\"removed\":[\"pump\",\"shed\"]");
        // a client that comes later gets nothing of what left
        try (var later = Subscriber.start(rig.broker(), "walnutpi/#")) {
            await().until(() -> later.lines().stream().anyMatch(line -> line.contains(CONFIG)));
            assertThat(later.lines())
                    .noneMatch(line -> line.startsWith("1 ") && (line.contains("/pump") || line.contains("/shed")));
        }
    }

    @Test
    void badFile_changesNothing_andIsTold() throws Exception {
        var room = sensor("room", "21");
        start(room, "outputs { lamp { pin = 11 } }");
        await().until(() -> rig.seen().messages(BASE + "status").contains("online") && count(BASE + "lamp") > 0);
        rig.send(BASE + "lamp/set", "ON");
        await().until(() -> rig.isHigh("11"));

        rig.reload(room + "outputs { lamp { pin = 99 } }\nsensors { x { type = termal } }");

        await().until(() -> rig.seen().last(CONFIG).contains("error"));
        assertThat(rig.seen().last(CONFIG)).contains("application.conf:", "did you mean 'thermal'", "outputs.lamp.pin");
        var before = count(BASE + "room/value");
        await().until(() -> count(BASE + "room/value") > before + 3);
        assertThat(rig.isHigh("11")).isTrue();
        assertNoGaps("room");
    }

    @Test
    void inputs_leaveAndCome() throws Exception {
        rig.start("inputs { door { pin = 11 }, bell { pin = 13 } }");
        await().until(() -> count(BASE + "door") > 0 && count(BASE + "bell") > 0);

        rig.reload("inputs { door { pin = 11 }, gate { pin = 13 } }");

        await().until(() -> count(BASE + "gate") > 0);
        rig.board().drive(rig.pin("13"), true);
        await().until(() -> rig.seen().last(BASE + "gate").equals("ON"));
        assertThat(rig.seen().last(BASE + "door")).isEqualTo("OFF");
        assertThat(rig.seen().last(BASE + "bell")).as("emptied").isEmpty();
    }

    @Test
    void whatIsAllowed_andTheAdministratorsTopic_changeWithoutARestart() throws Exception {
        var outputs = "mqtt.discovery = device\noutputs { lamp { pin = 11 } }\n";
        rig.start(outputs);
        await().until(() -> rig.seen().messages(BASE + "status").contains("online"));
        rig.send(BASE + "command", "interval lamp 5 s");
        await().until(() -> rig.seen().last(RESULT).contains("unknown-sensor"));

        rig.reload(outputs + "commands { allow = [status], admin-topic = \"admin/t\" }");

        for (var payload : List.of("reload", "lamp ON", "read")) {
            rig.send(BASE + "command", payload);
            await().until(() -> rig.seen().last(RESULT).contains("\"code\":\"not-allowed\""));
            rig.send(BASE + "command", "nonsense");
            await().until(() -> rig.seen().last(RESULT).contains("half a command"));
        }
        rig.send(BASE + "lamp/set", "ON");
        await().until(() ->
                rig.seen().last(RESULT).contains("\"output\":\"lamp\",\"status\":\"error\",\"code\":\"not-allowed\""));
        assertThat(rig.isHigh("11")).isFalse();
        rig.send("admin/t", "lamp ON");
        await().until(() -> rig.isHigh("11"));
        rig.send(BASE + "command", "status");
        await().until(() -> rig.seen().last(RESULT).contains("\"outputs\":{\"lamp\":{\"state\":\"ON\"}}"));
        rig.send("admin/other", "lamp OFF", "-r");

        rig.reload(outputs + "commands { admin-topic = \"admin/other\" }");

        await().until(() -> rig.seen().last(RESULT).contains("\"code\":\"retained\""));
        assertThat(rig.isHigh("11")).isTrue();
        rig.send(BASE + "lamp/set", "OFF");
        await().until(() -> !rig.isHigh("11"));
        rig.send("admin/t", "lamp ON");
        rig.send(BASE + "command", "read");
        await().until(() -> rig.seen().last(RESULT).contains("\"sensors\":0"));
        assertThat(rig.isHigh("11"))
                .as("the old administrator's topic is nobody's")
                .isFalse();
    }

    /** The program: SIGHUP, and the command; then a sensor of another file. */
    @Test
    void hangUp_andCommand_loadTheFile() throws Exception {
        var limit = Duration.ofSeconds(60);
        var dir = Files.createDirectories(rig.directory().resolve("program"));
        var value = Files.writeString(dir.resolve("value"), "1");
        var config = dir.resolve("application.conf");
        var begin = "device.id = p\nmqtt.broker = ${BROKER}\noutbox.enabled = false\n";
        Files.writeString(config, begin);
        try (var broker = Mosquitto.start(dir);
                var told = Subscriber.start(broker, "walnutpi/p/#");
                var program =
                        Program.start(Map.of("BROKER", broker.uri().toString()), "run", "-c", config.toString())) {
            await().atMost(limit)
                    .until(() -> told.messages("walnutpi/p/status/config").size() == 1);
            Files.writeString(
                    config, begin + "sensors { a { type = file, path = \"" + value + "\", every = 100 ms } }");
            new ProcessBuilder("kill", "-HUP", Long.toString(program.pid()))
                    .start()
                    .waitFor();
            await().atMost(limit)
                    .until(() -> told.messages("walnutpi/p/a/value").contains("1.000"));
            Files.writeString(config, begin + "sensors { a { typ = file } }");
            Subscriber.publish(broker, "walnutpi/p/command", "reload");
            await().atMost(limit)
                    .until(() -> told.last("walnutpi/p/status/config").contains("error"));
            assertThat(told.messages("walnutpi/p/command/result"))
                    .isEqualTo(List.of("{\"status\":\"ok\",\"reload\":\"begun\"}"));
            assertThat(program.isAlive()).isTrue();
            program.terminate();
            assertThat(program.end(limit)).isEqualTo(143);
        }
    }
}
