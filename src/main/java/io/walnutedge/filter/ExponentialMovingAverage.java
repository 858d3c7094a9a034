package io.walnutedge.filter;

import java.util.OptionalDouble;

/** Exponential smoothing that begins at the first value. One thread at a time. */
final class ExponentialMovingAverage implements Window.Past {
    private final double weight;
    private boolean known;
    private double level;

    /** @param weight of a new value, above 0; at 1 nothing is smoothed */
    ExponentialMovingAverage(double weight) {
        this.weight = weight;
    }

    @Override
    public OptionalDouble apply(double value, long nanos) {
        // in two products: the difference of two large numbers may not be finite, and would stay in the level
        level = known ? (1 - weight) * level + weight * value : value;
        known = true;
        return OptionalDouble.of(level);
    }

    @Override
    public void forget() {
        known = false;
    }
}
