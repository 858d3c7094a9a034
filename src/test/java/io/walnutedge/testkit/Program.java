package io.walnutedge.testkit;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged program in a process of its own, as a user starts it: {@code java -jar target/walnut-edge.jar}. */
public final class Program implements AutoCloseable {
    private static final Path JAR = Path.of("target/walnut-edge.jar").toAbsolutePath();
    /** Where a configuration names none: that of the machine is another program's, as tests run side by side. */
    private static final Path STATE =
            Path.of("target", "state", "of-" + ProcessHandle.current().pid()).toAbsolutePath();

    private final Process process;
    private final List<String> output = new ArrayList<>();
    private final Thread reader;

    private Program(Process process) {
        this.process = process;
        this.reader = new Thread(this::collect, "output of " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    public static Program start(Map<String, String> environment, String... arguments) {
        var command = new ArrayList<>(List.of(Javas.current(), "-jar", jar().toString()));
        command.addAll(List.of(arguments));
        return of(command, environment);
    }

    /** The packaged program. */
    public static Path jar() {
        if (!Files.exists(JAR)) {
            throw new AssertionError("this test runs the packaged program; build it first with: mvn package");
        }
        return JAR;
    }

    /** Started in some other way: the command must become the program, so that signals reach it. */
    public static Program of(List<String> command, Map<String, String> environment) {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("STATE_DIRECTORY", STATE.toString());
        builder.environment().put("WALNUT_EDGE_JAVA", Javas.current());
        builder.environment().putAll(environment);
        try {
            Files.createDirectories(STATE);
            return new Program(builder.start());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void collect() {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                synchronized (output) {
                    output.add(line);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Its exit status; fails if it has not ended within the limit. Afterwards {@link #output} is complete. */
    public int end(Duration atMost) {
        try {
            if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("still running after " + atMost + "; it said:\n" + text());
            }
            reader.join(atMost.toMillis());
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /** Sends SIGTERM, as systemd does. */
    public void terminate() {
        // not the process itself, which would close the streams, too, and with them what it says on its way
        process.toHandle().destroy();
    }

    /** Sends SIGKILL. */
    public void kill() {
        process.toHandle().destroyForcibly();
    }

    /** What it said so far, on both streams. */
    public List<String> output() {
        synchronized (output) {
            return List.copyOf(output);
        }
    }

    public String text() {
        return String.join("\n", output());
    }

    public void awaitLine(String part) {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            if (!process.isAlive()) {
                throw new AssertionError("it ended, and had said:\n" + text());
            }
            return output().stream().anyMatch(line -> line.contains(part));
        });
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The names of its threads, at most 15 characters of each (proc(5), comm), in order. */
    public List<String> threads() {
        try (var tasks = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
            var names = new ArrayList<String>();
            for (var task : tasks.toList()) {
                names.add(Files.readString(task.resolve("comm")).strip());
            }
            names.sort(null);
            return names;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** What its descriptors are, in order. */
    public List<String> openFiles() {
        try (var files = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
            var targets = new ArrayList<String>();
            for (var file : files.toList()) {
                // a socket or a pipe has its number behind the colon
                targets.add(Files.readSymbolicLink(file).toString().replaceFirst(":\\[.*", ""));
            }
            targets.sort(null);
            return targets;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Its descriptors. */
    public int descriptors() {
        try (var files = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
            return (int) files.count();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
