/**
 * Outputs: their state, and what start, commands and stop do to it. Everything runs on the control loop.
 *
 * <p>Safety before news: at start every line has its level before the first state is told, on stop every line has its
 * level before the first one is given back, and in between a state is told only after its line was driven. After an
 * error nobody knows what a line shows, so that no state is told until it was opened again, at its initial level. A
 * pulse that runs when the daemon stops is ended at once, also where the state is to be kept: nobody would be left to
 * end it.
 */
@NullMarked
package io.walnutedge.output;

import org.jspecify.annotations.NullMarked;
