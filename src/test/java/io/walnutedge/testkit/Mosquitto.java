package io.walnutedge.testkit;

import static org.awaitility.Awaitility.await;

import io.walnutedge.config.BrokerAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A real mosquitto of a test's own, on a free port of the loopback interface. Stopped by its process, never by name. */
public final class Mosquitto implements AutoCloseable {
    private static final List<Path> PLACES = List.of(
            Path.of("/usr/sbin/mosquitto"), Path.of("/usr/local/sbin/mosquitto"), Path.of("/usr/bin/mosquitto"));

    private final Path directory;
    private final Path config;
    private volatile int port;
    private @Nullable Process process;

    private Mosquitto(Path directory, int port, Path config) {
        this.directory = directory;
        this.port = port;
        this.config = config;
    }

    /** Anybody may connect. */
    public static Mosquitto start(Path directory) {
        return start(directory, "allow_anonymous true");
    }

    /** @param options lines of mosquitto.conf(5) that follow its line {@code listener} */
    public static Mosquitto start(Path directory, String... options) {
        var broker = prepare(directory, options);
        broker.start();
        return broker;
    }

    /** One that does not run yet. */
    public static Mosquitto prepare(Path directory, String... options) {
        var port = freePort();
        var lines = new ArrayList<String>();
        lines.add("listener " + port + " 127.0.0.1");
        lines.addAll(Arrays.asList(options));
        // as root it would change its user and not be able to read the test's files
        lines.add("user root");
        try {
            var config = Files.createTempFile(directory, "mosquitto", ".conf");
            Files.write(config, lines);
            return new Mosquitto(directory, port, config);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Starts it, again perhaps, and waits until it listens. */
    public void start() {
        var program = PLACES.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("install mosquitto: this test needs a real broker"));
        try {
            var started = new ProcessBuilder(program.toString(), "-c", config.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            directory.resolve("mosquitto.log").toFile()))
                    .start();
            process = started;
            await().atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> {
                        if (!started.isAlive()) {
                            throw new AssertionError(
                                    "mosquitto ended: " + Files.readString(directory.resolve("mosquitto.log")));
                        }
                        return listens();
                    });
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private boolean listens() {
        try (var probe = new Socket()) {
            probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    public int port() {
        return port;
    }

    public BrokerAddress uri() {
        return uri("tcp");
    }

    public BrokerAddress uri(String scheme) {
        return BrokerAddress.of(scheme + "://127.0.0.1:" + port);
    }

    /** The next start is on another port. */
    public void move() {
        var other = freePort();
        try {
            Files.writeString(config, Files.readString(config).replace("listener " + port, "listener " + other));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        port = other;
    }

    /** As {@code kill -9}. */
    public void kill() {
        end(running().destroyForcibly());
    }

    /** As {@code kill}. */
    public void stop() {
        running().destroy();
        end(running());
    }

    /** It takes no part in anything until {@link #thaw}; its sockets stay open. */
    public void freeze() {
        signal("-STOP");
    }

    public void thaw() {
        signal("-CONT");
    }

    private void signal(String signal) {
        try {
            new ProcessBuilder("/usr/bin/kill", signal, Long.toString(running().pid()))
                    .start()
                    .waitFor();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException("not started");
        }
        return process;
    }

    private static void end(Process process) {
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                throw new AssertionError("mosquitto did not end");
            }
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            end(process.destroyForcibly());
        }
    }
}
