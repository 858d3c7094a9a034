package io.walnutedge.publish;

import io.walnutedge.command.CommandTopics.Role;
import io.walnutedge.config.HomieConfig;
import io.walnutedge.discovery.Descriptions;
import io.walnutedge.discovery.homie.HomieDevice;
import io.walnutedge.discovery.homie.HomieDevice.Message;
import io.walnutedge.discovery.homie.HomieTopics;
import io.walnutedge.event.EventListener;
import io.walnutedge.event.InputEvent;
import io.walnutedge.event.OutputState;
import io.walnutedge.mqtt.Link;
import io.walnutedge.mqtt.LinkOptions;
import io.walnutedge.mqtt.LinkSettings;
import io.walnutedge.mqtt.Presence;
import io.walnutedge.mqtt.Publication;
import io.walnutedge.mqtt.Subscription;
import io.walnutedge.mqtt.paho.PahoTransport;
import io.walnutedge.plan.Plan;
import io.walnutedge.reading.Absence;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Reading;
import io.walnutedge.reading.SampleClock;
import io.walnutedge.state.StateFile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The device as one of the Homie convention 5, on a connection of its own, because its last will is another one. Latest
 * values only: nothing waits for the broker. Any thread; never blocks but for {@link #close}.
 */
public final class HomiePublisher implements EventListener {
    private static final Logger LOG = LoggerFactory.getLogger(HomiePublisher.class);
    /** Keys of the state: what the broker keeps of us. */
    private static final String BASE = "homie.base";

    private static final String DESCRIPTION = "homie.description";

    /** Takes a message on one of the topics of {@link HomieDevice#commands}; any thread, must only enqueue. */
    @FunctionalInterface
    public interface Commands {
        void take(Role role, byte[] payload, boolean retained);
    }

    private final Link link;
    private final StateFile state;
    private final InstantSource wall;
    private final Commands commands;
    private HomieDevice device;
    private final HomieAlerts alerts = new HomieAlerts();
    private List<Subscription> subscriptions = List.of();

    /**
     * @param main where commands are answered
     * @param commands takes what arrives on the topics of {@link HomieDevice#commands}
     */
    public HomiePublisher(
            Plan plan,
            SampleClock clock,
            StateFile state,
            Link main,
            Commands commands,
            Thread.UncaughtExceptionHandler fatal) {
        this.device = device(plan);
        this.state = state;
        this.wall = clock.wall();
        this.commands = commands;
        this.link = new Link(
                settings(plan, device.topics()),
                LinkOptions.beside(main, "homie", fatal),
                new PahoTransport(plan.mqtt().connection().tls(), clock.wall(), clock.synced(), fatal),
                clock.monotonic(),
                clock.wall(),
                RandomGenerator.getDefault());
    }

    private static HomieDevice device(Plan plan) {
        // its version is no part of what Homie is told
        return HomieDevice.of(Descriptions.of(plan, ""), plan.mqtt().homie());
    }

    private static LinkSettings settings(Plan plan, HomieTopics topics) {
        return LinkSettings.of(plan.mqtt(), plan.outbox().replayRate())
                .beside(HomieConfig::clientId, new Presence(topics.state(), "init", "ready", "disconnected", "lost"));
    }

    /** Says what the device is, and empties what an earlier run left. After the state's start, before any value. */
    public synchronized void describe() {
        var topics = device.topics();
        var before = state.get(BASE).orElse("");
        if (!before.isEmpty() && !before.equals(topics.base())) {
            forget(state, link);
        }
        state.put(BASE, topics.base());
        publish(device);
    }

    /** Has the broker forget the device, if it was one. */
    public static void forget(StateFile state, Link link) {
        var base = state.get(BASE).orElse("");
        if (base.isEmpty()) {
            return;
        }
        LOG.info("{} leaves Homie", base);
        var topics = new HomieTopics(base);
        // in the order of the convention, "Device Lifecycle": the state first
        link.clear(topics.state());
        link.clear(topics.description());
        topics.ofDescription(state.get(DESCRIPTION).orElse("")).keySet().forEach(link::clear);
        state.put(BASE, "");
        state.put(DESCRIPTION, "");
    }

    /** Goes on with another configuration: before what it brings says anything. */
    public synchronized void change(Plan plan) {
        var next = device(plan);
        var isAnother = !next.description(0).equals(device.description(0));
        device = next;
        alerts.keep(plan);
        if (isAnother) {
            publish(next);
        }
    }

    private void publish(HomieDevice now) {
        subscribe(now);
        var before = state.get(DESCRIPTION).orElse("");
        var version = HomieTopics.versionOf(before);
        // the same document keeps its version
        var json = now.description(version);
        if (!json.equals(before)) {
            json = now.description(Math.max(version + 1, wall.instant().getEpochSecond()));
            state.put(DESCRIPTION, json);
        }
        var values = new ArrayList<Publication>();
        values.add(retained(now.topics().description(), json));
        var kept = now.topics().ofDescription(json);
        now.topics().ofDescription(before).forEach((topic, datatype) -> {
            if (!datatype.equals(kept.get(topic))) {
                values.add(retained(topic, ""));
            }
        });
        link.states(values);
    }

    private void subscribe(HomieDevice now) {
        var next = now.commands().stream()
                .map(role -> new Subscription(
                        role.topic(), 1, (topic, payload, retained) -> commands.take(role, payload, retained)))
                .toList();
        link.subscribe(subscriptions, next);
        subscriptions = next;
    }

    public void start() {
        link.start();
    }

    public boolean healthy(long nowNanos) {
        return link.healthy(nowNanos);
    }

    /** Begins to say goodbye. */
    public void leave(Duration atMost) {
        link.leave(atMost);
    }

    /** Waits for the end of the goodbye. */
    public void close() {
        link.close(Duration.ZERO);
    }

    // the lock: after a change nothing is said of what left

    @Override
    public synchronized void readings(List<Reading> batch) {
        for (var reading : batch) {
            device.reading(reading.sensor(), reading.quantity(), reading.value())
                    .ifPresent(this::say);
        }
    }

    @Override
    public synchronized void availability(ItemId id, boolean online, String why) {
        alert(id, alerts.availability(id, why));
    }

    @Override
    public synchronized void quantity(ItemId sensor, String quantity, Optional<Absence> absence) {
        alert(sensor, alerts.quantity(sensor, quantity, absence));
    }

    @Override
    public synchronized void output(ItemId id, OutputState now) {
        device.output(id, now).forEach(this::say);
    }

    @Override
    public synchronized void contact(ItemId id, boolean on) {
        device.contact(id, on).ifPresent(this::say);
    }

    /** What happens is for who listens now: QoS 0, not retained (convention, "QoS and retained messages"). */
    @Override
    public synchronized void key(ItemId id, InputEvent event) {
        device.event(id, event).ifPresent(message -> link.event(message.topic(), utf8(message.payload()), 0));
    }

    private void alert(ItemId id, String why) {
        device.alert(id, why).ifPresent(this::say);
    }

    private void say(Message message) {
        link.state(message.topic(), utf8(message.payload()), 1, true);
    }

    private static Publication retained(String topic, String payload) {
        return new Publication(topic, utf8(payload), 1, true);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
