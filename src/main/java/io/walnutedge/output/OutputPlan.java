package io.walnutedge.output;

import io.walnutedge.board.Pin;
import io.walnutedge.config.OutputConfig;

/** An output and the line it was found to be on. Immutable; any thread. */
public record OutputPlan(OutputConfig config, Pin pin) {
    /** The physical level of a state. */
    boolean level(boolean on) {
        return on != config.activeLow();
    }
}
