package io.walnutedge.config;

/** How a value is written on the wire. */
public enum PayloadFormat {
    /** The value alone, as {@code 25}. */
    PLAIN,
    /** An object with value, unit, time, seq and quality. */
    JSON
}
