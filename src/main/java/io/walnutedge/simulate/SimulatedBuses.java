package io.walnutedge.simulate;

import io.walnutedge.sensor.i2c.I2cBus;
import java.util.LinkedHashMap;
import java.util.Map;

/** Gives the buses that a plan names numbers behind those that it numbers. One thread. */
final class SimulatedBuses {
    /** Above what a configuration takes for a number. */
    private static final int FIRST = 256;

    private final Map<String, Integer> named = new LinkedHashMap<>();

    int number(I2cBus bus) {
        if (bus.isNumber()) {
            return Integer.parseInt(bus.text());
        }
        // bus 1 is there, by this name, without chips too
        return bus.text().equals(SimulatedTree.ADAPTER)
                ? 1
                : named.computeIfAbsent(bus.text(), name -> FIRST + named.size());
    }

    /** Numbers by name. */
    Map<String, Integer> named() {
        return named;
    }
}
