package io.walnutedge.input;

import io.walnutedge.board.Pin;
import io.walnutedge.config.InputConfig;

/** An input and the line it was found to be on. Immutable; any thread. */
public record InputPlan(InputConfig config, Pin pin) {}
