package io.walnutedge.reading;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Computes the wall time of a reading that was taken before the system clock was synchronized: in one boot the monotonic
 * clock and the wall clock differ by a constant, which is known once the clock is right. Any thread.
 */
public final class BootTimes {
    private final LongSupplier monotonic;
    private final InstantSource wall;
    private final BooleanSupplier synced;
    private final String boot;
    /** Of earlier boots: the wall time at which the monotonic clock was 0. */
    private final Map<String, Instant> zeros = new ConcurrentHashMap<>();

    /** @param boot the kernel's boot id, or empty: then nothing is computed */
    public BootTimes(LongSupplier monotonic, InstantSource wall, BooleanSupplier synced, String boot) {
        this.monotonic = monotonic;
        this.wall = wall;
        this.synced = synced;
        this.boot = boot;
    }

    /** Takes what a reading of an earlier boot tells about that boot. */
    public void learn(Stamp stamp) {
        if (stamp.synced() && !stamp.boot().isEmpty() && !stamp.boot().equals(boot)) {
            zeros.put(stamp.boot(), stamp.wall().minusNanos(stamp.monotonicNanos()));
        }
    }

    /** The stamp with the true wall time if that can be known; if not, the stamp as it is. */
    public Stamp settle(Stamp stamp) {
        if (stamp.synced() || stamp.boot().isEmpty()) {
            return stamp;
        }
        if (!stamp.boot().equals(boot)) {
            var zero = zeros.get(stamp.boot());
            return zero == null ? stamp : at(stamp, zero.plusNanos(stamp.monotonicNanos()));
        }
        return synced.getAsBoolean()
                ? at(stamp, wall.instant().minusNanos(monotonic.getAsLong() - stamp.monotonicNanos()))
                : stamp;
    }

    private static Stamp at(Stamp stamp, Instant wall) {
        return new Stamp(stamp.boot(), stamp.seq(), stamp.monotonicNanos(), wall, true);
    }
}
