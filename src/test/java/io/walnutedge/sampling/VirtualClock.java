package io.walnutedge.sampling;

import io.walnutedge.reading.SampleClock;
import java.time.Duration;
import java.time.Instant;

/** Time that moves when it is told to. One thread. */
final class VirtualClock {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private long nanos;
    private Duration wallStep = Duration.ZERO;

    long nanoTime() {
        return nanos;
    }

    Instant wall() {
        return START.plusNanos(nanos).plus(wallStep);
    }

    void advance(Duration duration) {
        nanos += duration.toNanos();
    }

    void advanceTo(long time) {
        nanos = Math.max(nanos, time);
    }

    /** As when somebody sets the system's clock. */
    void stepWall(Duration step) {
        wallStep = wallStep.plus(step);
    }

    SampleClock asClock() {
        return new SampleClock(this::nanoTime, this::wall, () -> true, "boot");
    }
}
