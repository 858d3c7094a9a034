package io.walnutedge.filter;

import java.util.Arrays;
import java.util.OptionalDouble;

/** The median or the mean of the last values; of those that there are, until there are enough. One thread at a time. */
final class SlidingWindow implements Window.Past {
    /** What is made of them. */
    enum Kind {
        MEDIAN,
        AVERAGE
    }

    /** What a window of so many values takes in memory: the values, and the same sorted. */
    static long bytes(int size) {
        return 2L * Double.BYTES * size;
    }

    private final Kind kind;
    private final double[] ring;
    private int count;
    private int next;

    SlidingWindow(Kind kind, int size) {
        this.kind = kind;
        this.ring = new double[size];
    }

    @Override
    public OptionalDouble apply(double value, long nanos) {
        ring[next] = value;
        next = (next + 1) % ring.length;
        count = Math.min(count + 1, ring.length);
        return OptionalDouble.of(kind == Kind.MEDIAN ? median() : mean());
    }

    @Override
    public void forget() {
        count = 0;
        next = 0;
    }

    /** Of an even number of values the mean of the two in the middle. */
    private double median() {
        var sorted = Arrays.copyOf(ring, count);
        Arrays.sort(sorted);
        var middle = count / 2;
        return count % 2 == 1 ? sorted[middle] : sorted[middle - 1] / 2 + sorted[middle] / 2;
    }

    /** Added up anew each time: a running sum would keep the errors of every value that ever went through. */
    private double mean() {
        var sum = 0.0;
        for (var i = 0; i < count; i++) {
            sum += ring[i];
        }
        return sum / count;
    }
}
