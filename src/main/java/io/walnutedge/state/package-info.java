/**
 * Small facts that outlive the process, such as an output's last state and a counter's total, in one file that is written
 * seldom, for the card's sake. Readings that wait are the {@code outbox}'s.
 */
@NullMarked
package io.walnutedge.state;

import org.jspecify.annotations.NullMarked;
