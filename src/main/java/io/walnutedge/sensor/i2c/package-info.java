/**
 * What all sensors on an I2C bus have in common, those with a driver of their own and those that the configuration declares:
 * the bus switch that they may be behind, and that they yield to the kernel's driver of the chip.
 */
@NullMarked
package io.walnutedge.sensor.i2c;

import org.jspecify.annotations.NullMarked;
