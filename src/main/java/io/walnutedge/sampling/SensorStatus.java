package io.walnutedge.sampling;

import io.walnutedge.reading.ItemId;

/**
 * How a sensor is doing. Immutable; any thread.
 *
 * @param lane the name of its {@link LaneStatus}
 * @param why what has failed: of an online sensor some quantities only; else empty, or why there is no
 *     value now
 * @param missed ticks skipped since the start because their turn came too late; those left out on purpose after a failure
 *     are not among them
 * @param failures tries without a trustworthy value since the start
 */
public record SensorStatus(ItemId id, String lane, State state, String why, long missed, long failures) {
    /** Unknown until the first try has ended. */
    public enum State {
        UNKNOWN,
        ONLINE,
        OFFLINE
    }
}
