package io.walnutedge.actuator;

import io.walnutedge.actuator.ActuatorPlan.ChipAddress;
import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.i2c.Registers;
import java.util.List;
import java.util.Map;

/**
 * MCP23017 (Microchip DS20001952C) and MCP23008 (DS21919E), with the registers in the order of IOCON.BANK = 0, as after
 * power-on (DS20001952C, table 3-1). Both ports of the 23017 are one word, port A the low byte. On its bus's thread only.
 */
final class Mcp230xx extends OutputChip {
    private final int bytes;
    private final int iodir;
    private final int gpio;
    private final int olat;
    /** As it was written last. */
    private volatile int latch;

    private int owned;
    private int levels;

    private Mcp230xx(Hardware hardware, ChipAddress address, int bytes, int iodir, int gpio, int olat) {
        super(hardware, address);
        this.bytes = bytes;
        this.iodir = iodir;
        this.gpio = gpio;
        this.olat = olat;
    }

    /** DS20001952C, table 3-5: IODIRA 00h, GPIOA 12h, OLATA 14h, each with its port B behind it. */
    static Mcp230xx of23017(Hardware hardware, ChipAddress address) {
        return new Mcp230xx(hardware, address, 2, 0x00, 0x12, 0x14);
    }

    /** DS21919E, table 1-2: IODIR 00h, GPIO 09h, OLAT 0Ah. */
    static Mcp230xx of23008(Hardware hardware, ChipAddress address) {
        return new Mcp230xx(hardware, address, 1, 0x00, 0x09, 0x0a);
    }

    @Override
    double read(Registers registers, int line) throws SensorException {
        return (word(registers, gpio) >> line) & 1;
    }

    /** The latch before the direction, so that the line shows no other level first. */
    @Override
    void drive(Registers registers, int line, double level) throws SensorException {
        var inputs = word(registers, iodir);
        var latch = word(registers, olat);
        if ((inputs & owned) != 0 || (latch & owned) != levels) {
            throw lost();
        }
        var bit = 1 << line;
        var wanted = level >= 0.5 ? latch | bit : latch & ~bit;
        if (wanted != latch) {
            write(registers, olat, wanted);
        }
        if ((inputs & bit) != 0) {
            write(registers, iodir, inputs & ~bit);
        }
        this.latch = wanted;
        owned |= bit;
        levels = wanted & owned;
    }

    @Override
    List<Integer> bytes(int line, Map<Integer, Double> levels) {
        var word = merged(latch, levels);
        return bytes == 2 ? List.of(olat, word & 0xff, (word >> 8) & 0xff) : List.of(olat, word & 0xff);
    }

    @Override
    void forget() {
        owned = 0;
        levels = 0;
    }

    /** Addresses count up within a pair of ports (DS20001952C, 3.2.1, IOCON.SEQOP = 0). */
    private int word(Registers registers, int register) throws SensorException {
        var read = registers.readRegister(register, bytes);
        return (read[0] & 0xff) | (bytes == 2 ? (read[1] & 0xff) << 8 : 0);
    }

    private void write(Registers registers, int register, int word) throws SensorException {
        if (bytes == 2) {
            registers.write(register, word & 0xff, word >> 8);
        } else {
            registers.write(register, word & 0xff);
        }
    }
}
