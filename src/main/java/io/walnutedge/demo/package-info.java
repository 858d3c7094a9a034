/**
 * The demonstration: the daemon as it is, on a simulated board, with a broker inside the process. Only what a user would
 * have around the daemon is made here.
 */
@NullMarked
package io.walnutedge.demo;

import org.jspecify.annotations.NullMarked;
