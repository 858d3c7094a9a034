package io.walnutedge.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.walnutedge.testkit.Mosquitto;
import io.walnutedge.testkit.Program;
import io.walnutedge.testkit.Subscriber;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** What the daemon tells of itself, with a real broker, and without it. */
class HealthIT {
    private static final String HEALTH = "walnutpi/t/status/health";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @RegisterExtension
    private final Rig rig = new Rig("walnutpi/#");

    private String sensors() throws Exception {
        var value = Files.writeString(rig.directory().resolve("value"), "7");
        return "sensors { level { type = file, path = \"" + value + "\", every = 50 ms },"
                + " gone { type = file, path = \"" + rig.directory().resolve("gone") + "\" } }\n";
    }

    @Test
    void health_isThereAfterTheConnect_onSchedule_retained_andInTheAnswerToStatus() throws Exception {
        rig.start("mqtt.health-every = 1 s\n" + sensors());
        await().until(() -> {
            rig.housekeeping();
            return rig.seen().messages(HEALTH).size() >= 3
                    && rig.seen().last(HEALTH).contains("\"offline\":[\"gone\"]")
                    && rig.seen().last(HEALTH).contains("\"online\":1");
        });
        assertThat(rig.seen().last(HEALTH))
                .contains("\"connected\":true", "\"connections\":1,\"reconnects\":0", "\"file\":{\"missed\":")
                .contains("\"synchronized\":true", "\"resident\":");
        try (var later = Subscriber.start(rig.broker(), HEALTH)) {
            await().until(() -> later.lines().stream().anyMatch(line -> line.startsWith("1 " + HEALTH + " {")));
        }
        assertThat(rig.seen().messages("walnutpi/t/status/alert/clock")).containsOnly("");
        rig.send("walnutpi/t/command", "status");
        await().until(() -> rig.seen().last("walnutpi/t/command/result").contains("\"health\":{\"time\":"));
        rig.send("walnutpi/t/command", "read");
        await().until(() -> rig.seen().last("walnutpi/t/command/result").equals("{\"status\":\"ok\",\"sensors\":2}"));
        rig.send("walnutpi/t/command", "restart");
        await().until(() -> rig.seen().last("walnutpi/t/command/result").contains("unavailable"));
    }

    /** Contract: at most 20 lines an hour. Here an hour's samples of one each ten seconds pass without a single line. */
    @Test
    void log_isSilent_whereNothingHappens() throws Exception {
        var value = Files.writeString(rig.directory().resolve("value"), "7");
        var lines = new ListAppender<ILoggingEvent>();
        var root = (Logger) LoggerFactory.getLogger("io.walnutedge");
        rig.start("mqtt.health-every = 1 s\nsensors { level { type = file, path = \"" + value
                + "\", every = 20 ms } }\n");
        await().until(() -> rig.seen().messages("walnutpi/t/level/value").size() > 10);
        root.setLevel(Level.INFO);
        lines.start();
        root.addAppender(lines);
        await().atMost(LIMIT).until(() -> {
            rig.housekeeping();
            return rig.seen().messages("walnutpi/t/level/value").size() > 370;
        });
        root.detachAppender(lines);
        assertThat(lines.list).extracting(ILoggingEvent::getFormattedMessage).isEmpty();
    }

    @Test
    void restart_isAnswered_stopsInOrder_andEndsWith75() throws Exception {
        var config = config(rig.broker());
        rig.send("walnutpi/t/command", "restart", "-r");
        try (var program = Program.start(Map.of(), "run", "-c", config.toString())) {
            await().atMost(LIMIT)
                    .until(() -> rig.seen().last("walnutpi/t/command/result").contains("\"code\":\"retained\""));
            assertThat(program.isAlive()).isTrue();
            rig.send("walnutpi/t/command", "restart");
            assertThat(program.end(LIMIT)).as(program.text()).isEqualTo(75);
        }
        await().until(() -> rig.seen().last("walnutpi/t/status").equals("offline"));
        assertThat(rig.seen().messages("walnutpi/t/command/result"))
                .endsWith("{\"status\":\"ok\",\"restart\":\"begun\"}");
    }

    private Path config(Mosquitto broker) throws Exception {
        return Files.writeString(
                rig.directory().resolve("a.conf"),
                "device.id = t\nmqtt.broker = \"" + broker.uri() + "\"\noutbox.dir = \""
                        + rig.directory().resolve("state/outbox") + "\"\n" + sensors());
    }

    @Test
    void status_isAnswered_whileTheBrokerIsAway_andSaysWhatIsWrong() throws Exception {
        var config = config(Mosquitto.prepare(rig.directory(), "allow_anonymous true"));
        try (var program = Program.start(Map.of(), "run", "-c", config.toString())) {
            program.awaitLine("gone: offline");
            try (var status = Program.start(Map.of(), "status", "-c", config.toString())) {
                assertThat(status.end(LIMIT)).as(status.text()).isEqualTo(3);
                assertThat(status.text())
                        .contains("t, walnut-edge ", "not connected to tcp://127.0.0.1:", "wait, the oldest for ")
                        .containsPattern("level +value +7.000 +- +\\d+ s +online")
                        .containsPattern("gone +- +- +- +- +offline: ");
            }
            try (var json = Program.start(Map.of(), "status", "--json", "-c", config.toString())) {
                assertThat(json.end(LIMIT)).isEqualTo(3);
                assertThat(json.output())
                        .singleElement()
                        .asString()
                        .startsWith("{\"device\":\"t\",\"health\":{\"time\":");
            }
            program.terminate();
            assertThat(program.end(LIMIT)).isEqualTo(143);
        }
        try (var status = Program.start(Map.of(), "status", "-c", config.toString())) {
            assertThat(status.end(LIMIT)).isEqualTo(1);
            assertThat(status.text()).contains("no daemon answers on ", "systemctl status walnut-edge");
        }
    }

    @Test
    void watch_printsLines_withoutATerminal() throws Exception {
        var config = config(rig.broker());
        try (var program = Program.start(Map.of(), "run", "-c", config.toString());
                var watch = Program.start(Map.of(), "watch", "-c", config.toString())) {
            watch.awaitLine("reading  level/value 7.000");
            watch.awaitLine("state    walnutpi/t/gone/status offline");
            assertThat(program.isAlive()).isTrue();
            watch.terminate();
            assertThat(watch.end(LIMIT)).isEqualTo(143);
        }
    }
}
