package io.walnutedge.filter;

import io.walnutedge.reading.Value;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The filters of one measurement, in their order, with their states. One thread at a time, as {@link Filter}. */
public final class FilterChain {
    private final List<Filter> filters;

    FilterChain(List<Filter> filters) {
        this.filters = List.copyOf(filters);
    }

    /** What is to be published, a text as it is; empty where a filter holds the value back or makes it not finite. */
    public Optional<Value> apply(Value measured, long nanos) {
        if (!(measured instanceof Value.Numeric number)) {
            return Optional.of(measured);
        }
        var result = apply(number.number(), nanos);
        return result.isPresent() ? Optional.of(Value.of(result.getAsDouble())) : Optional.empty();
    }

    OptionalDouble apply(double measured, long nanos) {
        var value = measured;
        for (var filter : filters) {
            var result = filter.apply(value, nanos);
            if (result.isEmpty() || !Double.isFinite(result.getAsDouble())) {
                return OptionalDouble.empty();
            }
            value = result.getAsDouble();
        }
        return OptionalDouble.of(value);
    }
}
