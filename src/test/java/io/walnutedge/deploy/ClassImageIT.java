package io.walnutedge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.testkit.Command;
import io.walnutedge.testkit.Javas;
import io.walnutedge.testkit.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The image of the loaded classes and what is said at start and stop, with each Java of this machine. */
class ClassImageIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Path SCRIPTS = Command.PROJECT.resolve("deploy");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Path home;

    @SuppressWarnings("NullAway.Init")
    private Path image;

    private record Said(int status, String text) {}

    static Stream<Path> javas() throws IOException {
        return Javas.homes();
    }

    @BeforeEach
    void setUp() throws IOException {
        home = Files.createDirectory(directory.resolve("我的 home"));
        image = home.resolve("classes.jsa");
        Files.copy(Program.jar(), home.resolve("walnut-edge.jar"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.createSymbolicLink(home.resolve("lib"), Program.jar().resolveSibling("lib"));
        Files.createSymbolicLink(home.resolve("classes.list"), SCRIPTS.resolve("classes.list"));
    }

    private Map<String, String> environment(Path java) {
        return Map.of("WALNUT_EDGE_HOME", home.toString(), "WALNUT_EDGE_JAVA", java + "/bin/java");
    }

    private ProcessBuilder script(Path java, String name, String... arguments) {
        var command = new ArrayList<>(List.of("sh", SCRIPTS.resolve(name).toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment(java));
        return builder;
    }

    private static Said end(Process process) throws Exception {
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return new Said(process.exitValue(), text);
    }

    private Said version(Path java, String options) throws Exception {
        var builder = script(java, "walnut-edge", "--version");
        builder.environment().put("WALNUT_EDGE_JAVA_OPTS", options);
        return end(builder.start());
    }

    /** By two at once, which are not to harm each other. */
    private void make(Path java) throws Exception {
        var first = script(java, "make-archive").start();
        var second = script(java, "make-archive").start();
        assertThat(List.of(end(first), end(second))).containsOnly(new Said(0, ""));
        assertThat(files()).containsExactlyInAnyOrder("classes.jsa", "classes.list", "lib", "walnut-edge.jar");
    }

    private List<String> files() throws IOException {
        try (var all = Files.list(home)) {
            return all.map(each -> each.getFileName().toString()).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void image_isMade_andUsed_andNothingIsWarnedOf(Path java) throws Exception {
        var without = version(java, "");
        assertThat(without.text()).startsWith("walnut-edge ").hasLineCount(1);
        make(java);

        assertThat(version(java, Javas.isTrained(java) ? "-XX:AOTMode=on" : "-Xshare:on"))
                .isEqualTo(without);
        var config = Files.writeString(directory.resolve("a.conf"), """
            device.id = t
            mqtt.broker = "tcp://127.0.0.1:1"
            sensors.board { type = board, every = 1 s }
            outbox.dir = "%s"
            """.formatted(directory.resolve("outbox")));
        try (var daemon = Program.of(
                script(java, "walnut-edge", "run", "-c", config.toString()).command(), environment(java))) {
            daemon.awaitLine("board: online");
            daemon.terminate();
            assertThat(daemon.end(LIMIT)).isEqualTo(143);
            // the log's own line of the broker that is not there is no "WARNING:"
            assertThat(daemon.text()).doesNotContain("WARNING", "warning", "OpenJDK");
        }
        for (var command : List.of(List.of("demo"), List.of("simulate", "-c", "config/examples/greenhouse.conf"))) {
            var arguments = new ArrayList<>(command);
            arguments.addAll(List.of("--plain", "--for", "3s", "--port", "0"));
            var said = end(script(java, "walnut-edge", arguments.toArray(String[]::new))
                    .start());
            assertThat(said.status()).as(said.text()).isZero();
            assertThat(said.text()).contains("reading  ").doesNotContain("WARNING", "warning", "OpenJDK");
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void imageThatDoesNotFit_isPassedOver_withoutAWord(Path java) throws Exception {
        var without = version(java, "");
        Files.createFile(image);
        assertThat(version(java, "")).as("empty").isEqualTo(without);
        Files.writeString(image, "no image at all".repeat(10_000));
        assertThat(version(java, "")).as("of something else").isEqualTo(without);
        assertThat(end(script(java, "make-archive").start())).isEqualTo(new Said(0, ""));
        for (var other : javas().toList()) {
            assertThat(version(other, "")).as("that of %s, for %s", java, other).isEqualTo(without);
        }
        var whole = Files.readAllBytes(image);
        Files.write(image, Arrays.copyOf(whole, 100));
        assertThat(version(java, "")).as("its begin").isEqualTo(without);
        Files.write(image, whole);
        Files.setLastModifiedTime(home.resolve("walnut-edge.jar"), FileTime.fromMillis(0));
        assertThat(version(java, "")).as("of another jar").isEqualTo(without);
    }

    /** Nothing of the one before is left either, for that is of another program or another Java. */
    @ParameterizedTest
    @MethodSource("javas")
    void imageThatCannotBeMade_isSaid_andIsNoFailure(Path java) throws Exception {
        Files.writeString(home.resolve("walnut-edge.jar"), "");
        Files.createFile(image);
        var said = end(script(java, "make-archive").start());
        assertThat(said.status()).isZero();
        assertThat(said.text())
                .isEqualTo("walnut-edge: no class image could be made with " + java + "/bin/java; it starts without\n");
        assertThat(files()).containsExactlyInAnyOrder("classes.list", "lib", "walnut-edge.jar");
    }

    @Test
    void javaThatIsNotThere_isSaid_andIsNoFailure() throws Exception {
        assertThat(end(script(directory, "make-archive").start()).status()).isZero();
        assertThat(files()).doesNotContain("classes.jsa");
    }
}
