package io.walnutedge.sensor;

import io.walnutedge.reading.ItemId;
import java.time.Duration;
import java.util.Optional;

/** What a sensor may touch. Any thread; what it hands out is for one thread. */
public interface Hardware {
    /** Where sysfs, procfs and the device nodes are. */
    Roots roots();

    /**
     * Opens a device on an I2C bus, without a transfer.
     *
     * @throws SensorException if the bus is missing or not permitted, or a kernel driver holds the address
     */
    Registers registers(int bus, int address) throws SensorException;

    /** The newest published value of another sensor; empty where there is none, or that sensor is offline. */
    default Optional<Latest> latest(ItemId sensor, String quantity) {
        return Optional.empty();
    }

    /** A value, as it was published, and its age. */
    record Latest(double value, Duration age) {}

    /** A monotonic clock in nanoseconds, for drivers that have to know how long ago something was. */
    default long nanoTime() {
        return System.nanoTime();
    }

    /**
     * Waits for a conversion; the only way for a driver to wait. It holds the bus's thread, and so all sensors of the bus:
     * what takes longer than a second answers no value until it has one, see {@link Sensor#read}.
     */
    void pause(Duration duration) throws InterruptedException;
}
