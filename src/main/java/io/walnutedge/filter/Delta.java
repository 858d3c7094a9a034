package io.walnutedge.filter;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * Lets a value pass that differs enough from the last one that passed, and any value when that is long ago. One thread
 * at a time.
 */
final class Delta implements Filter {
    /** So that 0.3 - 0.2, which is a little less than 0.1 in binary, is a change by 0.1. */
    private static final double NEARLY = 1 - 1e-9;

    private final double by;
    private final long heartbeat;
    private boolean known;
    private double passed;
    private long passedAt;

    /** @param heartbeat zero for none */
    Delta(double by, Duration heartbeat) {
        this.by = by * NEARLY;
        this.heartbeat = heartbeat.isZero() ? Long.MAX_VALUE : heartbeat.toNanos();
    }

    @Override
    public OptionalDouble apply(double value, long nanos) {
        if (known && Math.abs(value - passed) < by && nanos - passedAt < heartbeat) {
            return OptionalDouble.empty();
        }
        known = true;
        passed = value;
        passedAt = nanos;
        return OptionalDouble.of(value);
    }

    @Override
    public boolean isSelective() {
        return true;
    }
}
