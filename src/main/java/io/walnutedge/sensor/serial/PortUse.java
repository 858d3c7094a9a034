package io.walnutedge.sensor.serial;

import io.walnutedge.hocon.ConfigTable;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Which sensor has which serial port. Two names of one port, such as a link of udev, are not seen here. One thread. */
final class PortUse {
    private final Map<Path, String> users = new HashMap<>();

    /** Notes the sensor as the port's user, or a problem where it has one. */
    void use(ConfigTable settings, SerialSource port) {
        var user = settings.path() + " (" + settings.where("type") + ")";
        var other = users.putIfAbsent(port.path().normalize(), user);
        if (other != null) {
            settings.problem("port", port.path() + " is used by " + other + " already");
        }
    }
}
