package io.walnutedge.hardware;

import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.files.Roots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is checked before a device on an I2C bus is opened. Stateless; any thread. */
final class I2cAccess {
    private I2cAccess() {}

    /** @throws SensorException if the bus is missing or not permitted, or a kernel driver holds the address */
    static void check(Roots roots, int bus, int address) throws SensorException {
        var devices = roots.sys().resolve("bus/i2c/devices");
        if (!Files.isDirectory(devices.resolve("i2c-" + bus))) {
            throw new SensorException("there is no i2c-" + bus + "; there are: " + buses(devices)
                    + ". On a Walnut Pi `sudo set-device enable i2c" + bus + "` and a reboot bring it");
        }
        checkNode(roots.dev().resolve("i2c-" + bus));
        checkDriver(devices.resolve(String.format(Locale.ROOT, "%d-%04x", bus, address)), bus, address);
    }

    private static void checkNode(Path node) throws SensorException {
        if (!Files.exists(node)) {
            throw new SensorException(node + " is missing; `sudo modprobe i2c-dev` brings it");
        }
        if (!Files.isReadable(node) || !Files.isWritable(node)) {
            throw new SensorException(
                    node + " may not be opened by this user; deploy/install.sh installs the udev rule,"
                            + " or add the user to the group of that file");
        }
    }

    /**
     * The kernel refuses such an address (I2C_SLAVE, EBUSY; Documentation/i2c/dev-interface.rst), but not to a descriptor
     * that had selected it before the driver came.
     */
    private static void checkDriver(Path device, int bus, int address) throws SensorException {
        var driver = device.resolve("driver");
        if (!Files.exists(driver)) {
            return;
        }
        throw new SensorException(String.format(
                Locale.ROOT,
                "0x%02x on i2c-%d is held by the kernel's driver %s; read it there (type = iio or hwmon), or take it"
                        + " from the driver: echo 0x%02x | sudo tee %s/delete_device",
                address,
                bus,
                name(driver),
                address,
                device.resolveSibling("i2c-" + bus)));
    }

    private static String name(Path driver) {
        try {
            var name = driver.toRealPath().getFileName();
            return name == null ? "" : name.toString();
        } catch (IOException going) {
            return "that is just going";
        }
    }

    private static String buses(Path devices) throws SensorException {
        if (!Files.isDirectory(devices)) {
            return "none";
        }
        try (var entries = Files.list(devices)) {
            var names = entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.matches("i2c-[0-9]+"))
                    .sorted()
                    .collect(Collectors.joining(", "));
            return names.isEmpty() ? "none" : names;
        } catch (IOException unreadable) {
            throw new SensorException(devices + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }
}
