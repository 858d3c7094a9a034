/**
 * The I2C bus as a source of readings, and what all sensors on one have in common, those with a driver of their own and those that the configuration declares:
 * transfers with their length checked ({@link io.walnutedge.sensor.i2c.I2cChip}), checksums, the bus switch that they may be
 * behind ({@link io.walnutedge.sensor.i2c.Mux}), and that they yield to the kernel's driver of the chip
 * ({@link io.walnutedge.sensor.i2c.KernelChip}).
 */
@NullMarked
package io.walnutedge.sensor.i2c;

import org.jspecify.annotations.NullMarked;
