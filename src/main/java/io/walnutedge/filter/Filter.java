package io.walnutedge.filter;

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
}
