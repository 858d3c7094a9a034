package io.walnutedge.filter;

import io.walnutedge.state.StateFile;
import java.time.Duration;

/** Makes a filter with a state of its own out of what the configuration says. Immutable; any thread. */
interface FilterMaker {
    Filter make(Surroundings around);

    /**
     * What a filter gets from around it.
     *
     * @param every between two samples
     * @param state for totals
     * @param key of this measurement in the state
     */
    record Surroundings(Duration every, StateFile state, String key) {
        /** Samples are not on the nanosecond: one that is early by a tenth of their interval is in time. */
        Duration slack(Duration time) {
            var early = time.minus(every.dividedBy(10));
            return early.isNegative() ? Duration.ZERO : early;
        }
    }
}
