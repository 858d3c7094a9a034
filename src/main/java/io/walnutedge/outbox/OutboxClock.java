package io.walnutedge.outbox;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The clocks of an outbox. Any thread.
 *
 * @param monotonic nanoseconds, never stepped; limits go by it alone
 * @param synced whether the wall clock is synchronized; what is added while it is not has no known age
 */
public record OutboxClock(LongSupplier monotonic, InstantSource wall, BooleanSupplier synced) {
    long nanoTime() {
        return monotonic.getAsLong();
    }

    Instant now() {
        return wall.instant();
    }

    boolean isSynced() {
        return synced.getAsBoolean();
    }
}
