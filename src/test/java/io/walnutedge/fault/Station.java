package io.walnutedge.fault;

import static org.awaitility.Awaitility.await;

import io.walnutedge.testkit.Javas;
import io.walnutedge.testkit.Mosquitto;
import io.walnutedge.testkit.Program;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** A daemon with oracles, a broker with a collector, and a proxy between them. One thread. */
final class Station implements AutoCloseable {
    static final String DEVICE = "fault";
    /** As deploy/walnut-edge starts it. */
    private static final List<String> OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-Xms8m",
            "-Xmx48m",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-XX:+ExitOnOutOfMemoryError");

    private static final Duration START_LIMIT = Duration.ofSeconds(40);
    private static final Duration END_LIMIT = Duration.ofSeconds(20);

    private final Path directory;
    private final Setup setup;
    private final Oracle oracle;
    private final String classPath;
    private final Mosquitto broker;
    private final FaultProxy proxy;
    private final Collector collector;
    private @Nullable Program daemon;

    Station(Path directory, Setup setup) throws IOException {
        this.directory = directory;
        this.setup = setup;
        this.oracle = new Oracle(
                directory,
                IntStream.range(0, setup.sensors())
                        .mapToObj(number -> "s" + number)
                        .toList());
        this.classPath = String.join(
                File.pathSeparator, Program.jar().toString(), oracle.jar().toString(), mainJar());
        this.broker = Mosquitto.start(
                directory,
                "allow_anonymous true",
                "persistence true",
                "persistence_location " + directory + "/",
                // written at an orderly stop only
                "autosave_interval 0",
                // without limits it drops nothing by itself
                "max_queued_messages 0",
                "max_inflight_messages 1000",
                "set_tcp_nodelay true");
        this.proxy = FaultProxy.start(broker.port());
        this.collector = Collector.start(broker::port);
    }

