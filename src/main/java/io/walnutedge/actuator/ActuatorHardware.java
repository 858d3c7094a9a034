package io.walnutedge.actuator;

import io.walnutedge.actuator.ActuatorPlan.ChipAddress;
import io.walnutedge.board.Pin;
import io.walnutedge.gpio.Lines;
import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.files.DeviceFiles;
import io.walnutedge.sensor.i2c.I2cBus;
import io.walnutedge.sensor.i2c.I2cBuses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
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
    private final List<OutputBus> buses = new ArrayList<>();

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
        var prepared = new HashSet<OutputBus>();
        for (var plan : plans) {
            plan.chip().filter(chip -> prepared.add(bus(chip.bus()))).ifPresent(this::prepare);
        }
    }

    private void prepare(ChipAddress chip) {
        try {
            bus(chip.bus())
                    .thread()
                    .run(
                            () -> {
                                try (var registers = hardware.access(I2cBuses.class)
                                        .registers(
                                                chip.bus().number(hardware.access(DeviceFiles.class)),
                                                chip.address())) {
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

    /**
     * The one for all names of a bus that is there. It stays the same when the bus gets another number: its chips may have
     * kept their power, and what is known of their lines holds. Any thread.
     */
    synchronized OutputBus bus(I2cBus name) {
        var files = hardware.access(DeviceFiles.class);
        var number = name.numbered(files);
        // a name stays with its adapter; the number may be another one's by now
        var known = buses.stream()
                .filter(each -> each.name().numbered(files).equals(number))
                .min(Comparator.comparing(each -> each.name().isNumber()));
        if (known.isPresent()) {
            known.get().alsoCalled(name);
            return known.get();
        }
        var made = new OutputBus(name, patience);
        buses.add(made);
        return made;
    }

    /** Forgets the chips that no output is a part of any more: another one may be at their address. */
    public synchronized void retain(Collection<ChipAddress> used) {
        var kept = used.stream()
                .collect(Collectors.groupingBy(
                        chip -> bus(chip.bus()), Collectors.mapping(ChipAddress::address, Collectors.toSet())));
        buses.retainAll(kept.keySet());
        kept.forEach(OutputBus::retain);
    }
}
