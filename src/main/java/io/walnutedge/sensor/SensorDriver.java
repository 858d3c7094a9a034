package io.walnutedge.sensor;

import io.walnutedge.config.Settings;

/** One type of sensor: the value of {@code type} in the configuration. Stateless; any thread. */
public interface SensorDriver {
    /** The value of {@code type}, such as {@code bme280}. */
    String name();

    /** What people buy, for the catalogue in README.md, such as {@code Sensirion SHT30, SHT31, SHT35}. */
    default String title() {
        return "";
    }

    /** The driver's own keys, for the catalogue in README.md: Markdown, the default in bold. */
    default String keys() {
        return "";
    }

    /**
     * Reads the driver's own keys (type, every and the measurement keys are read by the caller, who also finishes the
     * settings). Touches no hardware and no file. Mistakes are noted with {@link Settings#problem}, and any plan may be
     * answered then.
     */
    SensorPlan plan(Settings settings);
}
