package io.walnutedge.input;

import io.walnutedge.event.InputEvent;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Value;

/** Hears what inputs see. Called on the loop's thread; must only enqueue. */
public interface InputListener {
    /** The state at start (and when the input is back after a failure), and each debounced change. */
    void changed(ItemId id, boolean on);

    /** Something happened to a key, just now. */
    void happened(ItemId id, InputEvent event);

    /**
     * A counter's total or rate, as of now.
     *
     * @param quantity {@code total} or {@code rate}
     * @param value ready to be published
     */
    void counted(ItemId id, String quantity, Value value);

    /**
     * The input's availability is known for the first time, or changed. While it is offline its state is unknown.
     *
     * @param why empty where it is online, else a sentence for its owner
     */
    void availability(ItemId id, boolean online, String why);
}
