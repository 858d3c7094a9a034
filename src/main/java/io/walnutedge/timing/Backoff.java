package io.walnutedge.timing;

import java.time.Duration;
import java.util.function.LongUnaryOperator;
import java.util.random.RandomGenerator;

/** Exponential backoff: each pause between attempts is twice the one before, up to a limit. One thread. */
public final class Backoff {
    private final long first;
    private final long last;
    private final LongUnaryOperator jitter;
    private long range;

    private Backoff(Duration first, Duration last, LongUnaryOperator jitter) {
        this.first = first.toNanos();
        this.last = last.toNanos();
        this.jitter = jitter;
        this.range = this.first;
    }

    public Backoff(Duration first, Duration last) {
        this(first, last, LongUnaryOperator.identity());
    }

    /**
     * Each pause lies somewhere in the upper half of its range, so that boards that lost the same broker do not come back in
     * step.
     */
    public Backoff(Duration first, Duration last, RandomGenerator random) {
        this(first, last, range -> range - random.nextLong(range / 2 + 1));
    }

    /** The next pause in nanoseconds. */
    public long next() {
        var now = range;
        range = Math.min(last, now * 2);
        return jitter.applyAsLong(now);
    }

    /** The next pause is the first one again. */
    public void reset() {
        range = first;
    }
}
