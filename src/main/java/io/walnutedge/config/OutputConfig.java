package io.walnutedge.config;

import io.walnutedge.reading.SensorId;
import java.util.List;

/**
 * An entry of section {@code outputs}: a GPIO line that commands switch. Immutable; any thread.
 *
 * @param pin as the user wrote it: header position, SoC name or {@code gpioN}
 * @param activeLow true where on is the low level
 * @param retain of the state topic
 */
public record OutputConfig(
        SensorId id,
        String pin,
        boolean activeLow,
        Initial initial,
        OnStop onStop,
        String stateTopic,
        String setTopic,
        boolean retain) {

    /** The state at start. */
    public enum Initial {
        OFF,
        ON
    }

    /** The state that an orderly stop leaves. */
    public enum OnStop {
        OFF,
        ON,
        KEEP
    }

    /**
     * The topics of commands: the set topic, and beside one that ends in {@code /set} those of mqtt-io, whose payload is a
     * number of milliseconds to be on, or off.
     */
    public List<String> commandTopics() {
        return setTopic.endsWith("/set")
                ? List.of(setTopic, setTopic + "_on_ms", setTopic + "_off_ms")
                : List.of(setTopic);
    }

    /** @param base {@code <prefix>/<device>} */
    public static OutputConfig from(Settings settings, SensorId id, String base) {
        var stateTopic = Topics.readConcrete(settings, "topic", base + "/" + id);
        return new OutputConfig(
                id,
                settings.word("pin"),
                settings.flag("active-low", false),
                settings.choice("initial", Initial.OFF),
                settings.choice("on-stop", OnStop.OFF),
                stateTopic,
                Topics.readConcrete(settings, "set-topic", stateTopic + "/set"),
                settings.flag("retain", true));
    }
}
