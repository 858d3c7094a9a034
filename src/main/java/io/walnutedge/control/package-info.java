/**
 * The one thread that decides about outputs: commands, input edges and safety timers pass through it in one order, so
 * that none of them needs a lock and a test can run it on virtual time.
 */
@NullMarked
package io.walnutedge.control;

import org.jspecify.annotations.NullMarked;
