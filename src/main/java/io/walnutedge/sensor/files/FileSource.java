package io.walnutedge.sensor.files;

import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.Lane;
import io.walnutedge.sensor.Source;

/**
 * A file of sysfs, procfs or elsewhere, named for people. A driver of the kernel may have no value in any of its files
 * (ENODATA, EAGAIN).
 */
public record FileSource(String describe, boolean isCheap) implements Source {
    /** A file that is cheap to read. */
    public FileSource(String describe) {
        this(describe, true);
    }

    @Override
    public Lane lane(Hardware hardware) {
        return Lane.FILES;
    }

    @Override
    public boolean mayLackValues() {
        return true;
    }
}
