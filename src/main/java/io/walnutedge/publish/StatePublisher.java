package io.walnutedge.publish;

import io.walnutedge.command.Commander;
import io.walnutedge.config.OutputConfig;
import io.walnutedge.config.PayloadFormat;
import io.walnutedge.discovery.Description;
import io.walnutedge.discovery.DescriptionJson;
import io.walnutedge.event.EventListener;
import io.walnutedge.event.OutputState;
import io.walnutedge.json.JsonWriter;
import io.walnutedge.mqtt.Link;
import io.walnutedge.output.OutputPlan;
import io.walnutedge.plan.Plan;
import io.walnutedge.plan.PlanChange;
import io.walnutedge.plan.Topic;
import io.walnutedge.plan.Topic.Kind;
import io.walnutedge.plan.TopicMap;
import io.walnutedge.reading.Absence;
import io.walnutedge.reading.ItemId;
import io.walnutedge.text.TimeText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Publishes states, availability and alerts as retained messages, each on its topic, and the daemon's own news. Any thread;
 * never blocks.
 */
public final class StatePublisher implements EventListener {
    private static final String ONLINE = "online";
    private static final String OFFLINE = "offline";
    private static final String NONE = "none: ";

    private final Link link;
    private volatile TopicMap topics;
    private volatile Map<ItemId, OutputConfig> outputs = Map.of();

    public StatePublisher(Plan plan, Link link) {
        this.topics = plan.topics();
        this.link = link;
        change(plan);
    }

    /** Other topics and outputs from now on: of what left nothing is published any more. */
    public void change(Plan plan) {
        topics = plan.topics();
        outputs = plan.outputs().stream()
                .map(OutputPlan::config)
                .collect(Collectors.toUnmodifiableMap(OutputConfig::id, config -> config));
    }

    /** What the broker keeps of something that left the configuration is not true any more. */
    public void forget(PlanChange change) {
        change.goneTopics().forEach(link::clear);
    }

    /** What the device is, if that is to be published. */
    public void describe(Description description) {
        topics.find(Kind.DESCRIPTION).ifPresent(topic -> state(topic, DescriptionJson.of(description)));
    }

    /** How the configuration that was loaded last is, retained. */
    public void config(String json) {
        state(topics.of(Kind.CONFIG), json);
    }

    @Override
    public void alert(String what, String why) {
        state(topics.alert(what), why);
    }

    /** The daemon's own figures, retained; false if there is no connection that takes them. */
    public boolean health(String json) {
        var topic = topics.of(Kind.HEALTH);
        return link.event(topic.name(), utf8(json), topic.qos(), topic.retained());
    }

    @Override
    public void availability(ItemId id, boolean online, String why) {
        topics.find(Kind.STATUS, id).ifPresent(topic -> state(topic, online ? ONLINE : OFFLINE));
        topics.find(Kind.ALERT, id).ifPresent(topic -> state(topic, why));
    }

    @Override
    public void quantity(ItemId id, String quantity, Optional<Absence> absence) {
        topics.find(Kind.QUANTITY_STATUS, id, quantity)
                .ifPresent(topic ->
                        state(topic, absence.map(none -> NONE + none.reason()).orElse(ONLINE)));
    }

    @Override
    public void output(ItemId id, OutputState state) {
        var output = outputs.get(id);
        if (output != null) {
            var json = output.messages().format() == PayloadFormat.JSON;
            topics.find(Kind.STATE, id).ifPresent(topic -> state(topic, json ? json(output, state) : state.word()));
            output.range()
                    .ifPresent(range -> topics.find(Kind.LEVEL, id)
                            .ifPresent(topic -> state(topic, Long.toString(range.value(state.level())))));
        }
    }

    /** {@code {"state":"ON","level":40,"remaining":"4.2 s","cause":"command 42"}}. */
    private static String json(OutputConfig output, OutputState state) {
        var json = new JsonWriter().put("state", state.word());
        output.range().ifPresent(range -> json.put("level", range.value(state.level())));
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

    /** The answers to commands. */
    public Commander.Answers answers() {
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
