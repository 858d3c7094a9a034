/**
 * A board as seen from the broker: what arrives on its topics, as a live table or as lines. It is fed by a subscription
 * and so shows what any other subscriber gets, not what the daemon believes it sent.
 */
@NullMarked
package io.walnutedge.watch;

import org.jspecify.annotations.NullMarked;
