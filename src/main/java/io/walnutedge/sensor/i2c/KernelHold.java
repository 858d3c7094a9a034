package io.walnutedge.sensor.i2c;

import io.walnutedge.reading.Measurement;
import io.walnutedge.sensor.DeviceDirs;
import io.walnutedge.sensor.Roots;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Whether a driver of the kernel holds an address (Documentation/i2c/dev-interface.rst): what it holds is never touched.
 * Immutable; any thread.
 *
 * @param directory of the device in sysfs, which need not be there
 */
public record KernelHold(Path directory) {
    public static KernelHold of(Roots roots, int bus, int address) {
        return new KernelHold(
                roots.sys().resolve("bus/i2c/devices").resolve(String.format(Locale.ROOT, "%d-%04x", bus, address)));
    }

    public boolean isHeld() {
        return DeviceDirs.exists(directory.resolve("driver"));
    }

    /** The driver's name, in words where it is just going. */
    public String driver() {
        try {
            return DeviceDirs.nameOf(directory.resolve("driver").toRealPath());
        } catch (IOException going) {
            return "that is just going";
        }
    }

    /**
     * A sensor of ours that reads no more when a driver of the kernel comes: the kernel refuses an address that it holds
     * (I2C_SLAVE, EBUSY), but not to a descriptor that had selected it before.
     */
    public static Sensor yielding(Sensor sensor, Roots roots, I2cDevice device) throws SensorException {
        var address = device.mux().map(I2cDevice.MuxChannel::address).orElse(device.address());
        return new Yielding(sensor, device, of(roots, device.bus().number(roots), address));
    }

    private record Yielding(Sensor sensor, I2cDevice device, KernelHold hold) implements Sensor {
        @Override
        public List<Measurement> read() throws SensorException, InterruptedException {
            if (hold.isHeld()) {
                throw new SensorException(
                        "the kernel's driver " + hold.driver() + " has taken " + device.describe() + " meanwhile");
            }
            return sensor.read();
        }

        @Override
        public void close() {
            sensor.close();
        }
    }
}
