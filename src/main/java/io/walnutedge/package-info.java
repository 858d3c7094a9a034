/**
 * The daemon. {@code Main} reads the arguments, {@code Daemon} wires the packages together; data flows from
 * {@code sensor} through {@code schedule}, {@code outbox} and {@code mqtt} to the broker, and back through {@code command}
 * and {@code output} to the lines.
 */
@NullMarked
package io.walnutedge;

import org.jspecify.annotations.NullMarked;
