package io.walnutedge.fault;

import java.time.Instant;

/**
 * What the oracle sampled.
 *
 * @param value 1, 2, 3 ... of its sensor, also over restarts: its identity
 * @param nanos Linux's monotonic clock, the same for all processes of a boot
 * @param process that sampled it
 */
record Sample(long value, long nanos, Instant wall, long process) {}
