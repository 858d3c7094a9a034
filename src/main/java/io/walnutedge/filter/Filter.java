package io.walnutedge.filter;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * One step between a measurement and its publication. It may keep a state, which is of one measurement alone. Whoever
 * calls it, one thread at a time: for a sensor that is under the lock of its lane.
 */
interface Filter {
    /**
     * @param value finite
     * @param nanos when it was measured, monotonic
     * @return empty where nothing is to be published; what is not finite is dropped by {@link FilterChain}
     */
    OptionalDouble apply(double value, long nanos);

    /**
     * A good sample came, whether its value reaches this filter or an earlier one holds it back on purpose; called before
     * {@link #apply}.
     */
    default void seen(long nanos) {}

    /** The sensor was away and was opened again: values from before say nothing about now. */
    default void forget() {}

    /** The interval of the samples is another one from now on. */
    default void interval(Duration every) {}

    /** Whether what it holds back is good, so that the sensor is not away meanwhile. */
    default boolean isSelective() {
        return false;
    }
}
