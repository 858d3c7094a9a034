package io.walnutedge.sensor.i2c;

import io.walnutedge.sensor.files.DeviceFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Whether a driver of the kernel holds an address (Documentation/i2c/dev-interface.rst): what it holds is never touched.
 * Immutable; any thread.
 *
 * @param directory of the device in sysfs, which need not be there
 */
record KernelHold(DeviceFiles files, Path directory) {
    static KernelHold of(DeviceFiles files, int bus, int address) {
        return new KernelHold(
                files,
                files.sys().resolve("bus/i2c/devices").resolve(String.format(Locale.ROOT, "%d-%04x", bus, address)));
    }

    boolean isHeld() {
        return files.exists(directory.resolve("driver"));
    }

    /** The driver's name, in words where it is just going. */
    String driver() {
        try {
            return DeviceFiles.nameOf(directory.resolve("driver").toRealPath());
        } catch (IOException going) {
            return "that is just going";
        }
    }
}
