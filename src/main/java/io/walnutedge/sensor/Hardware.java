package io.walnutedge.sensor;

import java.time.Duration;

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

    /** Waits for a conversion; the only way for a driver to wait. */
    void pause(Duration duration) throws InterruptedException;
}
