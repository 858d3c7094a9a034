package io.walnutedge.sensor;

import io.walnutedge.hocon.ConfigTable;
import java.util.List;

/** What a sensor occupies: a device on a bus, a port, a file, a program or other sensors. Immutable; any thread. */
public interface Source {
    /** In words, for tables and logs. */
    String describe();

    /** Whose thread reads it; may read files, for what moves has to be looked up. */
    Lane lane(Hardware hardware);

    /** Notes a problem where the source cannot be used beside those that occupy something already. */
    default void occupy(ConfigTable settings, Occupancy occupancy) {}

    /** What keeps it from working on this machine, as far as can be seen without opening it; may read files. */
    default List<String> notes() {
        return List.of();
    }

    /** The quantities of other sensors that it is. */
    default List<SensorPlan.Input> inputs() {
        return List.of();
    }

    /** Whether one quantity can be without a value while nothing has failed. */
    default boolean mayLackValues() {
        return false;
    }

    /** Whether reading it costs no more than a call of the kernel, so that it may be tried every few seconds. */
    default boolean isCheap() {
        return false;
    }
}
