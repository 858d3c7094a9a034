package io.walnutedge.outbox.log;

import java.time.Instant;

/**
 * When something was added, by all clocks. Immutable; any thread.
 *
 * @param wall as the system believed it
 * @param synced whether the wall clock was synchronized
 * @param nanos of the monotonic clock
 * @param boot in which the monotonic clock counts, 0 where that is not known
 */
public record Moment(Instant wall, boolean synced, long nanos, int boot) {}
