package io.walnutedge.demo;

import io.walnutedge.daemon.Equipment;

/** A board that is not there. Any thread. */
interface SimulatedEnvironment {
    /** Lets its values move. */
    void start();

    Equipment equipment();

    /** The level on a pin. */
    boolean isHigh(String pin);
}
