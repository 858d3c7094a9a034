package io.walnutedge.sensor.sysfs;

import io.walnutedge.reading.Absence;
import io.walnutedge.reading.Measurement;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorException;
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
        Device find() throws SensorException;
    }

    /** A device under the number it has now. */
    interface Device {
        List<Measurement> measure() throws SensorException, InterruptedException;

        void close();
    }

    private final Finder finder;
    private final boolean kept;
    private @Nullable Device found;

    private FoundSensor(Finder finder, boolean kept) {
        this.finder = finder;
        this.kept = kept;
    }

    /**
     * Finds the device, so that a wrong name is told at once.
     *
     * @param kept whether a device that was found serves until an error; false where descriptors do not tell that it
     *     went, so that it is looked up for each sample
     */
    static Sensor open(boolean kept, Finder finder) throws SensorException {
        var sensor = new FoundSensor(finder, kept);
        var device = finder.find();
        if (kept) {
            sensor.found = device;
        } else {
            device.close();
        }
        return sensor;
    }

    @Override
    public List<Measurement> read() throws SensorException, InterruptedException {
        var device = found == null ? finder.find() : found;
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
