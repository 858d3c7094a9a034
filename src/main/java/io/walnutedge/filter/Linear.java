package io.walnutedge.filter;

import java.util.OptionalDouble;

/** {@code value * factor + offset}, for offsets, factors and units. Immutable; any thread. */
record Linear(double factor, double offset) implements Filter {
    @Override
    public OptionalDouble apply(double value, long nanos) {
        return OptionalDouble.of(value * factor + offset);
    }
}
