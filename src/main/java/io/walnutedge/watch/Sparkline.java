package io.walnutedge.watch;

import java.util.ArrayDeque;
import java.util.Deque;

/** The last values as a line of block characters, scaled between their own least and greatest. One thread. */
final class Sparkline {
    private static final String BLOCKS = "▁▂▃▄▅▆▇█";

    private final int width;
    private final Deque<Double> values = new ArrayDeque<>();

    Sparkline(int width) {
        this.width = width;
    }

    void add(double value) {
        if (values.size() == width) {
            values.removeFirst();
        }
        values.addLast(value);
    }

    @Override
    public String toString() {
        var low = values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        var high = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        var line = new StringBuilder();
        for (double value : values) {
            var place = high > low ? (value - low) / (high - low) : 0.5;
            line.append(BLOCKS.charAt((int) Math.round(place * (BLOCKS.length() - 1))));
        }
        return line.toString();
    }
}
