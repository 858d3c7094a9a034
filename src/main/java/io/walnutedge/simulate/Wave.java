package io.walnutedge.simulate;

/**
 * A quantity that swings smoothly. Immutable; any thread.
 *
 * @param middle and {@code swing} in the quantity's unit
 * @param period in seconds
 */
record Wave(double middle, double swing, double period) implements Course {
    @Override
    public double at(long nanos) {
        return middle + swing * Math.sin(2 * Math.PI * nanos / NANOS_PER_SECOND / period);
    }

    long rounded(long nanos) {
        return Math.round(at(nanos));
    }
}
