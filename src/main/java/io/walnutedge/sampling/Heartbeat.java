package io.walnutedge.sampling;

import io.walnutedge.reading.ItemId;
import java.util.Optional;

/**
 * The last sign of life of a lane. Immutable; any thread.
 *
 * @param nanos monotonic: idle until, reading since
 * @param reading what is being read; empty while idle
 */
public record Heartbeat(long nanos, Optional<ItemId> reading) {
    static Heartbeat idleUntil(long nanos) {
        return new Heartbeat(nanos, Optional.empty());
    }

    static Heartbeat readingSince(long nanos, ItemId sensor) {
        return new Heartbeat(nanos, Optional.of(sensor));
    }

    /** How long the wake-up is overdue, or the read has taken. */
    long age(long now) {
        return now - nanos;
    }
}
