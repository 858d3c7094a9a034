package io.walnutedge.filter;

import java.util.OptionalDouble;

/** Brings what lies outside to the nearer end. Immutable; any thread. */
record Clamp(double min, double max) implements Filter {
    @Override
    public OptionalDouble apply(double value, long nanos) {
        return OptionalDouble.of(Math.max(min, Math.min(max, value)));
    }
}
