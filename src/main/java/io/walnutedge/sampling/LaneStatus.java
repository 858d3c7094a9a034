package io.walnutedge.sampling;

/**
 * How a lane is doing. Immutable; any thread.
 *
 * @param rounds wake-ups with something to read since the start
 * @param tries at its sensors since the start
 * @param missed ticks missed by its sensors since the start
 * @param errors tries without a trustworthy value since the start
 * @param setAside threads whose read has hung and not yet returned
 */
public record LaneStatus(
        String name, Heartbeat pulse, long rounds, long tries, long missed, long errors, int setAside) {}
