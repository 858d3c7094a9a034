package io.walnutedge.sensor.sysfs;

import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.files.DecimalText;
import io.walnutedge.sensor.files.DeviceFiles;
import io.walnutedge.sensor.files.RegularFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;

/**
 * A setting of a kernel driver that the configuration asks for: written only where it differs, and read back. Immutable;
 * any thread.
 *
 * @param subsystem for the udev rule that an error tells
 * @param attribute the file's name
 */
record Adjustment(String subsystem, String attribute, String wanted) {
    /** The kernel shows a fraction with nine decimals (drivers/iio/industrialio-core.c, iio_format_value). */
    private static final double NEAR = 1e-6;

    /** @throws SensorException if the driver has no such setting, refuses it, or this user may not change it */
    void apply(DeviceFiles files, Path device, AttributeWriter writer) throws SensorException {
        var file = device.resolve(attribute);
        if (!files.exists(file)) {
            throw new SensorException(file + " does not exist: the driver has no such setting");
        }
        if (isSet(files, device)) {
            return;
        }
        try {
            writer.write(file, wanted + "\n");
        } catch (AccessDeniedException denied) {
            throw new SensorException(file + " may not be written by this user" + remedy(), denied);
        } catch (IOException refused) {
            throw new SensorException(
                    "the kernel does not take " + wanted + " for " + file + accepted(files, device) + ": "
                            + RegularFile.reason(refused),
                    refused);
        }
        if (!isSet(files, device)) {
            throw new SensorException(file + " was set to " + wanted + " and stays at "
                    + files.text(device, attribute).orElse("nothing") + accepted(files, device));
        }
    }

    private boolean isSet(DeviceFiles files, Path device) {
        return files.text(device, attribute).filter(this::isWanted).isPresent();
    }

    private boolean isWanted(String text) {
        if (text.equals(wanted)) {
            return true;
        }
        var is = DecimalText.parse(text);
        var should = DecimalText.parse(wanted);
        // false where one of them is a word
        return Math.abs(is - should) <= NEAR * Math.abs(should);
    }

    /** What the driver says of it (Documentation/ABI/testing/sysfs-bus-iio, "_available"). */
    private String accepted(DeviceFiles files, Path device) {
        return files.text(device, attribute + "_available")
                .map(text -> "; accepted: " + text)
                .orElse("");
    }

    private String remedy() {
        return "; set it as root, or with the udev rule SUBSYSTEM==\"" + subsystem
                + "\", ACTION==\"add\", RUN+=\"/bin/sh -c 'cd /sys%p && chgrp walnut-edge " + attribute
                + " && chmod g+w " + attribute + "'\"";
    }
}
