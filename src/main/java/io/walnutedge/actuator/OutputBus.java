package io.walnutedge.actuator;

import io.walnutedge.sensor.i2c.I2cBus;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** An I2C bus with outputs, whatever its number: its thread, and the chips that several of them share. Any thread. */
final class OutputBus {
    private volatile I2cBus name;
    private final BusThread thread;
    /** By address. */
    private final Map<Integer, OutputChip> chips = new HashMap<>();

    OutputBus(I2cBus name, Duration patience) {
        this.name = name;
        this.thread = new BusThread(() -> this.name.describe(), patience);
    }

    I2cBus name() {
        return name;
    }

    BusThread thread() {
        return thread;
    }

    /** Instead of a number, which it may lose, it goes by a name. */
    synchronized void alsoCalled(I2cBus other) {
        if (name.isNumber() && !other.isNumber()) {
            name = other;
            chips.values().forEach(chip -> chip.isOn(other));
        }
    }

    /** The one chip at an address, made when it is first asked for; its type is the same for all who ask. */
    synchronized OutputChip chip(int address, Supplier<OutputChip> make) {
        return chips.computeIfAbsent(address, none -> {
            var chip = make.get();
            chip.isOn(name);
            return chip;
        });
    }

    /** Forgets the chips at all other addresses. */
    synchronized void retain(Set<Integer> addresses) {
        chips.keySet().retainAll(addresses);
    }
}
