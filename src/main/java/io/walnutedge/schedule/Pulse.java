package io.walnutedge.schedule;

import io.walnutedge.reading.SensorId;
import java.util.Optional;

/**
 * The last sign of life of a lane. Immutable; any thread.
 *
 * @param nanos monotonic: idle until, reading since
 * @param reading what is being read; empty while idle
 */
public record Pulse(long nanos, Optional<SensorId> reading) {
    static Pulse idleUntil(long nanos) {
        return new Pulse(nanos, Optional.empty());
    }

    static Pulse readingSince(long nanos, SensorId sensor) {
        return new Pulse(nanos, Optional.of(sensor));
    }

    /** How long the wake-up is overdue, or the read has taken. */
    long age(long now) {
        return now - nanos;
    }
}
