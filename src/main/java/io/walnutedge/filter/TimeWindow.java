package io.walnutedge.filter;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.OptionalDouble;

/**
 * The mean, the least or the greatest of the values of the last while. Values of the same 300th part of that time share a
 * place, so that its memory is bounded however fast they come; they leave the window together. One thread at a time.
 */
final class TimeWindow implements Window.Past {
    /** What is made of them. */
    enum Kind {
        AVERAGE,
        MIN,
        MAX
    }

    private static final int SLOTS = 300;
    /** What a window takes in memory: a slot is an object of a header and five words, and a place in a queue that doubles. */
    static final long BYTES = SLOTS * (12 + 5 * 8 + 4 + 8);

    private final Kind kind;
    private final long slotNanos;
    private final ArrayDeque<Slot> slots = new ArrayDeque<>();

    TimeWindow(Kind kind, Duration over) {
        this.kind = kind;
        this.slotNanos = Math.max(1, over.toNanos() / SLOTS);
    }

    @Override
    public OptionalDouble apply(double value, long nanos) {
        var index = Math.floorDiv(nanos, slotNanos);
        var newest = slots.peekLast();
        if (newest == null || newest.index != index) {
            newest = new Slot(index);
            slots.addLast(newest);
        }
        newest.add(value);
        while (slots.getFirst().index <= index - SLOTS) {
            slots.removeFirst();
        }
        return OptionalDouble.of(result());
    }

    @Override
    public void forget() {
        slots.clear();
    }

    private double result() {
        return switch (kind) {
            case AVERAGE ->
                slots.stream().mapToDouble(slot -> slot.sum).sum()
                        / slots.stream().mapToLong(slot -> slot.count).sum();
            case MIN -> slots.stream().mapToDouble(slot -> slot.min).min().orElseThrow();
            case MAX -> slots.stream().mapToDouble(slot -> slot.max).max().orElseThrow();
        };
    }

    /** The values of one part of the time. */
    private static final class Slot {
        private final long index;
        private double sum;
        private long count;
        private double min = Double.POSITIVE_INFINITY;
        private double max = Double.NEGATIVE_INFINITY;

        Slot(long index) {
            this.index = index;
        }

        void add(double value) {
            sum += value;
            count++;
            min = Math.min(min, value);
            max = Math.max(max, value);
        }
    }
}
