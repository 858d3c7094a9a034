package io.walnutedge.input;

import io.walnutedge.reading.SensorId;

/** Hears what inputs see. Called on the loop's thread; must only enqueue. */
public interface InputListener {
    /** The state at start (and when the input is back after a failure), and each debounced change. */
    void changed(SensorId id, boolean on);

    /**
     * The input's availability is known for the first time, or changed. While it is offline its state is unknown.
     *
     * @param why empty where it is online, else a sentence for its owner
     */
    void availability(SensorId id, boolean online, String why);
}
