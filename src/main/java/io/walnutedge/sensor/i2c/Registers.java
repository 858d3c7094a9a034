package io.walnutedge.sensor.i2c;

import io.walnutedge.sensor.SensorException;

/** A device on an I2C bus. Used by one thread at a time; the bus itself may be shared. */
public interface Registers extends AutoCloseable {
    /**
     * One write transfer: register number and data, or a command.
     *
     * @throws SensorException if the device does not acknowledge or the bus fails
     */
    void write(int... bytes) throws SensorException;

    /** One read transfer without a register number, exactly {@code count} bytes. */
    byte[] read(int count) throws SensorException;

    /** Register number, repeated start, then exactly {@code count} bytes. */
    byte[] readRegister(int register, int count) throws SensorException;

    /** Gives the device back; may be called twice. */
    @Override
    void close();
}
