package io.walnutedge.actuator;

import io.walnutedge.actuator.ActuatorPlan.ChipAddress;
import io.walnutedge.board.Pin;
import io.walnutedge.gpio.Lines;
import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.I2cBus;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What actuators may touch, and the chips that several of them share. The thread {@code outputs}. */
public final class ActuatorHardware {
    private static final Logger LOG = LoggerFactory.getLogger(ActuatorHardware.class);
    private static final Duration PATIENCE = Duration.ofMillis(100);
    private static final Duration PREPARING = Duration.ofSeconds(5);

    private final Duration patience;
    private final Lines lines;
    private final Function<String, Pin> pins;
    private final Hardware hardware;
    private final Map<String, BusThread> buses = new HashMap<>();
    private final Map<ChipAddress, OutputChip> chips = new HashMap<>();

    /** @param pins finds a pin as the user wrote it */
    public ActuatorHardware(Lines lines, Function<String, Pin> pins, Hardware hardware) {
        this(lines, pins, hardware, PATIENCE);
    }

    /** @param patience how long the thread {@code outputs} waits for a transfer on a bus; more than 100 ms is for tests */
    public ActuatorHardware(Lines lines, Function<String, Pin> pins, Hardware hardware, Duration patience) {
        this.patience = patience;
        this.lines = lines;
        this.pins = pins;
        this.hardware = hardware;
    }

    /**
     * Makes one transfer on each bus, for at most 5 s each. The first one of a process loads Pi4J and its native library,
     * which takes longer than an output may: 20 s on an emulated board. Before the thread {@code outputs} begins; from the
     * thread that starts it.
     *
     * @param plans a chip that does not answer is no matter here: its outputs say so when they are opened
     */
    public void prepare(List<ActuatorPlan> plans) {
        var prepared = new HashSet<String>();
        for (var plan : plans) {
            plan.chip().filter(chip -> prepared.add(place(chip.bus()))).ifPresent(this::prepare);
        }
    }

    private void prepare(ChipAddress chip) {
        try {
            bus(chip.bus())
                    .run(
                            () -> {
                                try (var registers =
                                        hardware.registers(chip.bus().number(hardware.roots()), chip.address())) {
                                    return registers.read(1);
                                }
                            },
                            PREPARING);
        } catch (ActuatorException absent) {
            LOG.debug("{}", absent.getMessage());
        }
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

    BusThread bus(I2cBus bus) {
        return buses.computeIfAbsent(place(bus), name -> new BusThread(name, patience));
    }

    /** One for all names of a bus that is there. */
    private String place(I2cBus bus) {
        return bus.numbered(hardware.roots()).describe();
    }

    /** Forgets the chips that no output is a part of any more: another one may be at their address. */
    public void retain(Collection<ChipAddress> used) {
        chips.keySet().retainAll(used.stream().map(this::numbered).collect(Collectors.toSet()));
    }

    /** The one chip at an address, made when it is first asked for; its type is the same for all who ask. */
    OutputChip chip(ChipAddress address, Supplier<OutputChip> make) {
        return chips.computeIfAbsent(numbered(address), none -> make.get());
    }

    private ChipAddress numbered(ChipAddress address) {
        return address.numbered(hardware.roots());
    }
}
