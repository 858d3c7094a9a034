package io.walnutedge.config;

import io.walnutedge.reading.SensorId;
import java.time.Duration;

/**
 * An entry of section {@code inputs}: a GPIO line whose changes are published. Immutable; any thread.
 *
 * @param pin as the user wrote it: header position, SoC name or {@code gpioN}
 * @param activeLow true where on is the low level
 * @param debounce a level counts when it has held for this long; zero: every edge
 */
public record InputConfig(
        SensorId id, String pin, boolean activeLow, Duration debounce, String topic, int qos, boolean retain) {

    /** @param base {@code <prefix>/<device>} */
    public static InputConfig from(Settings settings, SensorId id, String base) {
        return new InputConfig(
                id,
                settings.word("pin"),
                settings.flag("active-low", false),
                settings.duration("debounce", Duration.ofMillis(20), Duration.ZERO, Duration.ofMinutes(1)),
                Topics.readConcrete(settings, "topic", base + "/" + id),
                settings.integer("qos", 1, 0, 1),
                settings.flag("retain", true));
    }
}
