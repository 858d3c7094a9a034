package io.walnutedge.daemon;

import io.walnutedge.config.MqttConfig;
import io.walnutedge.event.EventListener;
import io.walnutedge.event.EventStream;
import io.walnutedge.health.Alerts;
import io.walnutedge.health.Figures;
import io.walnutedge.health.MemoryGauge;
import io.walnutedge.health.Release;
import io.walnutedge.mqtt.Link;
import io.walnutedge.outbox.Outbox;
import io.walnutedge.publish.ReadingPublisher;
import io.walnutedge.publish.StatePublisher;
import io.walnutedge.reading.SampleClock;
import io.walnutedge.sampling.Sampler;
import io.walnutedge.sampling.SensorStatus;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * Looks at the parts of the daemon, tells how they are on schedule and after each connect, and what should worry. {@link
 * #begin} and {@link #look} from the thread of the housekeeping, all else from any.
 */
final class HealthMonitor implements EventListener {
    /** Alerts are about minutes. */
    private static final long LOOK = Duration.ofSeconds(10).toNanos();

    private final Sampler sampler;
    private final Link link;
    private final Outbox outbox;
    private final ReadingPublisher readings;
    private final SampleClock clock;
    private final StatePublisher statePublisher;
    private final Supplier<OptionalInt> refused;
    private final EventStream events;
    private final Alerts alerts;
    private final MemoryGauge memory = MemoryGauge.ofProcess();
    private final long begin;
    private final long every;
    private long publishAt;
    private long lookAt;
    private volatile boolean fresh;

    /** @param refused bytes of the message of discovery that the broker does not take, if there is such */
    HealthMonitor(
            MqttConfig mqtt,
            Sampler sampler,
            Link link,
            Outbox outbox,
            ReadingPublisher readings,
            SampleClock clock,
            StatePublisher statePublisher,
            EventStream events,
            Supplier<OptionalInt> refused) {
        this.sampler = sampler;
        this.link = link;
        this.outbox = outbox;
        this.readings = readings;
        this.clock = clock;
        this.statePublisher = statePublisher;
        this.events = events;
        this.refused = refused;
        this.alerts = new Alerts((what, why) -> events.alert(what.toString(), why));
        this.begin = clock.monotonic().getAsLong();
        this.every = mqtt.timing().healthEvery().toNanos();
        this.publishAt = begin + every;
        this.lookAt = begin;
    }

    /** What an earlier run has left at the broker is not true any more. */
    void begin() {
        alerts.begin();
    }

    /** Behind a new connection the figures are published at the next look. */
    @Override
    public void link(boolean connected) {
        if (connected) {
            fresh = true;
        }
    }

    /** Does what is due; once a second. */
    void look() {
        var now = clock.monotonic().getAsLong();
        if (now - lookAt >= 0) {
            lookAt = next(lookAt, LOOK, now);
            alerts.look(now, figures());
            alerts.slowed(sampler.slowed());
        }
        if (every > 0 && (fresh || now - publishAt >= 0)) {
            publishAt = now - publishAt >= 0 ? next(publishAt, every, now) : publishAt;
            fresh = false;
            if (link.status().connected()
                    && !statePublisher.health(figures().json().toString())) {
                // too many answers wait: at the next look
                fresh = true;
            }
        }
    }

    /** The next of a grid of times that has not come; those that were slept through are left out. */
    private static long next(long due, long step, long now) {
        return now + step - (now - due) % step;
    }

    /** How everything is now. */
    Figures figures() {
        return new Figures(
                clock.wall().instant(),
                Release.version(),
                uptime(),
                link(),
                queue(),
                buses(),
                clock.synced().getAsBoolean(),
                memory.read(),
                sensors());
    }

    Duration uptime() {
        return Duration.ofNanos(clock.monotonic().getAsLong() - begin);
    }

    private Figures.Link link() {
        var status = link.status();
        return new Figures.Link(
                status.broker(),
                status.connected(),
                status.since(),
                status.connections(),
                link.droppedEvents(),
                link.setAside(),
                refused.get());
    }

    private Figures.Queue queue() {
        var now = clock.monotonic().getAsLong();
        var counts = outbox.counts();
        var oldest = outbox.oldest();
        return new Figures.Queue(
                counts.waiting(),
                counts.stored(),
                oldest.isEmpty() ? Optional.empty() : Optional.of(Duration.ofNanos(now - oldest.getAsLong())),
                counts.lost().values().stream().mapToLong(Long::longValue).sum(),
                readings.unpublishable(),
                outbox.fill());
    }

    private Map<String, Figures.Bus> buses() {
        var buses = new LinkedHashMap<String, Figures.Bus>();
        sampler.lanes()
                .forEach(lane -> buses.put(lane.name(), new Figures.Bus(lane.tries(), lane.missed(), lane.errors())));
        return buses;
    }

    private Figures.Sensors sensors() {
        var all = sampler.status();
        return new Figures.Sensors(
                (int) all.stream()
                        .filter(sensor -> sensor.state() == SensorStatus.State.ONLINE)
                        .count(),
                all.stream()
                        .filter(sensor -> sensor.state() == SensorStatus.State.OFFLINE)
                        .map(sensor -> sensor.id().value())
                        .toList(),
                events.failures());
    }
}
