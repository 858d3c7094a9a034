package io.walnutedge.config;

import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.IntervalBounds;
import io.walnutedge.reading.Quantity;
import io.walnutedge.text.TimeText;
import java.time.Duration;

/**
 * What is published of one quantity of one sensor, where and how. Immutable; any thread.
 *
 * @param quantity the {@link Quantity#name} that the driver gives
 * @param enabled false where the user wants it not published
 * @param every how often it is published: the sensor's sampling interval or a whole multiple of it
 * @param topic complete, without wildcards
 * @param unit of the published value, for JSON payloads and displays
 * @param decimals 0 to 9
 * @param factor applied first: published = measured * factor + offset
 * @param qos 0 or 1
 * @param replay of what waited while the broker was away; never published with the retain flag
 * @param template of the payload, where the format is one
 * @param entity how controllers show it
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
        Replay replay,
        Template template,
        EntityConfig entity) {

    /**
     * Defaults that come from around a measurement: the sensor's own settings and the section {@code mqtt}.
     *
     * @param sampleEvery how often the sensor is read, of which {@code every} is a whole multiple
     */
    public record Defaults(Duration every, Duration sampleEvery, String topic, ReadingDefaults readings) {}

    /** Reads the keys of one quantity; the caller finishes the settings, which may be the sensor's own. */
    public static MeasurementConfig from(ConfigTable settings, Quantity quantity, Defaults defaults) {
        var every = settings.duration(
                "every", defaults.every(), IntervalBounds.OUTERMOST.shortest(), IntervalBounds.OUTERMOST.longest());
        var step = defaults.sampleEvery();
        if (step.compareTo(every) > 0 || every.toNanos() % step.toNanos() != 0) {
            var own = step.equals(defaults.every()) ? "every" : "sample-every";
            settings.problem("every", "must be a whole multiple of the sensor's own " + own + ", " + TimeText.of(step));
        }
        var readings = defaults.readings().within(settings);
        var unit = settings.unit("unit", quantity.unit());
        return new MeasurementConfig(
                quantity.name(),
                settings.flag("enabled", true),
                every,
                Topics.readConcrete(settings, "topic", defaults.topic()),
                unit,
                settings.integer("decimals", quantity.decimals(), 0, 9),
                settings.number("factor", 1, -1e12, 1e12),
                settings.number("offset", 0, -1e12, 1e12),
                readings.payload().format(),
                readings.qos(),
                readings.retain(),
                readings.replay(),
                readings.payload().template(),
                EntityConfig.ofQuantity(settings, unit));
    }
}
