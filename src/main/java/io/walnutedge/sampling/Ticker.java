package io.walnutedge.sampling;

import java.time.Duration;

/**
 * A sensor's grid of ticks: tick k is due at epoch + k * interval of the monotonic clock, whatever happened before. Not
 * thread-safe.
 */
final class Ticker {
    /** Ticks this close together share a wake-up; a tick is never early by more than a tenth of its interval. */
    private static final long SLACK_NANOS = 2_000_000;

    private final long epoch;
    private final long interval;
    private final long slack;
    private long next;
    private long fresh;

    /** @param interval positive */
    Ticker(long epoch, Duration interval) {
        this.epoch = epoch;
        this.interval = interval.toNanos();
        this.slack = Math.min(SLACK_NANOS, this.interval / 10);
    }

    /** A tick that was taken, and how many before it were never taken. */
    record Tick(long index, long missed) {}

    /** When the next tick is due. */
    long due() {
        return timeOf(next);
    }

    long timeOf(long index) {
        return epoch + index * interval;
    }

    boolean isDue(long now) {
        return due() - now <= slack;
    }

    /** Takes the latest tick that is due; those before it are missed. */
    Tick take(long now) {
        var index = Math.max(next, Math.floorDiv(now + slack - epoch, interval));
        var missed = index - next;
        next = index + 1;
        fresh = next;
        return new Tick(index, missed);
    }

    /** Gives up every tick that is due by now, and answers how many. */
    long pass(long now) {
        var index = Math.max(next, Math.floorDiv(now - epoch, interval) + 1);
        var passed = index - next;
        next = index;
        return passed;
    }

    /** The next tick will be the first at or after a time; an earlier time changes nothing. */
    void skipTo(long time) {
        next = Math.max(next, Math.floorDiv(time - epoch + interval - 1, interval));
    }

    /** As {@link #skipTo}, but forgets what was skipped before; no tick is taken twice. */
    void rewindTo(long time) {
        next = fresh;
        skipTo(time);
    }
}
