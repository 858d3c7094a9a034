package io.walnutedge.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walnutedge.testkit.Javas;
import io.walnutedge.testkit.Mosquitto;
import io.walnutedge.testkit.Program;
import io.walnutedge.testkit.Subscriber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A second process with the configuration of one that runs. */
class SecondRunIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String STATUS = "walnutpi/t/status";
    private static final int NOBODY = 65534;

    @TempDir
    Path directory;

    private Path config(Mosquitto broker, String more) throws IOException {
        Files.createDirectories(directory.resolve("state"));
        return Files.writeString(
                directory.resolve("a.conf"),
                "device.id = t\nmqtt.broker = \"" + broker.uri() + "\"\noutbox.dir = \""
                        + directory.resolve("state/outbox") + "\"\n" + more);
    }

    private static Program run(Path config) {
        return Program.start(Map.of(), "run", "-c", config.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "outbox.enabled = false"})
    void secondByHand_isRefused_andTheFirstDoesNotNotice(String more) throws Exception {
        try (var broker = Mosquitto.start(directory);
                var seen = Subscriber.start(broker, STATUS)) {
            var config = config(broker, more);
            try (var first = run(config)) {
                await().atMost(LIMIT).until(() -> seen.last(STATUS).equals("online"));
                for (var command : List.of(
                        List.of("run", "-c", config.toString()),
                        List.of("run", "--record", directory.resolve("r").toString(), "-c", config.toString()),
                        List.of("simulate", "--own-broker", "--plain", "-c", config.toString()))) {
                    try (var second = Program.start(Map.of(), command.toArray(String[]::new))) {
                        assertThat(second.end(LIMIT)).as(second.text()).isEqualTo(1);
                        assertThat(second.text())
                                .contains(
                                        "uses the state directory " + directory.resolve("state") + ": process "
                                                + first.pid(),
                                        "systemctl stop walnut-edge",
                                        "device.id")
                                .doesNotContain("Exception", "\tat ");
                    }
                }
                assertThat(first.text()).doesNotContain("lost");
                assertThat(seen.messages(STATUS)).containsExactly("online");
                first.kill();
                first.end(LIMIT);
            }
            try (var third = run(config)) {
                await().atMost(LIMIT).until(() -> seen.messages(STATUS).equals(List.of("online", "offline", "online")));
                assertThat(third.isAlive()).isTrue();
            }
        }
    }

    /** Who may not look into the state directory is told all the same. */
    @Test
    void secondOfAnotherUser_isRefused() throws Exception {
        try (var broker = Mosquitto.start(directory);
                var seen = Subscriber.start(broker, STATUS)) {
            var config = config(broker, "");
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.setPosixFilePermissions(directory.resolve("state"), PosixFilePermissions.fromString("rwxr-x---"));
            try (var first = run(config)) {
                await().atMost(LIMIT).until(() -> seen.last(STATUS).equals("online"));
                var command =
                        new ArrayList<>(List.of("setpriv", "--reuid", Integer.toString(NOBODY), "--clear-groups"));
                command.add(Javas.current());
                command.addAll(List.of("-jar", Program.jar().toString(), "run", "-c", config.toString()));
                try (var second = Program.of(command, Map.of())) {
                    assertThat(second.end(LIMIT)).as(second.text()).isEqualTo(1);
                    assertThat(second.text()).contains("process " + first.pid());
                }
            }
        }
    }

    /** Of a service nobody would see the refusal, and each try would be five lines of the journal. */
    @Test
    void secondAsAService_waits_andTakesOver() throws Exception {
        try (var broker = Mosquitto.start(directory);
                var seen = Subscriber.start(broker, STATUS)) {
            var config = config(broker, "");
            try (var first = run(config)) {
                await().atMost(LIMIT).until(() -> seen.last(STATUS).equals("online"));
                try (var service = Program.start(
                        Map.of("NOTIFY_SOCKET", directory.resolve("notify").toString()),
                        "run",
                        "-c",
                        config.toString())) {
                    service.awaitLine("is in use by process " + first.pid() + "; waiting until that has ended");
                    assertThat(seen.messages(STATUS)).containsExactly("online");
                    first.terminate();
                    first.end(LIMIT);
                    await().atMost(LIMIT)
                            .until(() -> seen.messages(STATUS).equals(List.of("online", "offline", "online")));
                    service.terminate();
                    assertThat(service.end(LIMIT)).isEqualTo(143);
                }
            }
        }
    }
}
