package io.walnutedge.filter;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A filter that makes its result of earlier values too, and forgets them at a gap: what a sensor measured before it was
 * away says nothing about now. One thread at a time.
 */
final class Window implements Filter {
    /** What a window is made around. */
    interface Past extends Filter {
        @Override
        void forget();
    }

    /** So many intervals are a gap, unless the user says otherwise. */
    private static final int GAP_SAMPLES = 3;

    /** Samples are not on the nanosecond: a tenth of their interval is no delay. */
    private static final int SLACK = 10;

    private final Past past;
    private final Optional<Duration> given;
    private long gap;
    private boolean known;
    private long seenAt;

    /**
     * @param given the longest time between two samples of one window; empty for {@value #GAP_SAMPLES} intervals
     * @param every the interval
     */
    Window(Past past, Optional<Duration> given, Duration every) {
        this.past = past;
        this.given = given;
        interval(every);
    }

    @Override
    public OptionalDouble apply(double value, long nanos) {
        return past.apply(value, nanos);
    }

    @Override
    public void seen(long nanos) {
        if (known && nanos - seenAt > gap) {
            past.forget();
        }
        known = true;
        seenAt = nanos;
    }

    @Override
    public void forget() {
        past.forget();
    }

    @Override
    public void interval(Duration every) {
        gap = given.orElse(every.multipliedBy(GAP_SAMPLES).plus(every.dividedBy(SLACK)))
                .toNanos();
    }
}
