package io.walnutedge.filter;

import io.walnutedge.reading.Value;
import java.util.Optional;

/** A user's straight-line correction: published = measured * factor + offset. Immutable; any thread. */
public record Calibration(double factor, double offset) {
    /** The corrected value, a text as it is; empty where the result is not a finite number. */
    public Optional<Value> apply(Value measured) {
        return measured instanceof Value.Numeric number ? corrected(number.number()) : Optional.of(measured);
    }

    private Optional<Value> corrected(double number) {
        var result = number * factor + offset;
        return Double.isFinite(result) ? Optional.of(Value.of(result)) : Optional.empty();
    }
}
