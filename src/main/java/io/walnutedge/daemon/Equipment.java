package io.walnutedge.daemon;

import io.walnutedge.board.Pin;
import io.walnutedge.gpio.Lines;
import io.walnutedge.sensor.Hardware;
import java.util.function.Function;

/** What the daemon is to run on: the board, or a simulated one. Immutable; any thread. */
public record Equipment(Hardware hardware, Lines lines, Function<String, Pin> pins) {}
