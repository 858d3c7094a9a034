package io.walnutedge.mqtt;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses between attempts: doubling, and each somewhere in the upper half of its range, so that boards that lost the
 * same broker do not come back in step. One thread.
 */
final class Backoff {
    private final long first;
    private final long last;
    private final RandomGenerator random;
    private long next;

    Backoff(Duration first, Duration last, RandomGenerator random) {
        this.first = first.toNanos();
        this.last = last.toNanos();
        this.random = random;
        this.next = this.first;
    }

    /** The next pause in nanoseconds. */
    long next() {
        var range = next;
        next = Math.min(last, range * 2);
        return range - random.nextLong(range / 2 + 1);
    }

    void reset() {
        next = first;
    }
}
