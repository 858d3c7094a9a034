/**
 * Recordings: what the I2C buses and the kernel's files answered to the sensors, as a text file, and a board that answers the
 * same again. Transfers are taken down where the drivers make them, so that a recording is of what a driver saw, and is
 * played to any driver that asks the same; files are, each by itself, in the order in which they were read, so that nothing
 * depends on the time at which it is played.
 */
@NullMarked
package io.walnutedge.record;

import org.jspecify.annotations.NullMarked;
