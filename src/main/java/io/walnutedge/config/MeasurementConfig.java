package io.walnutedge.config;

import io.walnutedge.reading.Quantity;
import java.time.Duration;

/**
 * What is published of one quantity of one sensor, where and how. Immutable; any thread.
 *
 * @param quantity the {@link Quantity#name} that the driver gives
 * @param enabled false where the user wants it not published
 * @param every how often it is published: the sensor's interval or a whole multiple of it
 * @param topic complete, without wildcards
 * @param unit of the published value, for JSON payloads and displays
 * @param decimals 0 to 9
 * @param factor applied first: published = measured * factor + offset
 * @param qos 0 or 1
 * @param replay of what waited while the broker was away; never published with the retain flag
 */
public record MeasurementConfig(
        String quantity,
        boolean enabled,
        Duration every,
        String topic,
        String unit,
        int decimals,
        double factor,
        double offset,
        PayloadFormat format,
        int qos,
        boolean retain,
        Replay replay) {

    /** Defaults that come from around a measurement: the sensor's own settings and the section {@code mqtt}. */
    public record Defaults(
            Duration every, String topic, PayloadFormat format, int qos, boolean retain, Replay replay) {}

    /** Reads the keys of one quantity; the caller finishes the settings, which may be the sensor's own. */
    public static MeasurementConfig from(Settings settings, Quantity quantity, Defaults defaults) {
        var every = settings.duration("every", defaults.every(), Duration.ofMillis(10), Duration.ofDays(1));
        if (defaults.every().compareTo(every) > 0
                || every.toNanos() % defaults.every().toNanos() != 0) {
            settings.problem(
                    "every", "must be a whole multiple of the sensor's own every, " + TimeText.of(defaults.every()));
        }
        return new MeasurementConfig(
                quantity.name(),
                settings.flag("enabled", true),
                every,
                Topics.readConcrete(settings, "topic", defaults.topic()),
                settings.text("unit", quantity.unit()),
                settings.integer("decimals", quantity.decimals(), 0, 9),
                settings.number("factor", 1, -1e12, 1e12),
                settings.number("offset", 0, -1e12, 1e12),
                settings.choice("format", defaults.format()),
                settings.integer("qos", defaults.qos(), 0, 1),
                settings.flag("retain", defaults.retain()),
                settings.choice("replay", defaults.replay()));
    }
}
