/**
 * GPIO lines as outputs and inputs need them, in physical levels. {@code hardware} implements it on Pi4J, tests on
 * nothing; polarity, safe states and debouncing are above it and so the same for all.
 */
@NullMarked
package io.walnutedge.gpio;

import org.jspecify.annotations.NullMarked;
