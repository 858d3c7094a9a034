package io.walnutedge.actuator;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Makes sentences of what goes wrong with attributes of sysfs. Stateless. */
final class SysfsTrouble {
    private SysfsTrouble() {}

    /** By type, not by text: the kernel's words come in the user's language. */
    static ActuatorException of(String place, IOException failed) {
        if (failed instanceof AccessDeniedException) {
            return new ActuatorException(
                    place + ": " + failed.getMessage()
                            + " may not be written by this user; deploy/install.sh installs the udev rule, or run as root",
                    failed);
        }
        if (failed instanceof NoSuchFileException) {
            return new ActuatorException(place + ": " + failed.getMessage() + " does not exist", failed);
        }
        return new ActuatorException(place + ": " + failed.getMessage(), failed);
    }

    /** A number of an attribute. */
    static long number(Attributes attributes, Path attribute) throws IOException {
        var text = attributes.read(attribute);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException damaged) {
            throw new IOException(attribute + " holds '" + text + "', which is no number", damaged);
        }
    }
}
