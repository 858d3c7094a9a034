package io.walnutedge.mqtt;

import java.util.function.LongSupplier;

/** So many in a second and no more: a bucket that fills with time and holds a tenth of a second. The thread {@code link} only. */
final class Pace {
    private static final double SECOND = 1e9;

    private final double perNano;
    private final double full;
    private final LongSupplier nanoTime;
    private double level;
    private long filledAt;

    /** @param rate in a second, at least 1 */
    Pace(int rate, LongSupplier nanoTime) {
        this.perNano = rate / SECOND;
        this.full = Math.max(1, rate / 10.0);
        this.nanoTime = nanoTime;
        this.level = full;
        this.filledAt = nanoTime.getAsLong();
    }

    /** Nanoseconds until {@link #spend} may be called; 0 if it may be now. */
    long untilNext() {
        var now = nanoTime.getAsLong();
        level = Math.min(full, level + (now - filledAt) * perNano);
        filledAt = now;
        return level >= 1 ? 0 : (long) Math.ceil((1 - level) / perNano);
    }

    void spend() {
        level--;
    }
}
