package io.walnutedge.reading;

import java.util.Optional;

/** One quantity as a sensor just read it, before calibration and without a time. Immutable; any thread. */
public record Measurement(Quantity quantity, Outcome outcome) {
    /** @throws IllegalArgumentException if {@code number} is not finite */
    public static Measurement of(Quantity quantity, double number) {
        return new Measurement(quantity, Value.of(number));
    }

    /** @throws IllegalStateException if it has none */
    public Value value() {
        if (outcome instanceof Value value) {
            return value;
        }
        throw new IllegalStateException(quantity.name() + " has no value: " + outcome);
    }

    /** Why it has no value; empty where it has one. */
    public Optional<Absence> absence() {
        return outcome instanceof Absence absence ? Optional.of(absence) : Optional.empty();
    }
}
