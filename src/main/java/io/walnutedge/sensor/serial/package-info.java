/**
 * Sensors at the end of a serial line. A read waits for what the device sends now: what has waited in the kernel's buffer is
 * thrown away before, so that no value is older than its read. Every wait has an end and can be interrupted.
 *
 * <p>{@link io.walnutedge.sensor.serial.Port} is one opened line, and in tests a fake; a
 * {@link io.walnutedge.sensor.serial.SerialConnection} waits on it.
 */
@NullMarked
package io.walnutedge.sensor.serial;

import org.jspecify.annotations.NullMarked;
