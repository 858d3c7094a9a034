package io.walnutedge.reading;

/** One quantity as a sensor just read it, before calibration and without a time. Immutable; any thread. */
public record Measurement(Quantity quantity, Value value) {
    /** @throws IllegalArgumentException if {@code number} is not finite */
    public static Measurement of(Quantity quantity, double number) {
        return new Measurement(quantity, Value.of(number));
    }
}
