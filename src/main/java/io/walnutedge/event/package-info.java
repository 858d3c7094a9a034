/**
 * What happens on the board, from those that see it to those that want to know: one {@link
 * io.walnutedge.event.EventStream}, to which sensors, outputs, inputs, alerts and the link publish, and to which each
 * consumer subscribes itself. A further consumer is an {@link io.walnutedge.event.EventListener} and one line of the wiring.
 *
 * <p>Why methods and not records of a sealed type: an event would be an object more for each reading, and each consumer a
 * {@code switch} with a branch for what it ignores. A batch of readings costs one object here, whatever its size.
 *
 * <p>Why on the thread of the source and without a queue: the order is that of the source, nothing waits, and there is no
 * place where events could pile up. What has to wait waits at its consumer, which knows what may be dropped (the outbox, the
 * link). The order of the subscribers is part of the design, see {@code daemon.Wiring}: the file that is read after a crash
 * is written before anybody is told of an output's state.
 */
@NullMarked
package io.walnutedge.event;

import org.jspecify.annotations.NullMarked;
