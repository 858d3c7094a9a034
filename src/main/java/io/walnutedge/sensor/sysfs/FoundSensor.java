package io.walnutedge.sensor.sysfs;

import io.walnutedge.reading.Absence;
import io.walnutedge.reading.Measurement;
import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.files.DeviceFiles;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sensor whose device is looked up by name at opening and again after every error, because its number may have moved
 * and another device may answer under the old one. One thread at a time.
 */
final class FoundSensor implements Sensor {
    /** Looks the device up by name. */
    @FunctionalInterface
    interface Finder {
        Device find(DeviceFiles files) throws SensorException;
    }

    /** A device under the number it has now. */
    interface Device {
        List<Measurement> measure() throws SensorException, InterruptedException;

        void close();
    }

    private final DeviceFiles files;
    private final Finder finder;
    private final boolean kept;
    private @Nullable Device found;

    private FoundSensor(DeviceFiles files, Finder finder, boolean kept) {
        this.files = files;
        this.finder = finder;
        this.kept = kept;
    }

    /**
     * Finds the device, so that a wrong name is told at once. It serves until an error where descriptors tell that it went,
     * and is looked up for each sample where they do not.
     */
    static Sensor open(Hardware hardware, Finder finder) throws SensorException {
        var files = hardware.access(DeviceFiles.class);
        return open(files, files.isKernel(files.sys()), finder);
    }

    /** @param kept whether descriptors tell that a device went */
    static Sensor open(DeviceFiles files, boolean kept, Finder finder) throws SensorException {
        var sensor = new FoundSensor(files, finder, kept);
        var device = finder.find(files);
        if (kept) {
            sensor.found = device;
        } else {
            device.close();
        }
        return sensor;
    }

    @Override
    public List<Measurement> read() throws SensorException, InterruptedException {
        var device = found == null ? finder.find(files) : found;
        found = null;
        try {
            var sample = device.measure();
            found = kept && sample.stream().noneMatch(FoundSensor::hasFailed) ? device : null;
            return sample;
        } finally {
            if (found == null) {
                device.close();
            }
        }
    }

    private static boolean hasFailed(Measurement measurement) {
        return measurement.absence().filter(Absence::failed).isPresent();
    }

    @Override
    public void close() {
        var device = found;
        found = null;
        if (device != null) {
            device.close();
        }
    }
}
