package io.walnutedge.actuator;

import io.walnutedge.board.Pin;
import io.walnutedge.gpio.Lines;
import io.walnutedge.sensor.Hardware;
import java.util.function.Function;

/**
 * What actuators may touch.
 *
 * @param pins finds a pin as the user wrote it
 */
public record ActuatorHardware(Lines lines, Function<String, Pin> pins, Hardware hardware) {}
