/**
 * Chips without the chips: models that answer on the level of registers and commands as the datasheets say, for the
 * simulated board and for tests.
 *
 * <p>A model is written from the datasheet and not from the driver, so that a driver's mistake shows: too short a wait
 * reads an old value or is not acknowledged, a setting written in the wrong order does not count, a command in the wrong
 * state is ignored. Time comes from outside. Models know nothing of the drivers.
 *
 * <p>{@link io.walnutedge.simulate.chip.ModelMaker} has them in one table by the names of their drivers, where a driver is
 * found by itself: a driver is complete without a model, and a line is shorter than a class that is found.
 */
@NullMarked
package io.walnutedge.simulate.chip;

import org.jspecify.annotations.NullMarked;
