package io.walnutedge.filter;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Straight lines between points, of which the first and the last go on beyond the ends. Immutable; any thread.
 *
 * @param points at least two, by rising raw value
 */
record PiecewiseLinear(List<Point> points) implements Filter {
    /** What a sensor gives, and what is true. */
    record Point(double raw, double truth) {}

    PiecewiseLinear {
        points = List.copyOf(points);
    }

    @Override
    public OptionalDouble apply(double value, long nanos) {
        var right = 1;
        while (right < points.size() - 1 && value > points.get(right).raw) {
            right++;
        }
        var from = points.get(right - 1);
        var to = points.get(right);
        return OptionalDouble.of(from.truth + (value - from.raw) * (to.truth - from.truth) / (to.raw - from.raw));
    }
}
