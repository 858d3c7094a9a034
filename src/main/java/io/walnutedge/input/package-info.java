/**
 * Digital inputs: edges in; debounced states, events of keys, and counts out. Everything runs on the control loop.
 *
 * <p>Why a state, an event and a count go different ways: of a state only the last is true, so it is the link's last value
 * and told again with each connection. An event (a click) is wanted now or never: hours later it would switch somebody's
 * light, so it is dropped while there is no connection. A count is a reading. Its total alone would do as a last value, but
 * then an hour without the broker would be one step in the chart; so total and rate go through the outbox with their times.
 *
 * <p>What sysfs can tell of pulses: that a line has changed, not how often. Edges that come before the last one was taken
 * are told as one. Without debouncing a {@link io.walnutedge.input.Counter} counts each edge that was told, and one more
 * where the level shows that two were one; it never counts what was not there.
 */
@NullMarked
package io.walnutedge.input;

import org.jspecify.annotations.NullMarked;
