package io.walnutedge.actuator;

import io.walnutedge.actuator.ActuatorPlan.ChipAddress;
import io.walnutedge.board.Pin;
import io.walnutedge.gpio.Lines;
import io.walnutedge.sensor.Hardware;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** What actuators may touch, and the chips that several of them share. The thread {@code outputs}. */
public final class ActuatorHardware {
    private final Lines lines;
    private final Function<String, Pin> pins;
    private final Hardware hardware;
    private final Map<Integer, BusThread> buses = new HashMap<>();
    private final Map<ChipAddress, OutputChip> chips = new HashMap<>();

    /** @param pins finds a pin as the user wrote it */
    public ActuatorHardware(Lines lines, Function<String, Pin> pins, Hardware hardware) {
        this.lines = lines;
        this.pins = pins;
        this.hardware = hardware;
    }

    Lines lines() {
        return lines;
    }

    Function<String, Pin> pins() {
        return pins;
    }

    Hardware hardware() {
        return hardware;
    }

    BusThread bus(int number) {
        return buses.computeIfAbsent(number, BusThread::new);
    }

    /** The one chip at an address, made when it is first asked for; its type is the same for all who ask. */
    OutputChip chip(ChipAddress address, Supplier<OutputChip> make) {
        return chips.computeIfAbsent(address, none -> make.get());
    }
}
