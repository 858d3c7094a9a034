/**
 * The I2C bus as a source of readings, and what all sensors on one have in common, those with a driver of their own and those that the configuration declares:
 * transfers with their length checked ({@link io.walnutedge.sensor.i2c.I2cChip}), checksums, the bus switch that they may be
 * behind ({@link io.walnutedge.sensor.i2c.Mux}), and that they yield to the kernel's driver of the chip
 * ({@link io.walnutedge.sensor.i2c.KernelChip}). A driver plans what is its own; {@link io.walnutedge.sensor.i2c.I2cDriver}
 * reads where the chip is and lets the settings choose between that and the kernel's driver.
 *
 * <p>How far {@code scan} may ask at an address is not written down for addresses: each chip's {@link
 * io.walnutedge.sensor.i2c.ChipDescriptor} says what a register number does to it, and the most sensitive chip of an address
 * decides ({@link io.walnutedge.sensor.i2c.ChipIds}). So a new driver of a chip that takes commands makes its addresses safe
 * by itself. Chips without a driver of a sensor, such as port expanders, are in {@code OtherChips}.
 */
@NullMarked
package io.walnutedge.sensor.i2c;

import org.jspecify.annotations.NullMarked;
