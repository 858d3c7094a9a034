/**
 * Files as sources of readings: those of sysfs, procfs and the device nodes, and regular ones. How one is opened, read, kept
 * open and watched by a recording stands here; which file has which quantity is known to the drivers.
 */
@NullMarked
package io.walnutedge.sensor.files;

import org.jspecify.annotations.NullMarked;
