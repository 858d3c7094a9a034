package io.walnutedge.sensor.serial;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long a sensor's values do not count yet. It begins with the first answer, and anew after the sensor was away, because
 * it may have been without power then. A wrong answer is not silence. One thread at a time.
 */
final class WarmUp {
    /** One lost answer is no power cut. */
    private static final int AWAY = 2;

    private final Duration time;
    private final LongSupplier nanoTime;
    private int silences = AWAY;
    private long begin;

    WarmUp(Duration time, LongSupplier nanoTime) {
        this.time = time;
        this.nanoTime = nanoTime;
    }

    void silent() {
        silences = Math.min(AWAY, silences + 1);
    }

    /** It cannot be there. */
    void away() {
        silences = AWAY;
    }

    /** Tells of an answer; answers what is left of the time, zero or less where it is over. */
    Duration left() {
        var now = nanoTime.getAsLong();
        begin = silences >= AWAY ? now : begin;
        silences = 0;
        return time.minusNanos(now - begin);
    }
}
