package io.walnutedge.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walnutedge.testkit.Mosquitto;
import io.walnutedge.testkit.Program;
import io.walnutedge.testkit.Subscriber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration is loaded again while the daemon runs, with a real broker. */
class ReloadIT {
    private static final String BASE = "walnutpi/t/";
    private static final String CONFIG = BASE + "status/config";
    private static final String RESULT = BASE + "command/result";

    @TempDir
    Path directory;

    private Rig rig;
    private Subscriber seen;

    @BeforeEach
    void startBroker() throws Exception {
        rig = new Rig(directory);
        seen = Subscriber.start(rig.broker(), "walnutpi/#");
    }

    @AfterEach
    void stopAll() throws Exception {
        seen.close();
        rig.close();
    }

    private String sensor(String id, String value) throws IOException {
        var file = Files.writeString(directory.resolve(id), value);
        return "sensors." + id + " { type = file, path = \"" + file + "\", every = 50 ms, format = json }\n";
    }

    private int count(String topic) {
        return seen.messages(topic).size();
    }

    private void assertNoGaps(String sensor) {
        var numbers = seen.messages(BASE + sensor + "/value").stream()
                .map(json -> Long.valueOf(json.replaceFirst(".*\"seq\":([0-9]+).*", "$1")))
                .toList();
        assertThat(numbers)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, numbers.size()).boxed().toList());
    }

    @Test
    void whatIsNotChanged_doesNotNotice_andTheRestIsThere() throws Exception {
        var room = sensor("room", "21");
        rig.start(room + sensor("shed", "5") + "outputs { lamp { pin = 11 }, pump { pin = 13 } }");
        await().until(() -> seen.messages(BASE + "status").contains("online")
                && count(BASE + "room/value") > 3
                && count(BASE + "lamp") > 0
                && count(BASE + "pump") > 0);
        Subscriber.publish(rig.broker(), BASE + "lamp/set", "ON");
        Subscriber.publish(rig.broker(), BASE + "pump/set", "ON");
        await().until(() -> rig.isHigh("11") && rig.isHigh("13"));
        var connections = count(BASE + "status");

        rig.reload(room + sensor("tank", "7") + "outputs { lamp { pin = 11 }, fan { pin = 15 } }");

        await().until(() ->
                count(BASE + "tank/value") > 3 && seen.last(BASE + "fan").equals("OFF"));
        assertThat(rig.isHigh("11")).as("the lamp was not touched").isTrue();
        assertThat(rig.isHigh("13")).as("the pump is in its state on stop").isFalse();
        var shed = count(BASE + "shed/value");
        Subscriber.publish(rig.broker(), BASE + "fan/set", "ON");
        await().until(() -> rig.isHigh("15"));
        Subscriber.publish(rig.broker(), BASE + "command", "pump ON");
        await().until(() -> seen.messages(RESULT).stream().anyMatch(json -> json.contains("unknown-output")));
        assertThat(rig.isHigh("13")).isFalse();
        assertThat(count(BASE + "shed/value")).isEqualTo(shed);
        var before = count(BASE + "room/value");
        await().until(() -> count(BASE + "room/value") > before + 5);
        assertNoGaps("room");
        assertThat(count(BASE + "status")).as("the same connection").isEqualTo(connections);
        await().until(() -> seen.last(CONFIG).contains("\"removed\""));
        assertThat(seen.last(CONFIG))
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
        rig.start(room + "outputs { lamp { pin = 11 } }");
        await().until(() -> seen.messages(BASE + "status").contains("online") && count(BASE + "lamp") > 0);
        Subscriber.publish(rig.broker(), BASE + "lamp/set", "ON");
        await().until(() -> rig.isHigh("11"));

        rig.reload(room + "outputs { lamp { pin = 99 } }\nsensors { x { type = termal } }");

        await().until(() -> seen.last(CONFIG).contains("error"));
        assertThat(seen.last(CONFIG)).contains("application.conf:", "did you mean 'thermal'", "outputs.lamp.pin");
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
        await().until(() -> seen.last(BASE + "gate").equals("ON"));
        assertThat(seen.last(BASE + "door")).isEqualTo("OFF");
        assertThat(seen.last(BASE + "bell")).as("emptied").isEmpty();
    }

    @Test
    void whatIsAllowed_andTheAdministratorsTopic_changeWithoutARestart() throws Exception {
        var outputs = "mqtt.discovery = device\noutputs { lamp { pin = 11 } }\n";
        rig.start(outputs);
        await().until(() -> seen.messages(BASE + "status").contains("online"));
        Subscriber.publish(rig.broker(), BASE + "command", "interval lamp 5 s");
        await().until(() -> seen.last(RESULT).contains("unknown-sensor"));

        rig.reload(outputs + "commands { allow = [status], admin-topic = \"admin/t\" }");

        for (var payload : List.of("reload", "lamp ON", "read")) {
            Subscriber.publish(rig.broker(), BASE + "command", payload);
            await().until(() -> seen.last(RESULT).contains("\"code\":\"not-allowed\""));
            Subscriber.publish(rig.broker(), BASE + "command", "nonsense");
            await().until(() -> seen.last(RESULT).contains("half a command"));
        }
        Subscriber.publish(rig.broker(), BASE + "lamp/set", "ON");
        await().until(() ->
                seen.last(RESULT).contains("\"output\":\"lamp\",\"status\":\"error\",\"code\":\"not-allowed\""));
        assertThat(rig.isHigh("11")).isFalse();
        Subscriber.publish(rig.broker(), "admin/t", "lamp ON");
        await().until(() -> rig.isHigh("11"));
        Subscriber.publish(rig.broker(), BASE + "command", "status");
        await().until(() -> seen.last(RESULT).contains("\"outputs\":{\"lamp\":{\"state\":\"ON\"}}"));
        Subscriber.publish(rig.broker(), "admin/other", "lamp OFF", "-r");

        rig.reload(outputs + "commands { admin-topic = \"admin/other\" }");

        await().until(() -> seen.last(RESULT).contains("\"code\":\"retained\""));
        assertThat(rig.isHigh("11")).isTrue();
        Subscriber.publish(rig.broker(), BASE + "lamp/set", "OFF");
        await().until(() -> !rig.isHigh("11"));
        Subscriber.publish(rig.broker(), "admin/t", "lamp ON");
        Subscriber.publish(rig.broker(), BASE + "command", "read");
        await().until(() -> seen.last(RESULT).contains("\"sensors\":0"));
        assertThat(rig.isHigh("11"))
                .as("the old administrator's topic is nobody's")
                .isFalse();
    }

    /** The program: SIGHUP, and the command; then a sensor of another file. */
    @Test
    void hangUp_andCommand_loadTheFile() throws Exception {
        var limit = Duration.ofSeconds(60);
        var dir = Files.createDirectories(directory.resolve("program"));
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
