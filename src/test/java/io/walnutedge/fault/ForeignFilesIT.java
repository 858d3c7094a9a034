package io.walnutedge.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walnutedge.testkit.Command;
import io.walnutedge.testkit.Javas;
import io.walnutedge.testkit.Mosquitto;
import io.walnutedge.testkit.Program;
import io.walnutedge.testkit.Subscriber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The packaged program among files of other users, with real users: root, and {@code nobody} in the place of the service's.
 * So it takes root, or sudo that asks for no password.
 */
class ForeignFilesIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private Path state;
    /** Of the configuration. */
    private String more = "";

    /** A copy of the program that everybody can read. */
    @BeforeEach
    void install() throws Exception {
        root("chmod", "755", directory.toString());
        var target = Program.jar().getParent();
        Command.output("cp", "-r", Program.jar().toString(), target + "/lib", target + "/native", directory.toString());
        root("chmod", "-R", "a+rX", directory.toString());
        Files.writeString(directory.resolve("level"), "7");
        state = Files.createDirectory(directory.resolve("state-directory"));
        root("chmod", "1777", Files.createDirectory(directory.resolve("tmp")).toString());
    }

    private static List<String> rootPrefix() {
        return "root".equals(System.getProperty("user.name")) ? List.of() : List.of("sudo", "-n");
    }

    private static void root(String... command) throws Exception {
        var all = new ArrayList<>(rootPrefix());
        all.addAll(List.of(command));
        Command.output(all.toArray(String[]::new));
    }

    private Path config(int port) throws IOException {
        return Files.writeString(directory.resolve("walnut-edge.conf"), """
            device.id = foreign
            mqtt { broker = "tcp://127.0.0.1:%d", topic-prefix = walnut, format = json }
            outbox.dir = "%s/outbox"
            sensors.level { type = file, path = "%s/level", unit = cm, every = 100 ms }
            %s
            """.formatted(port, state, directory, more));
    }

    private Program run(boolean asRoot, int port) throws IOException {
        var command = new ArrayList<>(rootPrefix());
        if (!asRoot) {
            command.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"));
        }
        command.add(Javas.current());
        command.addAll(List.of(
                "-Djava.io.tmpdir=" + directory.resolve("tmp"),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                directory.resolve("walnut-edge.jar").toString(),
                "run",
                "-c",
                config(port).toString()));
        return Program.of(command, Map.of());
    }

    private static void awaitThat(Program program, Callable<Boolean> condition) {
        try {
            await().atMost(LIMIT).until(condition);
        } catch (ConditionTimeoutException late) {
            throw new AssertionError(program.text(), late);
        }
    }

    private static int nobodyThere() {
        return Mosquitto.freePort();
    }

    private String listing() throws Exception {
        var all = new ArrayList<>(rootPrefix());
        all.addAll(List.of("find", state + "/", "-printf", "%p %u %m %s %T@\\n"));
        return Command.output(all.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "state", "control", "lock", "outbox", "outbox/mark"})
    void root_whereAnythingIsAnothersOwn_refuses_andChangesNothing(String foreign) throws Exception {
        var outside = Files.writeString(directory.resolve("outside"), "mine");
        Files.createDirectory(state.resolve("outbox"));
        for (var name : List.of("state", "state.new", "outbox/mark", "outbox/lock", "outbox/spare.log")) {
            Files.createSymbolicLink(state.resolve(name), outside);
        }
        if (List.of("control", "lock").contains(foreign)) {
            Files.createFile(state.resolve(foreign));
        }
        root("chown", "-h", "nobody", state.resolve(foreign).toString());
        var before = listing();
        try (var program = run(true, nobodyThere())) {
            assertThat(program.end(LIMIT)).isEqualTo(1);
            assertThat(program.text())
                    .contains(
                            " belongs to nobody, and this process runs as root",
                            "sudo -u nobody walnut-edge run",
                            "sudo systemctl start walnut-edge",
                            "sudo chown -R root: " + state)
                    .doesNotContain("Exception");
        }
        assertThat(listing()).isEqualTo(before);
        assertThat(outside).hasContent("mine");
    }

    /** Which stores nothing, but a lock; the service's directory may be a link. */
    @ParameterizedTest
    @ValueSource(strings = {".", "lock", "link"})
    void root_withoutAStore_leavesNoLockInAnothersDirectory(String foreign) throws Exception {
        var real = state;
        switch (foreign) {
            case "link" -> {
                real = Files.move(state, directory.resolve("card"));
                Files.createSymbolicLink(state, real);
                root("chown", "nobody", real.toString());
            }
            case "lock" -> {
                Files.createFile(state.resolve("lock"));
                root("chown", "nobody", state.resolve("lock").toString());
            }
            default -> root("chown", "nobody", state.toString());
        }
        var before = listing();
        more = "outbox.enabled = false";
        try (var program = run(true, nobodyThere())) {
            assertThat(program.end(LIMIT)).as(program.text()).isEqualTo(1);
            assertThat(program.text())
                    .contains(" belongs to nobody, and this process runs as root", "sudo -u nobody walnut-edge run")
                    .doesNotContain("Exception");
        }
        assertThat(listing()).isEqualTo(before);
        if (!foreign.equals("lock")) {
            assertThat(real.resolve("lock")).doesNotExist();
        }
    }

    /** Root ran in its own directory, which was given to the service's user then: not so the files. */
    @ParameterizedTest
    @ValueSource(strings = {"644", "600"})
    void filesOfRoot_areSentIfTheyCanBeRead_andTheCureIsTold(String mode) throws Exception {
        try (var program = run(true, nobodyThere())) {
            await().atMost(LIMIT).until(() -> Files.exists(state.resolve("outbox/0000000000000001.log")));
            await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
            program.terminate();
            assertThat(program.end(LIMIT)).isEqualTo(143);
        }
        Files.writeString(state.resolve("state"), "");
        root(
                "chmod",
                "-R",
                mode.equals("644") ? "a+rX" : "go=",
                state.resolve("outbox").toString());
        root("chown", "nobody", state.toString(), state.resolve("outbox").toString());
        try (var broker = Mosquitto.start(directory);
                var seen = Subscriber.start(broker, "walnut/foreign/#");
                var program = run(false, broker.port())) {
            awaitThat(
                    program,
                    () -> seen.messages("walnut/foreign/status/alert").stream()
                            .anyMatch(alert -> alert.contains("belongs to root, not to nobody: sudo chown -R nobody: "
                                    + state.resolve("outbox"))));
            if (mode.equals("600")) {
                root("chown", "-R", "nobody:", state.resolve("outbox").toString());
            }
            // the first reading of this run and of root's
            awaitThat(
                    program,
                    () -> seen.lines().stream()
                                    .filter(line -> line.contains("\"seq\":1,"))
                                    .count()
                            == 2);
            await().pollDelay(Duration.ofSeconds(12)).atMost(LIMIT).until(() -> true);
            assertThat(program.output().stream().filter(line -> line.contains("WARN")))
                    .as(program.text())
                    .hasSizeLessThan(4);
            program.terminate();
            assertThat(program.end(LIMIT)).isEqualTo(143);
            assertThat(program.text()).doesNotContain("lost with the end", "Exception");
        }
    }

    @Test
    void restoredStateOfRoot_isKept_andTheCureIsTold() throws Exception {
        root("chown", "nobody", state.toString());
        Files.writeString(state.resolve("state"), "# of the backup");
        root("chmod", "600", state.resolve("state").toString());
        try (var program = run(false, nobodyThere())) {
            program.awaitLine("last states and totals begin anew: permission denied for " + state.resolve("state"));
            assertThat(program.text())
                    .contains(
                            "belongs to root, not to nobody: sudo chown nobody: " + state.resolve("state"),
                            "it is kept as " + state.resolve("state.unreadable"));
            assertThat(state.resolve("state.unreadable")).hasContent("# of the backup");
        }
    }
}
