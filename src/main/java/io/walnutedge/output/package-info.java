/**
 * Outputs: their state, and what start, commands, time, trouble and stop do to it. Everything runs on the control loop.
 *
 * <p>{@link io.walnutedge.output.Outputs} has one {@link io.walnutedge.output.Output} for each, and whoever wants something
 * of it, a command, a timer, a lost link, another one of its interlock, has a {@link io.walnutedge.output.OutputRequest}: there is
 * one way to a level, and a later wish takes the place of an earlier one. Only {@link io.walnutedge.output.Undo} goes
 * another way: a command that failed in the act gives each output that it touched its
 * {@link io.walnutedge.output.Snapshot} back, timers and wishes included, because a wish for the level alone would forget
 * the end of a pulse. {@link io.walnutedge.output.Drive} holds the hardware, in logical levels. A new rule is a condition
 * in {@code Output.wait} (when may it be done) or another source of wishes; a new kind of hardware belongs to
 * {@code actuator}.
 *
 * <p>Safety before news: at start every line has its level before the first state is told, on stop every line has its
 * level before the first one is given back, and in between a state is told only after its line was driven. After an
 * error nobody knows what a line shows, so that no state is told until it was opened again, in its safe state. A
 * pulse that runs when the daemon stops is ended at once, also where the state is to be kept: nobody would be left to
 * end it.
 */
@NullMarked
package io.walnutedge.output;

import org.jspecify.annotations.NullMarked;
