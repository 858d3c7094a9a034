package io.walnutedge.config;

import io.walnutedge.hocon.ConfigTable;
import java.util.List;

/**
 * How Home Assistant is told of this board: keys {@code discovery}, {@code discovery-prefix} and {@code birth-topic} of
 * section {@code mqtt}. Immutable; any thread.
 *
 * @param prefix what Home Assistant listens below, {@code homeassistant} unless it is told otherwise there
 * @param birthTopic where Home Assistant says {@code online} when it has started: a setting of its own there, which does not
 *     follow the prefix (home-assistant.io, "MQTT", "Birth and last will messages")
 */
public record DiscoveryConfig(Form form, String prefix, String birthTopic) {
    /** It is not told. */
    public static final DiscoveryConfig OFF = new DiscoveryConfig(Form.OFF, "homeassistant", "homeassistant/status");

    /** Which messages. */
    public enum Form {
        OFF,
        /** One for the whole board: Home Assistant 2024.12 and later. */
        DEVICE,
        /** One for each entity: any version. */
        COMPONENT
    }

    static DiscoveryConfig from(ConfigTable settings, boolean readingsOnly) {
        var config = new DiscoveryConfig(
                settings.choice("discovery", Form.OFF),
                readPrefix(settings),
                Topics.readConcrete(settings, "birth-topic", OFF.birthTopic));
        if (readingsOnly && config.isOn()) {
            settings.problem(
                    "discovery", "does not go with readings-only = true, which publishes nothing but readings");
        }
        return config;
    }

    private static String readPrefix(ConfigTable settings) {
        var prefix = Topics.readPrefix(settings, "discovery-prefix", OFF.prefix);
        if (prefix.equalsIgnoreCase(OFF.prefix) && !prefix.equals(OFF.prefix)) {
            settings.problem(
                    "discovery-prefix",
                    "'" + prefix + "' is another one than '" + OFF.prefix
                            + "', for capital letters count; leave it out");
        }
        return prefix;
    }

    public boolean isOn() {
        return form != Form.OFF;
    }

    /**
     * Where it is told, as filters for every form.
     *
     * @param board {@code uid} of the board
     */
    public List<String> filters(String board) {
        return List.of(prefix + "/+/" + board + "/config", prefix + "/+/" + board + "/+/config");
    }

    /** The same in another form. */
    public DiscoveryConfig as(Form other) {
        return new DiscoveryConfig(other, prefix, birthTopic);
    }
}
