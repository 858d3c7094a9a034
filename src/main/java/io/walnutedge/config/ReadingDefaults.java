package io.walnutedge.config;

import io.walnutedge.hocon.ConfigTable;

/**
 * What section {@code mqtt}, and in place of it a sensor's or a counter's own table, say of readings whose tables do not say
 * otherwise. Immutable; any thread.
 *
 * @param replay what is published of readings that waited
 * @param topics of readings whose topic the configuration does not give, with {@code {sensor}} and {@code {quantity}}
 */
public record ReadingDefaults(int qos, boolean retain, Payload payload, Replay replay, String topics) {
    private static final String SENSOR = "{sensor}";
    private static final String QUANTITY = "{quantity}";

    /** @param base {@code <prefix>/<device>} */
    static ReadingDefaults from(ConfigTable mqtt, String base) {
        var topics = Topics.readConcrete(mqtt, "reading-topic", base + "/" + SENSOR + "/" + QUANTITY);
        return new ReadingDefaults(1, false, Payload.PLAIN, Replay.ALL, topics).within(mqtt);
    }

    /** Those within a table that may say otherwise itself. */
    public ReadingDefaults within(ConfigTable settings) {
        return new ReadingDefaults(
                settings.integer("qos", qos, 0, 1),
                settings.flag("retain", retain),
                Payload.read(settings, payload),
                settings.choice("replay", replay),
                topics);
    }

    /** The topic of readings for which the configuration does not give one. */
    public String topic(String sensor, String quantity) {
        return topics.replace(SENSOR, sensor).replace(QUANTITY, quantity);
    }
}
