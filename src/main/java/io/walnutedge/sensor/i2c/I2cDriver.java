package io.walnutedge.sensor.i2c;

import io.walnutedge.sensor.SensorDriver;

/** A driver of one type of chip on an I2C bus. Stateless; any thread. */
public interface I2cDriver extends SensorDriver {
    /** Where the chip may be and what tells it; its first name is the value of {@code type}. */
    ChipDescriptor chip();

    @Override
    default String name() {
        return chip().name();
    }

    @Override
    default String title() {
        return chip().title();
    }
}