    /** A main class of the tests needs a jar: the other tests' log settings would be the daemon's otherwise. */
    private String mainJar() throws IOException {
        var jar = directory.resolve("main.jar");
        var classes = Path.of("target/test-classes");
        var name = setup.main().replace('.', '/') + ".class";
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            if (Files.exists(classes.resolve(name))) {
                out.putNextEntry(new JarEntry(name));
                Files.copy(classes.resolve(name), out);
                out.closeEntry();
            }
        }
        return jar.toString();
    }

    private Path config() throws IOException {
        var text = new StringBuilder("device.id = " + DEVICE + "\n");
        text.append("mqtt { broker = \"tcp://127.0.0.1:" + proxy.port() + "\", format = json }\n");
        text.append("outbox.dir = \"" + store() + "\"\n");
        oracle.sensors()
                .forEach(sensor -> text.append("sensors." + sensor + " { type = oracle, every = "
                        + setup.every().toMillis() + " ms, file = \"" + oracle.file(sensor) + "\" }\n"));
        // a file of its own may overrule the first
        Files.writeString(Files.createDirectories(directory.resolve("conf.d")).resolve("setup.conf"), setup.hocon());
        return Files.writeString(directory.resolve("walnut-edge.conf"), text);
    }

    /** The outbox, unless the setup says otherwise. */
    Path store() {
        return directory.resolve("outbox");
    }

    Mosquitto broker() {
        return broker;
    }

    FaultProxy proxy() {
        return proxy;
    }

    Collector collector() {
        return collector;
    }

    Oracle oracle() {
        return oracle;
    }

    Program daemon() {
        return Objects.requireNonNull(daemon);
    }

    /** Starts the daemon, perhaps on what another one left. */
    void launch() {
        var command = new ArrayList<>(setup.prefix());
        command.add(Javas.current());
        command.addAll(OPTIONS);
        try {
            command.addAll(List.of("-cp", classPath, setup.main(), "run", "-c", config().toString()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        daemon = Program.of(command, setup.environment());
    }

    /** The same, and returns when each oracle was asked. */
    void start() {
        var before = oracle.count();
        launch();
        await().atMost(START_LIMIT).pollInterval(Duration.ofMillis(10)).until(() -> {
            if (!daemon().isAlive()) {
                throw new AssertionError("the daemon ended: " + daemon().text());
            }
            return oracle.count() >= before + setup.sensors();
        });
    }

    /** An orderly stop. Afterwards the collector has all that the broker has. */
    void stop() {
        daemon().terminate();
        daemon().end(END_LIMIT);
        collector.catchUp();
    }

    /** Moments before the kill, by the monotonic clock. */
    long kill() {
        var now = System.nanoTime();
        daemon().kill();
        daemon().end(END_LIMIT);
        return now;
    }

    /** Kills it when it has handed on all that the daemon knows to be acknowledged; see the package. */
    void killBroker() {
        proxy.set(Conditions.of(Conditions.Flow.HOLD, Conditions.Flow.HOLD));
        collector.catchUp();
        broker.kill();
        try {
            // of an orderly stop before: messages in it would come again
            Files.deleteIfExists(directory.resolve("mosquitto.db"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        proxy.set(Conditions.of(Conditions.Door.SHUT));
    }

    /** Returns when it listens and the collector has subscribed again; the caller opens the proxy. */
    void startBroker() {
        var before = collector.subscriptions();
        broker.start();
        proxy.target(broker.port());
        collector.awaitSubscription(before + 1);
    }

    /** Lets real time pass. */
    static void pause(Duration duration) {
        try {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /** Waits for something; false if it takes too long. */
    static boolean isSoon(Duration limit, BooleanSupplier condition) {
        try {
            await().atMost(limit).pollInterval(Duration.ofMillis(10)).until(condition::getAsBoolean);
            return true;
        } catch (ConditionTimeoutException tooLong) {
            return false;
        }
    }

    /** Fails with what the daemon said if it takes too long. */
    void awaitThat(String what, Duration limit, BooleanSupplier condition) {
        if (!isSoon(limit, condition)) {
            throw new AssertionError("within " + limit + " not so: " + what + "; the daemon said:\n" + daemon().text());
        }
    }

    /** Waits until so many more were sampled. */
    void sample(long readings, Duration limit) {
        var enough = oracle.count() + readings;
        awaitThat(readings + " are sampled", limit, () -> oracle.count() >= enough);
    }

    /** Until the broker has told that somebody is online again; call before what brings it about. */
    BooleanSupplier connection() {
        var before = messages("status").size();
        return () -> messages("status").stream().skip(before).anyMatch("online"::equals);
    }

    /** Payloads on a topic of the device, in order. */
    List<String> messages(String topic) {
        var full = "walnutpi/" + DEVICE + "/" + topic;
        return collector.arrivals().stream()
                .filter(arrival -> arrival.topic().equals(full) && !arrival.retained())
                .map(Arrival::payload)
                .toList();
    }

    String last(String topic) {
        var messages = messages(topic);
        return messages.isEmpty() ? "" : messages.get(messages.size() - 1);
    }

    /** How long it takes until a reading arrives that was sampled from now on; the limit if none does. */
    Duration awaitFreshReading(Duration limit) {
        var now = Instant.now();
        var begin = System.nanoTime();
        isSoon(limit, () -> collector.newest().isAfter(now));
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** Waits until all has arrived that was sampled so far; in vain where something is lost. */
    void drain(Duration limit) {
        var due = oracle.samples();
        isSoon(
                limit,
                () -> due.entrySet().stream()
                        .allMatch(sensor -> sensor.getValue().stream()
                                .allMatch(sample -> collector.has(sensor.getKey(), sample.value()))));
    }

    /** Waits until nothing historical has come for some time: what is lost never comes. */
    void awaitQuiet(Duration quiet, Duration limit) {
        var begin = System.nanoTime();
        isSoon(limit, () -> System.nanoTime() - Math.max(begin, collector.newestHistorical()) > quiet.toNanos());
    }

    long historical() {
        return collector.arrivals().stream()
                .filter(arrival -> arrival.payload().contains("\"historical\":true"))
                .count();
    }

    Verdict verdict() {
        return Verdict.of(oracle.samples(), collector.arrivals());
    }

    @Override
    public void close() {
        if (daemon != null) {
            daemon.close();
        }
        proxy.close();
        collector.close();
        broker.close();
    }
}
