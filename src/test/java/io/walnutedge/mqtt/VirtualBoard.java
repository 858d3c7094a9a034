package io.walnutedge.mqtt;

import io.walnutedge.config.BrokerAddress;
import io.walnutedge.outbox.MemoryOutbox;
import io.walnutedge.outbox.OutboxClock;
import io.walnutedge.publish.ReadingPublisher;
import io.walnutedge.reading.ItemId;
import io.walnutedge.timing.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** A session on virtual time that publishes readings of its own, and states that never change. */
final class VirtualBoard implements Session.Observer {
    static final int WINDOW = 16;
    /** A sensor whose messages are large: by their topic. */
    static final String LARGE = "t/" + "x".repeat(2_000);

    final MemoryOutbox outbox;
    final RetainedStates states = new RetainedStates();
    final Answers answers = new Answers();
    final Suspects suspects = new Suspects();
    final SlowBroker.Port port;
    final List<String> lost = new ArrayList<>();
    final List<String> refused = new ArrayList<>();
    private final VirtualTime time;
    private final TaskQueue tasks = new TaskQueue();
    private final ReadingPublisher readings;
    private final Session session;
    private long wakes;
    private long sampled;

    VirtualBoard(VirtualTime time, SlowBroker broker, int seed, String... brokers) {
        this(time, broker, seed, settings(brokers));
    }

    VirtualBoard(VirtualTime time, SlowBroker broker, int seed, LinkSettings settings) {
        this.time = time;
        this.port = broker.new Port(this::wake);
        this.outbox = new MemoryOutbox(100_000, new OutboxClock(time::now, () -> Instant.EPOCH, () -> true, ""));
        this.readings = new ReadingPublisher(
                outbox,
                Map.of(
                        new ItemId("cpu"),
                        Map.of("count", LinkRig.measurement("count", "t/cpu")),
                        new ItemId("large"),
                        Map.of("count", LinkRig.measurement("count", LARGE))),
                LinkRig.TIMES,
                "");
        var random = new SplittableRandom(seed);
        var flow = new OutgoingFlow(settings, Optional.of(readings), states, answers, suspects, time::now, random);
        this.session = new Session(
                settings,
                port,
                flow,
                List.of(new Subscription("t/lamp/set", 1, (topic, payload, retained) -> {})),
                this,
                tasks,
                time::now,
                new Backoff(settings.firstPause(), settings.lastPause(), random),
                () -> true);
        outbox.onAdded(tasks::wake);
        time.at(time.now(), this::turn);
    }

    static LinkSettings settings(String... brokers) {
        return new LinkSettingsBuilder(
                        brokers.length == 0
                                ? new BrokerAddress[] {BrokerAddress.of("tcp://broker:1883")}
                                : Stream.of(brokers).map(BrokerAddress::of).toArray(BrokerAddress[]::new))
                .unhurried()
                .build();
    }

    void sample(int many) {
        for (var i = 0; i < many; i++) {
            readings.readings(List.of(LinkRig.reading("cpu", ++sampled)));
        }
        wake();
    }

    void sampleLarge() {
        readings.readings(List.of(LinkRig.reading("large", 1)));
        wake();
    }

    void answer(String topic, int bytes) {
        answers.offer(new Publication(topic, new byte[bytes], 1, true));
        tasks.wake();
        wake();
    }

    void sampleEach(Duration period) {
        sample(1);
        time.after(period, () -> sampleEach(period));
    }

    void state(String topic, int bytes) {
        states.put(new Publication(topic, new byte[bytes], 1, true));
        tasks.wake();
        wake();
    }

    long sampled() {
        return sampled;
    }

    /** Readings that were acknowledged. */
    long delivered() {
        return sampled - outbox.counts().waiting();
    }

    private void wake() {
        if (tasks.isWoken()) {
            turn();
        }
    }

    private void turn() {
        var wait = session.turn();
        for (var more = 0; wait <= 0 || tasks.isWoken(); more++) {
            if (more > 1_000) {
                throw new AssertionError("it never comes to rest");
            }
            wait = session.turn();
        }
        var mine = ++wakes;
        if (wait < Long.MAX_VALUE) {
            time.at(time.now() + wait, () -> {
                if (mine == wakes) {
                    turn();
                }
            });
        }
    }

    @Override
    public void connecting(BrokerAddress broker) {}

    @Override
    public void connected(BrokerAddress broker) {}

    @Override
    public void lost(BrokerAddress broker, boolean wasConnected, String why) {
        lost.add(why);
    }

    @Override
    public void refused(String topic, String why) {
        refused.add(topic + ": " + why);
    }

    @Override
    public void arrived(String topic, byte[] payload, boolean retained) {}
}
