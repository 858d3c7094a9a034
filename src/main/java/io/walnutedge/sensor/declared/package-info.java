/**
 * Chips without a driver of their own: what to write, what to read and what the bits mean stands in the configuration, as in
 * config/chips. {@link io.walnutedge.sensor.declared.I2cRegisters} is the driver; its readers of the configuration make a
 * {@link io.walnutedge.sensor.declared.Definition}, which knows no bus, and an opened sensor plays it.
 */
@NullMarked
package io.walnutedge.sensor.declared;

import org.jspecify.annotations.NullMarked;
