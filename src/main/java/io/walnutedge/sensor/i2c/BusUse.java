package io.walnutedge.sensor.i2c;

import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.sensor.files.DeviceFiles;
import io.walnutedge.sensor.i2c.I2cDevice.MuxChannel;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which sensor has which I2C device. An address that is on the bus itself must not be behind a switch of that bus: while
 * the switch connects, both would answer. One thread.
 */
public final class BusUse {
    private final DeviceFiles files;
    private final Map<I2cDevice, String> users = new LinkedHashMap<>();

    /** Of this machine. */
    BusUse() {
        this(DeviceFiles.SYSTEM);
    }

    /** @param files where a bus that is named is looked up */
    public BusUse(DeviceFiles files) {
        this.files = files;
    }

    /** Notes the sensor as the device's user, or a problem with its address. */
    void use(ConfigTable settings, I2cDevice named) {
        var device = new I2cDevice(named.bus().numbered(files), named.address(), named.mux());
        users.forEach((other, user) -> {
            if (other.equals(device)) {
                settings.problem("address", device.describe() + " is used by " + user + " already");
            } else if (other.bus().equals(device.bus())) {
                checkBehind(settings, device, other, user);
                checkBehind(settings, other, device, user);
            }
        });
        device.mux()
                .map(MuxChannel::address)
                .filter(address -> address == device.address())
                .ifPresent(address -> settings.problem("address", "is the address of its own switch"));
        users.putIfAbsent(device, settings.path() + " (" + settings.where("type") + ")");
    }

    /** @param user of either */
    private static void checkBehind(ConfigTable settings, I2cDevice direct, I2cDevice behind, String user) {
        if (direct.mux().isPresent() || behind.mux().isEmpty()) {
            return;
        }
        if (direct.address() == behind.address()) {
            settings.problem(
                    "address",
                    behind.describe() + " and " + direct.describe() + " would answer together; see " + user
                            + ": give one of them another address, or put both behind the switch");
        }
        if (direct.address() == behind.mux().get().address()) {
            settings.problem("address", direct.describe() + " is a switch; see " + user);
        }
    }
}
