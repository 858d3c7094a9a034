package io.walnutedge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walnutedge.testkit.Mosquitto;
import io.walnutedge.testkit.Program;
import io.walnutedge.testkit.Subscriber;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The access list of {@code check --acl}, in a real mosquitto. */
class AclIT {
    private static final Duration LIMIT = Duration.ofSeconds(40);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    /** Who does not log in may do everything; the board logs in, and nobody asks for its password here. */
    @Test
    void board_mayDoWhatItNeeds_andNoMore() throws Exception {
        var level = Files.writeString(directory.resolve("level"), "7");
        var list = directory.resolve("acl");
        Files.writeString(list, "");
        try (var broker = Mosquitto.prepare(directory, "allow_anonymous true", "acl_file " + list)) {
            var config = Files.writeString(directory.resolve("a.conf"), """
                device.id = t
                outbox.enabled = false
                mqtt { broker = "%s", user = board, homie = on }
                sensors { level { type = file, path = "%s", every = 1 s, decimals = 0, topic = tank } }
                commands { rate = 50 }
                """.formatted(broker.uri(), level));
            Files.writeString(list, "topic readwrite #\n\n" + acl(config));
            broker.start();
            try (var seen = Subscriber.start(broker, "#");
                    var program = Program.start(Map.of(), "run", "-c", config.toString())) {
                await().atMost(LIMIT).until(() -> seen.last("walnutpi/t/status").equals("online"));
                await().atMost(LIMIT).until(() -> seen.messages("tank").contains("7"));
                await().atMost(LIMIT).until(() -> seen.last("homie/5/t/$state").equals("ready"));
                await().atMost(LIMIT)
                        .until(() -> seen.messages("homie/5/t/level/value").contains("7"));
                await().atMost(LIMIT)
                        .until(() -> seen.last("walnutpi/t/$description").startsWith("{"));
                Subscriber.publish(broker, "walnutpi/t/command", "read level");
                await().atMost(LIMIT)
                        .until(() -> seen.last("walnutpi/t/command/result").contains("\"status\":\"ok\""));
                Subscriber.publish(broker, "walnutpi/other/status", "offline", "-u", "board");
                Subscriber.publish(broker, "tank", "8", "-u", "board");
                await().atMost(LIMIT).until(() -> seen.messages("tank").contains("8"));
                assertThat(seen.messages("walnutpi/other/status")).isEmpty();
                assertThat(program.isAlive()).isTrue();
            }
        }
    }

    private static String acl(Path config) {
        try (var check = Program.start(Map.of(), "check", "--acl", "-c", config.toString())) {
            assertThat(check.end(LIMIT)).isZero();
            return String.join("\n", check.output()) + "\n";
        }
    }
}
