/**
 * One file for each I2C chip; its magic numbers stand with their section of the datasheet. A chip never knows another.
 *
 * <p>What the chips share is {@link io.walnutedge.sensor.i2c.I2cChip}: transfers with their length checked, faults that say
 * where, waiting with a deadline. A driver checks at opening that the chip is the right one, takes all quantities of one
 * conversion in one transfer, and refuses what the chip cannot have measured: an answer of ones only (nobody drives the
 * bus), a bad checksum, a conversion that never ran, a value beyond the datasheet's range. Its {@link
 * io.walnutedge.sensor.i2c.ChipDescriptor} says the addresses, what tells the chip for {@code scan}, its keys and the
 * kernel's driver of it; there is no list of chips to add it to.
 */
@NullMarked
package io.walnutedge.sensor.chip;

import org.jspecify.annotations.NullMarked;
