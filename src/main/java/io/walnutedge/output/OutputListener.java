package io.walnutedge.output;

import io.walnutedge.event.OutputState;
import io.walnutedge.reading.ItemId;

/** Hears what outputs do, after they have done it. Called on the loop's thread; must only enqueue. */
public interface OutputListener {
    /** The line was driven; also called where a command found the state as it wanted it. */
    void changed(ItemId id, OutputState state);

    /**
     * The output's availability is known for the first time, or changed. While it is offline its state is unknown.
     *
     * @param why empty where it is online, else a sentence for its owner
     */
    void availability(ItemId id, boolean online, String why);
}
