package io.walnutedge.sensor.sysfs;

import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.files.Attribute;
import io.walnutedge.sensor.files.DeviceFiles;
import java.nio.file.Path;

/**
 * A cooling device of the kernel's thermal framework: {@code cur_state} of {@code max_state}
 * (Documentation/ABI/testing/sysfs-class-thermal). One thread at a time.
 */
record Cooler(Attribute state, Attribute most) {
    /** The directory's name, before the number. */
    static final String PREFIX = "cooling_device";

    static Cooler of(DeviceFiles files, Path device, boolean kept) {
        return new Cooler(
                files.attribute(device.resolve("cur_state"), kept), files.attribute(device.resolve("max_state"), kept));
    }

    /** 0 where nothing is cooled, 100 at the most; a device that is not in use may say -1. */
    double percent() throws SensorException {
        var max = most.number();
        return max <= 0 ? 0 : Math.max(0, 100 * state.number() / max);
    }

    void close() {
        state.close();
        most.close();
    }
}
