/**
 * Sensors behind files: thermal zones, hwmon, IIO, 1-wire, procfs figures, plain files.
 *
 * <p>Devices are found by name or id, because the numbers in their directories move whenever a driver is loaded again. On
 * the kernel's own file systems a device that was found is read through kept descriptors until one fails (they answer
 * ENODEV once it went) and is then looked up again; in any other tree it is looked up for each sample. Plain files are
 * opened by name each time, and never if they are FIFOs or devices.
 */
@NullMarked
package io.walnutedge.sensor.sysfs;

import org.jspecify.annotations.NullMarked;
