/** Sensors behind files: thermal zones, hwmon, IIO, 1-wire, procfs figures, plain files. Devices are found by name or id at each opening, because their indices move. */
@NullMarked
package io.walnutedge.sensor.sysfs;

import org.jspecify.annotations.NullMarked;
