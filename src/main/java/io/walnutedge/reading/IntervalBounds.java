package io.walnutedge.reading;

import io.walnutedge.text.TimeText;
import java.time.Duration;

/**
 * How often a sensor may be sampled: the one judge of what the configuration gives and of what a command asks. Immutable;
 * any thread.
 *
 * @param shortest what the sensor needs for a new value, at least {@link #OUTERMOST}'s
 * @param longest inclusive
 */
public record IntervalBounds(Duration shortest, Duration longest) {
    /** What no sensor goes beyond. */
    public static final IntervalBounds OUTERMOST = new IntervalBounds(Duration.ofMillis(10), Duration.ofDays(1));

    /** A command makes no sensor faster than this, unless the configuration did: a stranger's flood has its end. */
    private static final Duration COMMANDED_SHORTEST = Duration.ofSeconds(1);
    /** And none slower, unless the configuration did: whoever waits for values would take the sensor for dead. */
    private static final Duration COMMANDED_LONGEST = Duration.ofHours(1);

    public IntervalBounds {
        if (shortest.compareTo(longest) > 0) {
            throw new IllegalArgumentException(shortest + " is longer than " + longest);
        }
    }

    /** Of a sensor that has a new value no sooner than after this time. */
    public static IntervalBounds from(Duration shortest) {
        return new IntervalBounds(later(shortest, OUTERMOST.shortest), OUTERMOST.longest);
    }

    /** Of a sensor that must be sampled exactly so often. */
    public static IntervalBounds exactly(Duration every) {
        return new IntervalBounds(every, every);
    }

    /** What a command may ask of a sensor that is configured to be sampled so often. */
    public IntervalBounds commanded(Duration every) {
        return new IntervalBounds(
                later(shortest, sooner(every, COMMANDED_SHORTEST)), sooner(longest, later(every, COMMANDED_LONGEST)));
    }

    public boolean contains(Duration every) {
        return every.compareTo(shortest) >= 0 && every.compareTo(longest) <= 0;
    }

    /** In words: {@code 2 s to 1 d}. */
    @Override
    public String toString() {
        return shortest.equals(longest)
                ? TimeText.of(shortest) + " only"
                : TimeText.of(shortest) + " to " + TimeText.of(longest);
    }

    private static Duration later(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    private static Duration sooner(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? other : one;
    }
}
