package io.walnutedge.outbox;

import io.walnutedge.outbox.log.Moment;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The clocks of an outbox. Any thread.
 *
 * @param monotonic nanoseconds since the machine's start (CLOCK_MONOTONIC), never stepped; limits and ages go by it alone
 * @param synced whether the wall clock is synchronized; asked of what comes from another boot
 * @param boot the kernel's boot id ({@code /proc/sys/kernel/random/boot_id}), or empty
 */
public record OutboxClock(LongSupplier monotonic, InstantSource wall, BooleanSupplier synced, String boot) {
    /** Ten years, the longest that an item may wait (outbox.max-age); more would not fit into nanoseconds. */
    private static final Duration OLDEST = Duration.ofDays(3650);

    long nanoTime() {
        return monotonic.getAsLong();
    }

    Instant now() {
        return wall.instant();
    }

    boolean isSynced() {
        return synced.getAsBoolean();
    }

    Moment moment() {
        return new Moment(now(), isSynced(), nanoTime(), bootNumber());
    }

    /**
     * The nanoseconds that have passed since: within a boot by the monotonic clock; of another boot by the wall clock, if it
     * was synchronized then and is now. Else that is not known. Never negative.
     */
    OptionalLong age(Moment then) {
        if (then.boot() != 0 && then.boot() == bootNumber()) {
            return OptionalLong.of(Math.max(0, nanoTime() - then.nanos()));
        }
        if (!then.synced() || !isSynced()) {
            return OptionalLong.empty();
        }
        var passed = Duration.between(then.wall(), now());
        return OptionalLong.of(passed.isNegative() ? 0 : (passed.compareTo(OLDEST) < 0 ? passed : OLDEST).toNanos());
    }

    /** Four bytes of it are enough to tell boots apart, and are kept with every item; 0 is none. */
    private int bootNumber() {
        return boot.hashCode();
    }
}
