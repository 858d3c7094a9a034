/**
 * A Walnut Pi 1B without the board, for the demo and for tests: chips on I2C bus 1 that answer on the level of their
 * registers, a kernel behind the GPIO files, and trees in the place of {@code /sys}, {@code /proc} and {@code /dev} whose
 * values move. Everything above, drivers and Pi4J included, is what runs on a board.
 */
@NullMarked
package io.walnutedge.simulate;

import org.jspecify.annotations.NullMarked;
