package io.walnutedge.actuator;

import io.walnutedge.actuator.ActuatorPlan.ChipAddress;
import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.i2c.Registers;
import java.util.List;
import java.util.Map;

/**
 * PCF8574, PCF8574A (NXP PCF8574 Rev. 5) and PCF8575 (NXP PCF8575 Rev. 3): quasi-bidirectional lines without registers. A
 * line that is low is pulled low, one that is high only weakly high, so that it may serve as an input (section 8.1 of
 * both): lines that nobody has opened stay high. What was written cannot be read, only what the lines show. On its bus's
 * thread only.
 */
final class Pcf857x extends OutputChip {
    private final int bytes;
    /** After power-on all lines are high (section 8.2 "power-on reset" of both). */
    private volatile int latch = ~0;

    Pcf857x(Hardware hardware, ChipAddress address, int bytes) {
        super(hardware, address);
        this.bytes = bytes;
    }

    @Override
    double read(Registers registers, int line) throws SensorException {
        return (shown(registers) >> line) & 1;
    }

    /** A line that was driven low and is high: nothing else than a reset does that. */
    @Override
    void drive(Registers registers, int line, double level) throws SensorException {
        if ((shown(registers) & ~latch & mask()) != 0) {
            throw lost();
        }
        var bit = 1 << line;
        var wanted = level >= 0.5 ? latch | bit : latch & ~bit;
        if (bytes == 2) {
            registers.write(wanted & 0xff, (wanted >> 8) & 0xff);
        } else {
            registers.write(wanted & 0xff);
        }
        latch = wanted;
    }

    @Override
    List<Integer> bytes(int line, Map<Integer, Double> levels) {
        var word = merged(latch, levels);
        return bytes == 2 ? List.of(word & 0xff, (word >> 8) & 0xff) : List.of(word & 0xff);
    }

    @Override
    void forget() {
        latch = ~0;
    }

    private int mask() {
        return (1 << (8 * bytes)) - 1;
    }

    private int shown(Registers registers) throws SensorException {
        var read = registers.read(bytes);
        return (read[0] & 0xff) | (bytes == 2 ? (read[1] & 0xff) << 8 : 0);
    }
}
