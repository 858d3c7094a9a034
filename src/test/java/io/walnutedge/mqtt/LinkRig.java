package io.walnutedge.mqtt;

import static org.awaitility.Awaitility.await;

import io.walnutedge.config.BrokerAddress;
import io.walnutedge.config.EntityConfig;
import io.walnutedge.config.MeasurementConfig;
import io.walnutedge.config.MqttConfig.TlsConfig;
import io.walnutedge.config.PayloadFormat;
import io.walnutedge.config.Replay;
import io.walnutedge.config.Template;
import io.walnutedge.mqtt.paho.PahoTransport;
import io.walnutedge.outbox.MemoryOutbox;
import io.walnutedge.outbox.OutboxClock;
import io.walnutedge.publish.ReadingPublisher;
import io.walnutedge.reading.BootTimes;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Reading;
import io.walnutedge.reading.Stamp;
import io.walnutedge.reading.Value;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** A real link to a real broker, with short pauses. */
public final class LinkRig implements AutoCloseable {
    public static final TlsConfig NO_TLS = new TlsConfig(Optional.empty(), Optional.empty(), Optional.empty(), true);
    static final OutboxClock CLOCK = new OutboxClock(System::nanoTime, InstantSource.system(), () -> true, "");
    static final BootTimes TIMES = new BootTimes(System::nanoTime, InstantSource.system(), () -> true, "boot");
    static final String STATUS = "t/board/status";
    public static final Thread.UncaughtExceptionHandler FATAL = (thread, error) -> {
        throw new AssertionError("thread " + thread.getName() + " died", error);
    };

    final MemoryOutbox outbox;
    final ReadingPublisher readings;
    public final Link link;

    public LinkRig(LinkSettings settings, TlsConfig tls, int capacity, String... sensors) {
        this.outbox = new MemoryOutbox(capacity, CLOCK);
        this.readings = publisher(outbox, sensors);
        this.link = new Link(
                settings,
                LinkOptions.of(readings, false, FATAL),
                new PahoTransport(tls, InstantSource.system(), () -> true, LinkRig.FATAL),
                System::nanoTime,
                InstantSource.system(),
                new SplittableRandom(1));
    }

    static ReadingPublisher publisher(MemoryOutbox outbox, String... sensors) {
        var measurements = new LinkedHashMap<ItemId, Map<String, MeasurementConfig>>();
        for (var sensor : sensors) {
            measurements.put(new ItemId(sensor), Map.of("count", measurement("count", "t/" + sensor)));
        }
        return new ReadingPublisher(outbox, measurements, TIMES, STATUS + "/gap");
    }

    static MeasurementConfig measurement(String quantity, String topic) {
        return new MeasurementConfig(
                quantity,
                true,
                Duration.ofSeconds(1),
                topic,
                "",
                0,
                1,
                0,
                PayloadFormat.PLAIN,
                1,
                false,
                Replay.ALL,
                Template.NONE,
                EntityConfig.DEFAULT);
    }

    static Reading reading(String sensor, long seq) {
        var stamp = new Stamp("boot", seq, seq, Instant.ofEpochSecond(seq), true);
        return new Reading(new ItemId(sensor), "count", Value.of((double) seq), stamp);
    }

    public static LinkSettings settings(BrokerAddress... brokers) {
        return new LinkSettingsBuilder(brokers).build();
    }

    public static LinkSettings settings(BrokerAddress broker, String user, String password) {
        return new LinkSettingsBuilder(broker).user(user, password).build();
    }

    public LinkRig connected() {
        link.start();
        awaitConnected();
        return this;
    }

    void awaitConnected() {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> link.status().connected());
    }

    void awaitError(String part) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> link.status().lastError().contains(part));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static List<String> pahoThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("MQTT") || name.equals("link"))
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        link.close(Duration.ofSeconds(3));
    }
}
