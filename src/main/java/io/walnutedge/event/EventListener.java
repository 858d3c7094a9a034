package io.walnutedge.event;

import io.walnutedge.reading.Absence;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Reading;
import java.util.List;
import java.util.Optional;

/**
 * Receives events; each kind that is of no interest is ignored by default. Called on the thread of the event's source, often
 * under its lock: an implementation is thread-safe, never blocks, and waits for no other thread.
 */
public interface EventListener {
    /** The readings of one or more sensors that were due together, or of one counter; in order. A sampling thread, or the loop's. */
    default void readings(List<Reading> batch) {}

    /**
     * The availability of a sensor, an input or an output changed or is known for the first time, or what has failed of it.
     * While an input or an output is offline its state is unknown. A sampling thread, or the loop's.
     *
     * @param why what has failed, a sentence for its owner: of an online sensor some quantities only; empty where nothing has
     */
    default void availability(ItemId id, boolean online, String why) {}

    /**
     * Whether a quantity has a value changed (or is known for the first time), or the reason why it has none; of sensors
     * with {@code SensorPlan.isEachAvailable}. A sampling thread.
     *
     * @param absence why it has none; empty where it has one
     */
    default void quantity(ItemId sensor, String quantity, Optional<Absence> absence) {}

    /** An output was driven; also called where a command found the state as it wanted it. The loop's thread. */
    default void output(ItemId id, OutputState state) {}

    /** The state of a contact at start (and when it is back after a failure), and each debounced change. The loop's thread. */
    default void contact(ItemId id, boolean on) {}

    /** Something happened to a key, just now. The loop's thread. */
    default void key(ItemId id, InputEvent event) {}

    /**
     * An alert of the board itself begins, changes or ends. The thread of the housekeeping, or the store's.
     *
     * @param what as in topics: {@code clock}
     * @param why a sentence; empty where it is over
     */
    default void alert(String what, String why) {}

    /** The connection to the broker was made or lost. The thread {@code link}. */
    default void link(boolean connected) {}
}
