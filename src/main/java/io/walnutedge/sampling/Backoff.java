package io.walnutedge.sampling;

/** How long a failing sensor is left alone: 1 s, doubled by each failure in a row up to a limit. Not thread-safe. */
final class Backoff {
    static final long FIRST_NANOS = 1_000_000_000L;
    /** For what costs a bus or a thread. */
    static final long MAX_NANOS = 60_000_000_000L;

    /** For a file, which costs microseconds to try. */
    static final long MAX_FILE_NANOS = 5_000_000_000L;

    private final long most;
    private long delay;

    Backoff(long most) {
        this.most = most;
    }

    /** Another failure; answers the nanoseconds until the next try. */
    long failed() {
        delay = Math.min(most, Math.max(FIRST_NANOS, 2 * delay));
        return delay;
    }

    void succeeded() {
        delay = 0;
    }
}
