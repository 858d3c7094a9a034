package io.walnutedge.filter;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalDouble;

/**
 * Rounds to multiples of a step, half away from zero; in decimal numbers, so that 0.3 does not become
 * 0.30000000000000004. Immutable; any thread.
 */
record Round(double step) implements Filter {
    @Override
    public OptionalDouble apply(double value, long nanos) {
        var decimal = BigDecimal.valueOf(step);
        var multiple = BigDecimal.valueOf(value).divide(decimal, 0, RoundingMode.HALF_UP);
        return OptionalDouble.of(multiple.multiply(decimal).doubleValue());
    }
}
