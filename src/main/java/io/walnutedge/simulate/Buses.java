package io.walnutedge.simulate;

import io.walnutedge.hardware.I2cSlave;
import java.util.Map;

/** The I2C buses of a simulated board and the world around their chips. Any thread. */
interface Buses {
    /** By bus and address. */
    Map<Integer, Map<Integer, I2cSlave>> slaves();

    /** @param nanos since the start */
    void update(long nanos);
}
