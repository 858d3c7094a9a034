package io.walnutedge.filter;

import io.walnutedge.reading.Value;
import java.time.Duration;
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
        var value = OptionalDouble.of(measured);
        for (var filter : filters) {
            filter.seen(nanos);
            if (value.isPresent()) {
                value = filter.apply(value.getAsDouble(), nanos);
                var isGood = value.isPresent() ? Double.isFinite(value.getAsDouble()) : filter.isSelective();
                if (!isGood) {
                    return OptionalDouble.empty();
                }
            }
        }
        return value;
    }

    /** The sensor is there and has no new value yet, as between two values of a chip that measures by itself. */
    public void idle(long nanos) {
        filters.forEach(filter -> filter.seen(nanos));
    }

    /** The sensor was opened again: windows begin anew; totals and what was published last stay. */
    public void reopened() {
        filters.forEach(Filter::forget);
    }

    /** The interval between two samples is another one from now on. */
    public void interval(Duration every) {
        filters.forEach(filter -> filter.interval(every));
    }
}
