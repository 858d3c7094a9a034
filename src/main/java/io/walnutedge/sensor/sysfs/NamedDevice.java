package io.walnutedge.sensor.sysfs;

import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.files.DeviceFiles;
import io.walnutedge.text.Suggestion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a numbered device is named in the configuration: by its attribute {@code name} or {@code label}, or by its
 * directory, whose number may move; and where several share a name, by the device it hangs on or the label. Immutable; any
 * thread.
 *
 * @param kind for errors, such as {@code hwmon chip}
 * @param prefix of the directory's name, before the number
 * @param parentKey the key that {@code parent} comes from
 */
record NamedDevice(String kind, String prefix, String name, String parentKey, Optional<String> parent) {

    /** The directory of the one device that is meant. */
    Path in(DeviceFiles files, Path directory) throws SensorException {
        var names = new ArrayList<String>();
        var namesakes = new ArrayList<Path>();
        for (var candidate : files.numbered(directory, prefix)) {
            var called = files.text(candidate, "name").orElse("");
            var label = labelOf(files, candidate);
            names.add(called);
            label.ifPresent(names::add);
            if (called.equals(name)
                    || label.equals(Optional.of(name))
                    || DeviceFiles.nameOf(candidate).equals(name)) {
                namesakes.add(candidate);
            }
        }
        if (namesakes.isEmpty()) {
            throw new SensorException("no " + kind + " named '" + name + "' in " + directory + "; there are: "
                    + DeviceFiles.list(names) + Suggestion.of(name, names));
        }
        return one(files, namesakes);
    }

    private Path one(DeviceFiles files, List<Path> namesakes) throws SensorException {
        var matches = namesakes.stream()
                .filter(device -> parent.isEmpty()
                        || parent.get().equals(parentOf(device))
                        || parent.equals(labelOf(files, device)))
                .toList();
        if (matches.size() == 1) {
            return matches.get(0);
        }
        var there = new ArrayList<String>();
        for (var each : namesakes) {
            there.add(parentOf(each));
            labelOf(files, each).ifPresent(there::add);
        }
        if (matches.isEmpty()) {
            var wrong = parent.orElse("");
            throw new SensorException("no " + kind + " '" + name + "' with " + parentKey + " = " + wrong
                    + "; there are: " + DeviceFiles.list(there) + Suggestion.of(wrong, there));
        }
        throw new SensorException(matches.size() + " of " + kind + " '" + name + "' are there; say which with "
                + parentKey + " = one of: " + DeviceFiles.list(there));
    }

    /** What firmware calls the device, where it does (sysfs-bus-iio and sysfs-class-hwmon, "label"). */
    private static Optional<String> labelOf(DeviceFiles files, Path device) {
        return files.text(device, "label");
    }

    /** What the key names; the numbered directory itself where it hangs on nothing. */
    static String parentOf(Path device) {
        return DeviceFiles.parent(device).orElse(DeviceFiles.nameOf(device));
    }
}
