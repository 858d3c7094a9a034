package io.walnutedge.schedule;

/** How long a failing sensor is left alone: 1 s, doubled by each failure in a row, at most 60 s. Not thread-safe. */
final class Backoff {
    static final long FIRST_NANOS = 1_000_000_000L;
    static final long MAX_NANOS = 60_000_000_000L;

    private long delay;

    /** Another failure; answers the nanoseconds until the next try. */
    long failed() {
        delay = Math.min(MAX_NANOS, Math.max(FIRST_NANOS, 2 * delay));
        return delay;
    }

    void succeeded() {
        delay = 0;
    }
}
