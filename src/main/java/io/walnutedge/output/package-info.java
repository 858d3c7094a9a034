/** Outputs: their state, and what start, commands and stop do to it. Everything runs on the control loop. */
@NullMarked
package io.walnutedge.output;

import org.jspecify.annotations.NullMarked;
