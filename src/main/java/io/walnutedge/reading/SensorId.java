package io.walnutedge.reading;

import java.util.regex.Pattern;

/**
 * The name of a sensor, input or output in the configuration and in topics: one to 64 of {@code a-z 0-9 _ -}, which
 * is what Home Assistant and Homie accept as an id. Immutable; any thread.
 */
public record SensorId(String value) implements Comparable<SensorId> {
    private static final Pattern FORM = Pattern.compile("[a-z0-9_-]{1,64}");

    /** What {@link #isValid} accepts, for error messages. */
    public static final String ACCEPTED = "1 to 64 of a-z, 0-9, _ and -";

    /** @throws IllegalArgumentException if {@code value} is not of the form */
    public SensorId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not an id: '" + value + "' (" + ACCEPTED + ")");
        }
    }

    public static boolean isValid(String value) {
        return FORM.matcher(value).matches();
    }

    @Override
    public int compareTo(SensorId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
