package io.walnutedge.filter;

import java.time.Duration;
import java.util.OptionalDouble;

/** Lets one value pass in a while, the first one at once. One thread at a time. */
final class Throttle implements Filter {
    private final long pause;
    private boolean known;
    private long passedAt;

    Throttle(Duration pause) {
        this.pause = pause.toNanos();
    }

    @Override
    public OptionalDouble apply(double value, long nanos) {
        if (known && nanos - passedAt < pause) {
            return OptionalDouble.empty();
        }
        known = true;
        passedAt = nanos;
        return OptionalDouble.of(value);
    }

    @Override
    public boolean isSelective() {
        return true;
    }
}
