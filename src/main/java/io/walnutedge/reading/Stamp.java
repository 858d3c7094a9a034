package io.walnutedge.reading;

import java.time.Instant;

/**
 * When a reading was taken. Order within one boot is by {@code monotonicNanos}; {@code seq} counts the readings of one
 * quantity of one sensor since the daemon started, without gaps. Immutable; any thread.
 *
 * @param boot the kernel's boot id (Linux {@code /proc/sys/kernel/random/boot_id}), or empty where there is none
 * @param seq 1, 2, 3 ... per sensor and quantity
 * @param monotonicNanos of the monotonic clock, never stepped
 * @param wall UTC as the system believed it
 * @param synced whether the system clock was synchronized at that time
 */
public record Stamp(String boot, long seq, long monotonicNanos, Instant wall, boolean synced) {}
