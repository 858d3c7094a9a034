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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGHUP from the first moment on, and more of it than anybody needs. */
class HangUpIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Path LAUNCHER = Path.of("deploy/walnut-edge").toAbsolutePath();

    @TempDir
    Path directory;

    private Path config(Mosquitto broker) throws IOException {
        return Files.writeString(
                directory.resolve("a.conf"),
                "device.id = t\nmqtt.broker = \"" + broker.uri() + "\"\noutbox.dir = \"" + directory.resolve("outbox")
                        + "\"\n");
    }

    /** The launcher, with the program where it looks for it. */
    private Program launch(Path config) throws IOException {
        var home = Files.createDirectories(directory.resolve("home"));
        if (!Files.exists(home.resolve("walnut-edge.jar"))) {
            Files.createSymbolicLink(home.resolve("walnut-edge.jar"), Program.jar());
            Files.createSymbolicLink(home.resolve("lib"), Program.jar().resolveSibling("lib"));
            var isArm = System.getProperty("os.arch").equals("aarch64");
            Files.createSymbolicLink(
                    Files.createDirectories(home.resolve("native")).resolve(isArm ? "aarch64" : "x86_64"),
                    Program.jar().resolveSibling("native/com/sun/jna/linux-" + (isArm ? "aarch64" : "x86-64")));
        }
        return Program.of(
                List.of("sh", LAUNCHER.toString(), "run", "-c", config.toString()),
                Map.of("WALNUT_EDGE_HOME", home.toString()));
    }

    private static void hangUp(Program program) throws IOException, InterruptedException {
        new ProcessBuilder("/usr/bin/kill", "-HUP", Long.toString(program.pid()))
                .start()
                .waitFor();
    }

    @Test
    void fromTheFirstMomentOn_itNeverEndsTheProcess_andIsHeardInTheEnd() throws Exception {
        try (var broker = Mosquitto.start(directory);
                var seen = Subscriber.start(broker, "walnutpi/t/status");
                var program = launch(config(broker))) {
            // the shell itself takes some milliseconds to get there
            await().pollInterval(Duration.ofMillis(1)).until(() -> isIgnored(program));
            var sent = 0;
            while (!seen.last("walnutpi/t/status").equals("online")) {
                hangUp(program);
                sent++;
                assertThat(program.isAlive())
                        .as("after %s signals: %s", sent, program.text())
                        .isTrue();
            }
            hangUp(program);
            program.awaitLine("configuration loaded again");
            program.terminate();
            assertThat(program.end(LIMIT)).isEqualTo(143);
        }
    }

    private static boolean isIgnored(Program program) throws IOException {
        return Files.readString(Path.of("/proc/" + program.pid() + "/status"))
                .matches("(?s).*SigIgn:\\s*[0-9a-f]*[13579bdf]\\n.*");
    }

    @Test
    void aThousandInFiveSeconds_areAFewReloads_andAFewLines() throws Exception {
        var reloads = new ArrayList<String>();
        try (var broker = Mosquitto.start(directory);
                var seen = Subscriber.start(broker, "walnutpi/t/status/config");
                var program = launch(config(broker))) {
            program.awaitLine("connected to");
            await().until(() -> !seen.last("walnutpi/t/status/config").isEmpty());
            var before = seen.messages("walnutpi/t/status/config").size();
            var sender = new ProcessBuilder(
                            "bash",
                            "-c",
                            "for i in {1..1000}; do kill -HUP " + program.pid()
                                    + "; [ $((i % 10)) = 0 ] && sleep 0.05; done")
                    .start();
            assertThat(sender.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            Files.writeString(
                    directory.resolve("a.conf"),
                    "sensors.x { type = text, text = last }\n",
                    java.nio.file.StandardOpenOption.APPEND);
            hangUp(program);
            await().atMost(LIMIT)
                    .until(() -> seen.last("walnutpi/t/status/config").contains("\"added\":[\"x\"]"));
            reloads.addAll(seen.messages("walnutpi/t/status/config"));
            assertThat(reloads.size() - before).isBetween(2, 7);
            assertThat(program.output().stream().filter(line -> line.contains("loaded again")))
                    .hasSizeLessThan(5);
            program.terminate();
            assertThat(program.end(LIMIT)).isEqualTo(143);
        }
    }
}
