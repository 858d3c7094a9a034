package io.walnutedge.reading;

import java.math.BigDecimal;

/**
 * The values of a kind of output between off and fully on, in its own unit; whole numbers where they are published. Inside
 * the daemon a level is its share of the range, from 0 (off) to 1; it has its unit in commands, states and discovery alone.
 * Immutable; any thread.
 *
 * @param min off
 * @param max fully on
 * @param unit its sign
 * @param word the unit in words, as in {@code degrees}
 */
public record ValueRange(int min, int max, String unit, String word) {
    /** Of dimmers. */
    public static final ValueRange PERCENT = new ValueRange(0, 100, "%", "percent");

    public ValueRange {
        if (min >= max) {
            throw new IllegalArgumentException("no range: " + min + " to " + max);
        }
    }

    /** Whether it is shown as a number: it has other values than a light or a valve. */
    public boolean isNumber() {
        return min != PERCENT.min || max != PERCENT.max || !unit.equals(PERCENT.unit);
    }

    /** How many whole values there are. */
    public long count() {
        return (long) max - min + 1;
    }

    public boolean contains(BigDecimal value) {
        return value.compareTo(BigDecimal.valueOf(min)) >= 0 && value.compareTo(BigDecimal.valueOf(max)) <= 0;
    }

    /** The share of a value. */
    public double share(BigDecimal value) {
        return (value.doubleValue() - min) / ((double) max - min);
    }

    /** The value of a share, as it is published. */
    public long value(double share) {
        return Math.round(min + share * ((double) max - min));
    }

    /** Without the unit, for people. */
    public String limits() {
        return min + " to " + max;
    }

    @Override
    public String toString() {
        return limits() + " " + unit;
    }
}
