package io.walnutedge.actuator;

import io.walnutedge.actuator.Actuator.BusWrite;
import io.walnutedge.actuator.Actuator.LastWrite;
import io.walnutedge.actuator.ActuatorPlan.ChipAddress;
import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.files.DeviceFiles;
import io.walnutedge.sensor.i2c.I2cBus;
import io.walnutedge.sensor.i2c.I2cBuses;
import io.walnutedge.sensor.i2c.Registers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A chip whose lines are outputs of several owners. On its bus's thread only. A chip that lost its power, and with it what
 * was written, is noticed by the registers that say otherwise: then all of its lines are lost, and each is taken hold of anew.
 */
abstract class OutputChip {
    /** For {@code check}. */
    static final String AFTER_A_CRASH =
            "after a crash i2ctransfer (package i2c-tools) brings it to its state on stop; without it the restart does";

    private final Hardware hardware;
    private volatile ChipAddress address;
    private @Nullable Registers registers;
    /** Of its bus, when it was last opened. */
    private volatile @Nullable Integer number;

    private final Map<Integer, Double> last = new HashMap<>();
    private int reset;

    OutputChip(Hardware hardware, ChipAddress address) {
        this.hardware = hardware;
        this.address = address;
    }

    /** From its next opening on its bus is found by this name. Any thread. */
    final void isOn(I2cBus bus) {
        address = new ChipAddress(bus, address.address());
    }

    /** The level that a line shows, before or after it is driven. */
    abstract double read(Registers registers, int line) throws SensorException;

    /** Drives a line without touching others; throws {@link #lost} where the chip is not as it was left. */
    abstract void drive(Registers registers, int line, double level) throws SensorException;

    /**
     * The bytes that bring lines to levels, whatever they are at now. Not on the bus's thread.
     *
     * @param levels by line: the one that is asked for, and all that were asked for before, as some chips take only whole
     *     ports
     */
    abstract List<Integer> bytes(int line, Map<Integer, Double> levels);

    /** What was known of its lines does not hold any more. */
    abstract void forget();

    /** The thread {@code outputs}. */
    final List<LastWrite> lastWrites(int line, double level) {
        last.put(line, level);
        var bus = number;
        return bus == null ? List.of() : List.of(new BusWrite(bus, address.address(), bytes(line, last)));
    }

    /** Some bits of a word as levels say. */
    static int merged(int word, Map<Integer, Double> levels) {
        var merged = word;
        for (var each : levels.entrySet()) {
            var bit = 1 << each.getKey();
            merged = each.getValue() >= 0.5 ? merged | bit : merged & ~bit;
        }
        return merged;
    }

    /** How often it lost its state; a line that was driven before the last time shows nobody knows what. */
    final int resets() {
        return reset;
    }

    final double read(int line) throws SensorException {
        return guarded(open -> read(open, line));
    }

    final void drive(int line, double level) throws SensorException {
        guarded(open -> {
            drive(open, line, level);
            return level;
        });
    }

    final SensorException lost() {
        reset++;
        forget();
        return new SensorException(where() + " was reset: it does not have what was written");
    }

    final String where() {
        return address.describe();
    }

    private interface Act {
        double run(Registers registers) throws SensorException;
    }

    /** After an error the device is opened anew: it may be another one. */
    private double guarded(Act act) throws SensorException {
        try {
            if (registers == null) {
                var bus = address.bus().number(hardware.access(DeviceFiles.class));
                number = bus;
                registers = hardware.access(I2cBuses.class).registers(bus, address.address());
            }
            return act.run(registers);
        } catch (SensorException | RuntimeException failed) {
            if (registers != null) {
                registers.close();
                registers = null;
            }
            throw failed;
        }
    }
}
