package io.walnutedge.sensor.i2c;

import io.walnutedge.sensor.SensorException;

/** The I2C buses that sensors and outputs may touch. Any thread; what it hands out is for one thread. */
@FunctionalInterface
public interface I2cBuses {
    /**
     * Opens a device on a bus, without a transfer.
     *
     * @throws SensorException if the bus is missing or not permitted, or a kernel driver holds the address
     */
    Registers registers(int bus, int address) throws SensorException;
}
