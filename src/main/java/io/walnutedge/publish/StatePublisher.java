package io.walnutedge.publish;

import io.walnutedge.command.Commander;
import io.walnutedge.config.OutputConfig;
import io.walnutedge.config.PayloadFormat;
import io.walnutedge.discovery.Description;
import io.walnutedge.discovery.DescriptionJson;
import io.walnutedge.event.EventListener;
import io.walnutedge.event.OutputState;
import io.walnutedge.health.Alerts;
import io.walnutedge.json.JsonWriter;
import io.walnutedge.mqtt.Link;
import io.walnutedge.output.OutputPlan;
import io.walnutedge.plan.Plan;
import io.walnutedge.plan.PlanChange;
import io.walnutedge.reading.Absence;
import io.walnutedge.reading.ItemId;
import io.walnutedge.text.TimeText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
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

    private final Plan plan;
    private final Link link;
    private volatile Map<ItemId, OutputConfig> outputs = Map.of();

    public StatePublisher(Plan plan, Link link) {
        this.plan = plan;
        this.link = link;
        outputs(plan.outputs());
    }

    /** Other outputs from now on. */
    public void outputs(List<OutputPlan> plans) {
        outputs = plans.stream()
                .map(OutputPlan::config)
                .collect(Collectors.toUnmodifiableMap(OutputConfig::id, config -> config));
    }

    /** What the broker keeps of something that left the configuration is not true any more. */
    public void forget(PlanChange change) {
        change.gone().forEach(this::forget);
        change.goneTopics().forEach(link::clear);
    }

    private void forget(ItemId id) {
        link.clear(plan.statusTopic(id));
        link.clear(plan.alertTopic(id));
    }

    /** What the device is, if that is to be published. */
    public void describe(Description description) {
        if (plan.mqtt().description()) {
            state(plan.mqtt().descriptionTopic(plan.base()), DescriptionJson.of(description));
        }
    }

    /** How the configuration that was loaded last is, retained. */
    public void config(String json) {
        state(plan.mqtt().configTopic(), json);
    }

    @Override
    public void alert(String what, String why) {
        state(
                what.equals(Alerts.OUTBOX)
                        ? plan.mqtt().alertTopic()
                        : plan.mqtt().alertTopic(what),
                why);
    }

    /** The daemon's own figures, retained; false if there is no connection that takes them. */
    public boolean health(String json) {
        return link.event(plan.mqtt().healthTopic(), utf8(json), 1, true);
    }

    @Override
    public void availability(ItemId id, boolean online, String why) {
        state(plan.statusTopic(id), online ? ONLINE : OFFLINE);
        state(plan.alertTopic(id), why);
    }

    @Override
    public void quantity(ItemId id, String quantity, Optional<Absence> absence) {
        state(
                plan.statusTopic(id, quantity),
                absence.map(none -> NONE + none.reason()).orElse(ONLINE));
    }

    @Override
    public void output(ItemId id, OutputState state) {
        var output = outputs.get(id);
        if (output != null) {
            var json = output.messages().format() == PayloadFormat.JSON;
            var retain = output.messages().retain();
            link.state(output.stateTopic(), utf8(json ? json(output, state) : state.word()), 1, retain);
            if (output.dimmable()) {
                link.state(output.levelTopic(), utf8(Long.toString(percent(state))), 1, retain);
            }
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
    public Commander.Answers answers() {
        var topic = plan.mqtt().topics().result();
        return new Commander.Answers() {
            @Override
            public void answer(String json) {
                link.event(topic, utf8(json), 1);
            }

            @Override
            public void excess(String json) {
                link.excess(topic, utf8(json), 1);
            }
        };
    }

    private void state(String topic, String payload) {
        link.state(topic, utf8(payload), 1, true);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
