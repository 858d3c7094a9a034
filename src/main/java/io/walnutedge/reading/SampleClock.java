package io.walnutedge.reading;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The clocks that a reading is stamped with. Any thread.
 *
 * @param monotonic nanoseconds, never stepped; schedules and limits go by it alone
 * @param synced whether the system clock is synchronized; asked once for each read
 * @param boot the kernel's boot id, or empty
 */
public record SampleClock(LongSupplier monotonic, InstantSource wall, BooleanSupplier synced, String boot) {
    public long nanoTime() {
        return monotonic.getAsLong();
    }

    public Moment moment() {
        return new Moment(boot, monotonic.getAsLong(), wall.instant(), synced.getAsBoolean());
    }

    /** One moment on all clocks. */
    public record Moment(String boot, long nanos, Instant wall, boolean synced) {
        public Stamp stamp(long seq) {
            return new Stamp(boot, seq, nanos, wall, synced);
        }
    }
}
