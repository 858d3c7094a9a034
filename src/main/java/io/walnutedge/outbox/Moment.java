package io.walnutedge.outbox;

import java.time.Instant;

/**
 * When something was added, by all clocks. Immutable; any thread.
 *
 * @param wall as the system believed it
 * @param synced whether the wall clock was synchronized
 * @param nanos of the monotonic clock
 * @param boot in which the monotonic clock counts, 0 where that is not known
 */
record Moment(Instant wall, boolean synced, long nanos, int boot) {}
