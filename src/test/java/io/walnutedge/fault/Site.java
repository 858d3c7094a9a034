package io.walnutedge.fault;

import static org.awaitility.Awaitility.await;

import io.walnutedge.testkit.Mosquitto;
import io.walnutedge.testkit.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** A daemon with oracles, a broker with a collector, and a proxy between them. One thread. */
final class Site implements AutoCloseable {
    /** As deploy/walnut-edge starts it. */
    private static final List<String> OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-Xms8m",
            "-Xmx48m",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-XX:+ExitOnOutOfMemoryError");

    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    private final Path directory;
    private final Oracle oracle;
    private final Path jar;
    private final Path config;
    private final Mosquitto broker;
    private final FaultProxy proxy;
    private final Collector collector;
    private @Nullable Program daemon;

    /** @param every the interval of each sensor */
    Site(Path directory, int sensors, Duration every) throws IOException {
        this.directory = directory;
        this.oracle = new Oracle(
                directory,
                IntStream.range(0, sensors).mapToObj(number -> "s" + number).toList());
        this.jar = oracle.jar();
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
        this.config = Files.writeString(directory.resolve("walnut-edge.conf"), config(every));
    }

    private String config(Duration every) {
        var text = new StringBuilder("device.id = fault\n");
        text.append("mqtt { broker = \"tcp://127.0.0.1:" + proxy.port() + "\", format = json }\n");
        text.append("outbox.dir = \"" + directory.resolve("outbox") + "\"\n");
        oracle.sensors()
                .forEach(sensor -> text.append("sensors." + sensor + " { type = oracle, every = " + every.toMillis()
                        + " ms, file = \"" + oracle.file(sensor) + "\" }\n"));
        return text.toString();
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

    /** Starts the daemon, perhaps on what another one left, and returns when it has sampled something. */
    void startDaemon() {
        var before = oracle.count();
        var started = Program.startWith(OPTIONS, jar, Map.of(), "run", "-c", config.toString());
        daemon = started;
        await().atMost(START_LIMIT).pollInterval(Duration.ofMillis(10)).until(() -> {
            if (!started.isAlive()) {
                throw new AssertionError("the daemon ended: " + started.text());
            }
            return oracle.count() > before;
        });
    }

    /** An orderly stop. */
    void stopDaemon() {
        daemon().terminate();
        daemon().end(Duration.ofSeconds(15));
        collector.catchUp();
    }

    /** Moments before the kill, by the monotonic clock. */
    long killDaemon() {
        var now = System.nanoTime();
        daemon().kill();
        daemon().end(Duration.ofSeconds(15));
        return now;
    }

    /** Stops it in order: it keeps what it has acknowledged. */
    void stopBroker() {
        broker.stop();
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
    void pause(Duration duration) {
        try {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /** How long it takes until a reading arrives that was sampled from now on; the limit if none does. */
    Duration awaitFreshReading(Duration limit) {
        var now = Instant.now();
        var begin = System.nanoTime();
        isSoon(limit, () -> collector.newest().isAfter(now));
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** Waits until all has arrived that was sampled a second before; in vain where something is lost. */
    boolean awaitDrained(Duration limit) {
        return isSoon(limit, () -> {
            var before = System.nanoTime() - Duration.ofSeconds(1).toNanos();
            return oracle.samples().entrySet().stream()
                    .allMatch(sensor -> sensor.getValue().stream()
                            .allMatch(sample ->
                                    sample.nanos() > before || collector.has(sensor.getKey(), sample.value())));
        });
    }

    private static boolean isSoon(Duration limit, BooleanSupplier condition) {
        try {
            await().atMost(limit).pollInterval(Duration.ofMillis(10)).until(condition::getAsBoolean);
            return true;
        } catch (ConditionTimeoutException tooLong) {
            return false;
        }
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
