package io.walnutedge.config;

import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.ValueRange;
import io.walnutedge.text.Quote;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An entry of section {@code outputs}, save for what it drives: what commands, time and trouble do to it. Immutable; any
 * thread.
 *
 * @param activeLow true where on is the low level
 * @param safeOn the safe state: after the loss of the link or the controller, and when it is back after a failure
 * @param confirm whether the level is read back
 * @param range of the values between off and on; empty where there are none
 * @param entity how controllers show it
 */
public record OutputConfig(
        ItemId id,
        boolean activeLow,
        Initial initial,
        OnStop onStop,
        boolean safeOn,
        Timing timing,
        Watch watch,
        Optional<Interlock> interlock,
        Dimming dimming,
        Messages messages,
        boolean confirm,
        Optional<ValueRange> range,
        EntityConfig entity) {

    private static final Duration LONGEST = Duration.ofDays(7);
    private static final Duration SHORTEST = Duration.ofMillis(1);

    /** The state at start. */
    public enum Initial {
        OFF,
        ON,
        /** The one that it had before the last stop, as far as it is known; else off. */
        LAST,
        /** The one that it shows. */
        KEEP
    }

    /** The state that an orderly stop leaves. */
    public enum OnStop {
        OFF,
        ON,
        KEEP
    }

    /**
     * Times that it keeps by itself; zero where there is none.
     *
     * @param pulse of a command to be on that gives no time itself
     * @param maxOn to be on without a break
     * @param minOn to be on at least, once it is
     * @param minOff to be off at least, once it is
     */
    public record Timing(Duration pulse, Duration maxOn, Duration minOn, Duration minOff) {}

    /**
     * What sends it into the safe state.
     *
     * @param linkLossAfter without a connection
     * @param controller whose silence does
     */
    public record Watch(Optional<Duration> linkLossAfter, Optional<Controller> controller) {}

    /** Any message on the topic is a sign of life. */
    public record Controller(String topic, Duration timeout) {}

    /** Of the outputs of one group only one is on at a time, and between two of them passes a time with none. */
    public record Interlock(String group, Duration deadTime) {}

    /**
     * @param fade from one level to another where the command does not say
     * @param onLevel what ON means, from 0 to 1
     */
    public record Dimming(Duration fade, double onLevel) {}

    /**
     * @param retain of the state topic
     * @param acceptRetained whether a retained message on the set topic is a state that is wanted
     */
    public record Messages(
            String stateTopic, String setTopic, boolean retain, PayloadFormat format, boolean acceptRetained) {}

    /** Whether something of it outlives a restart. */
    public boolean isKept() {
        return initial == Initial.LAST || messages.acceptRetained;
    }

    /**
     * The topics of commands: the set topic, and beside one that ends in {@code /set} those of mqtt-io, whose payload is a
     * number of milliseconds to be on, or off.
     */
    public List<String> commandTopics() {
        var set = messages.setTopic;
        return set.endsWith("/set") ? List.of(set, set + "_on_ms", set + "_off_ms") : List.of(set);
    }

    /**
     * @param base {@code <prefix>/<device>}
     * @param confirmed whether it is read back where the user does not say
     */
    public static OutputConfig from(
            ConfigTable settings, ItemId id, String base, Optional<ValueRange> range, boolean confirmed) {
        var config = new OutputConfig(
                id,
                settings.flag("active-low", false),
                settings.choice("initial", Initial.OFF),
                settings.choice("on-stop", OnStop.OFF),
                settings.choice("safe-state", Safe.OFF) == Safe.ON,
                timing(settings),
                watch(settings),
                interlock(settings),
                dimming(settings, range.isPresent()),
                messages(settings, base + "/" + id),
                settings.flag("confirm", confirmed),
                range,
                EntityConfig.ofOutput(settings, range));
        config.check(settings);
        return config;
    }

    private enum Safe {
        OFF,
        ON
    }

    private static Timing timing(ConfigTable settings) {
        return new Timing(
                time(settings, "pulse"), time(settings, "max-on"), time(settings, "min-on"), time(settings, "min-off"));
    }

    private static Duration time(ConfigTable settings, String key) {
        return settings.optionalDuration(key, SHORTEST, LONGEST).orElse(Duration.ZERO);
    }

    private static Watch watch(ConfigTable settings) {
        var controller = settings.section("controller").map(section -> {
            var topic = section.text("topic");
            var fault = topic.isEmpty() ? "" : Topics.faultOfFilter(topic);
            if (!fault.isEmpty()) {
                section.problem("topic", Quote.of(topic) + " is no topic to subscribe to: " + fault);
            }
            var timeout = section.duration("timeout", Duration.ofSeconds(30), Duration.ofMillis(100), LONGEST);
            section.finish();
            return new Controller(topic, timeout);
        });
        return new Watch(settings.optionalDuration("link-loss-after", Duration.ofMillis(100), LONGEST), controller);
    }

    private static Optional<Interlock> interlock(ConfigTable settings) {
        var group = settings.optionalWord("interlock");
        var dead = settings.duration("dead-time", Duration.ofMillis(500), Duration.ZERO, Duration.ofHours(1));
        if (group.isEmpty() && settings.has("dead-time")) {
            settings.problem("dead-time", "is of an interlock; write interlock = NAME beside it");
        }
        return group.map(name -> new Interlock(name, dead));
    }

    private static Dimming dimming(ConfigTable settings, boolean hasLevels) {
        var fade = settings.duration("fade", Duration.ZERO, Duration.ZERO, Duration.ofHours(1));
        var onLevel = settings.number("on-level", 100, 1, 100) / 100;
        for (var key : List.of("fade", "on-level")) {
            if (!hasLevels && settings.has(key)) {
                settings.problem(key, "is for outputs with levels, such as pwm; this one is on or off");
            }
        }
        return new Dimming(fade, onLevel);
    }

    private static Messages messages(ConfigTable settings, String fallback) {
        var stateTopic = Topics.readConcrete(settings, "topic", fallback);
        return new Messages(
                stateTopic,
                Topics.readConcrete(settings, "set-topic", stateTopic + "/set"),
                settings.flag("retain", true),
                PayloadFormat.ofMessage(settings, "format"),
                settings.flag("accept-retained", false));
    }

    /** What does not go together. */
    private void check(ConfigTable settings) {
        if (isLonger(timing.pulse, timing.maxOn)) {
            settings.problem("pulse", "is longer than max-on, which would end it");
        }
        if (isLonger(timing.minOn, timing.maxOn)) {
            settings.problem("min-on", "is longer than max-on");
        }
        if (messages.acceptRetained && !timing.pulse.isZero()) {
            settings.problem("accept-retained", "does not go with pulse: it would begin again with every connection");
        }
        if (interlock.isPresent() && safeOn) {
            settings.problem("safe-state", "on does not go with an interlock: several of the group could be on");
        }
        if (interlock.isPresent() && onStop == OnStop.ON) {
            settings.problem("on-stop", "on does not go with an interlock: several of the group could be on");
        }
    }

    private static boolean isLonger(Duration time, Duration limit) {
        return !limit.isZero() && time.compareTo(limit) > 0;
    }
}
