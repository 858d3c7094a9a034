package io.walnutedge.config;

import io.walnutedge.hocon.ConfigTable;

/** How a value is written on the wire. */
public enum PayloadFormat {
    /** The value alone, as {@code 25}. */
    PLAIN,
    /** An object with value, unit, time, seq and quality. */
    JSON,
    /** As the configuration's {@link Template} has it. */
    TEMPLATE;

    /** Of what is no reading, for which there are no templates. */
    static PayloadFormat ofMessage(ConfigTable settings, String key) {
        var format = settings.choice(key, PLAIN);
        if (format == TEMPLATE) {
            settings.problem(key, "only readings have templates; accepted: plain, json");
            return PLAIN;
        }
        return format;
    }
}
