package io.walnutedge.daemon;

import io.walnutedge.command.Commander;
import io.walnutedge.config.OutputConfig;
import io.walnutedge.config.PayloadFormat;
import io.walnutedge.discovery.Description;
import io.walnutedge.discovery.DescriptionJson;
import io.walnutedge.health.Alerts;
import io.walnutedge.json.JsonWriter;
import io.walnutedge.mqtt.Link;
import io.walnutedge.output.OutputListener;
import io.walnutedge.output.OutputPlan;
import io.walnutedge.output.OutputState;
import io.walnutedge.plan.Plan;
import io.walnutedge.plan.PlanChange;
import io.walnutedge.plan.Topic;
import io.walnutedge.plan.Topic.Kind;
import io.walnutedge.plan.TopicMap;
import io.walnutedge.publish.ReadingPublisher;
import io.walnutedge.reading.Absence;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Reading;
import io.walnutedge.sampling.SampleSink;
import io.walnutedge.text.TimeText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Says on which topic the parts of the daemon tell what they have to tell: readings into the outbox, states and
 * availability to the link as last values. Any thread; never blocks.
 */
final class Announcer implements SampleSink, OutputListener {
    private static final String ONLINE = "online";
    private static final String OFFLINE = "offline";
    private static final String NONE = "none: ";

    private final Link link;
    private final ReadingPublisher readings;
    private final LastTold told;
    private final Runnable sampled;
    private volatile TopicMap topics;
    private volatile Map<ItemId, OutputConfig> outputs = Map.of();

    /**
     * @param told hears all of it, too
     * @param sampled told after each batch of readings
     */
    Announcer(Plan plan, Link link, ReadingPublisher readings, LastTold told, Runnable sampled) {
        this.topics = plan.topics();
        this.link = link;
        this.readings = readings;
        this.told = told;
        this.sampled = sampled;
        change(plan);
    }

    /** Other topics and outputs from now on: of what left nothing is published any more. */
    void change(Plan plan) {
        topics = plan.topics();
        outputs = plan.outputs().stream()
                .map(OutputPlan::config)
                .collect(Collectors.toUnmodifiableMap(OutputConfig::id, config -> config));
    }

    /** What the broker keeps of something that left the configuration is not true any more. */
    void forget(PlanChange change) {
        change.sensors().gone().forEach(told::forget);
        change.inputs().gone().forEach(told::forget);
        change.outputs().gone().forEach(told::forget);
        change.goneTopics().forEach(link::clear);
    }

    /** What the device is, if that is to be published. */
    void describe(Description description) {
        topics.find(Kind.DESCRIPTION).ifPresent(topic -> state(topic, DescriptionJson.of(description)));
    }

    /** How the configuration that was loaded last is, retained. */
    void config(String json) {
        state(topics.of(Kind.CONFIG), json);
    }

    /** What is wrong with the board itself, retained; empty when it is over. */
    void alert(Alerts.What what, String why) {
        state(topics.of(what), why);
    }

    /** The daemon's own figures, retained; false if there is no connection that takes them. */
    boolean health(String json) {
        var topic = topics.of(Kind.HEALTH);
        return link.event(topic.name(), utf8(json), topic.qos(), topic.retained());
    }

    @Override
    public void readings(List<Reading> batch) {
        readings.add(batch);
        told.readings(batch);
        sampled.run();
    }

    @Override
    public void availability(ItemId id, boolean online, String why) {
        told.availability(id, online, why);
        topics.find(Kind.STATUS, id).ifPresent(topic -> state(topic, online ? ONLINE : OFFLINE));
        topics.find(Kind.ALERT, id).ifPresent(topic -> state(topic, why));
    }

    @Override
    public void quantity(ItemId id, String quantity, Optional<Absence> absence) {
        told.quantity(id, quantity, absence);
        topics.find(Kind.QUANTITY_STATUS, id, quantity)
                .ifPresent(topic ->
                        state(topic, absence.map(none -> NONE + none.reason()).orElse(ONLINE)));
    }

    @Override
    public void changed(ItemId id, OutputState state) {
        told.changed(id, state);
        var output = outputs.get(id);
        if (output != null) {
            var json = output.messages().format() == PayloadFormat.JSON;
            topics.find(Kind.STATE, id).ifPresent(topic -> state(topic, json ? json(output, state) : state.word()));
            topics.find(Kind.LEVEL, id).ifPresent(topic -> state(topic, Long.toString(percent(state))));
        }
    }

    /** {@code {"state":"ON","level":40,"remaining":"4.2 s","cause":"command 42"}}. */
    private static String json(OutputConfig output, OutputState state) {
        var json = new JsonWriter().put("state", state.word());
        if (output.dimmable()) {
            json.put("level", percent(state));
        }
        if (!state.remaining().isZero()) {
            json.put("remaining", TimeText.of(millis(state.remaining())));
        }
        state.waiting()
                .ifPresent(
                        wait -> json.put("next", wait.on() ? "ON" : "OFF").put("in", TimeText.of(millis(wait.time()))));
        return json.put("cause", state.cause()).toString();
    }

    private static Duration millis(Duration time) {
        return Duration.ofMillis(time.plusNanos(999_999).toMillis());
    }

    private static long percent(OutputState state) {
        return Math.round(state.level() * 100);
    }

    /** The answers to commands. */
    Commander.Answers answers() {
        var topic = topics.of(Kind.RESULT);
        return new Commander.Answers() {
            @Override
            public void answer(String json) {
                link.event(topic.name(), utf8(json), topic.qos());
            }

            @Override
            public void excess(String json) {
                link.excess(topic.name(), utf8(json), topic.qos());
            }
        };
    }

    private void state(Topic topic, String payload) {
        link.state(topic.name(), utf8(payload), topic.qos(), topic.retained());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
