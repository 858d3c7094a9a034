/**
 * What may be asked from outside: parsing, gatekeeping (age, retained, duplicates, size) and the answer that every
 * command gets. It decides what is meant and never how it is done.
 *
 * <p>What arrives is only enqueued on the caller's thread. A full queue answers {@code busy} at once, without the
 * command's id: reading the payload of each command of a flood is the work that the bound is there to save. Commands that
 * still wait when the loop is closed get no answer; an orderly stop closes it after the outputs, which refuse them.
 */
@NullMarked
package io.walnutedge.command;

import org.jspecify.annotations.NullMarked;
