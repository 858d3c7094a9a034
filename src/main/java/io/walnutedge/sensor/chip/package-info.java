/** One file for each I2C chip; its magic numbers stand with their section of the datasheet. A chip never knows another. */
@NullMarked
package io.walnutedge.sensor.chip;

import org.jspecify.annotations.NullMarked;
