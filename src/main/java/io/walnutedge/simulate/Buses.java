package io.walnutedge.simulate;

import io.walnutedge.hardware.I2cTarget;
import java.util.Map;

/** The I2C buses of a simulated board and the world around their chips. Any thread. */
interface Buses {
    /** By bus and address. */
    Map<Integer, Map<Integer, I2cTarget>> slaves();

    /** The numbers of those that the plan names. */
    default Map<String, Integer> named() {
        return Map.of();
    }

    /** @param nanos since the start */
    void update(long nanos);
}
