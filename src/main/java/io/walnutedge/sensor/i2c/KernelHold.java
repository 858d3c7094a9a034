package io.walnutedge.sensor.i2c;

import io.walnutedge.reading.Measurement;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.files.DeviceFiles;
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
public record KernelHold(DeviceFiles files, Path directory) {
    public static KernelHold of(DeviceFiles files, int bus, int address) {
        return new KernelHold(
                files,
                files.sys().resolve("bus/i2c/devices").resolve(String.format(Locale.ROOT, "%d-%04x", bus, address)));
    }

    public boolean isHeld() {
        return files.exists(directory.resolve("driver"));
    }

    /** The driver's name, in words where it is just going. */
    public String driver() {
        try {
            return DeviceFiles.nameOf(directory.resolve("driver").toRealPath());
        } catch (IOException going) {
            return "that is just going";
        }
    }

    /**
     * A sensor of ours that reads no more when a driver of the kernel comes: the kernel refuses an address that it holds
     * (I2C_SLAVE, EBUSY), but not to a descriptor that had selected it before.
     */
    public static Sensor yielding(Sensor sensor, DeviceFiles files, I2cDevice device) throws SensorException {
        var address = device.mux().map(I2cDevice.MuxChannel::address).orElse(device.address());
        return new Yielding(sensor, device, of(files, device.bus().number(files), address));
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
