package io.walnutedge.actuator;

import io.walnutedge.actuator.ActuatorPlan.ChipAddress;
import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.i2c.Registers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** PCA9685 (NXP Rev. 4): 16 channels of 12 bits and one frequency. On its bus's thread only. */
final class Pca9685 extends OutputChip {
    /** Its own oscillator, 25 MHz (1, "features"). */
    private static final double OSCILLATOR = 25e6;

    private static final int STEPS = 4096; // 7.3.3
    private static final int MODE1 = 0x00; // table 4
    private static final int LED0_ON_L = 0x06;
    private static final int PRE_SCALE = 0xfe;
    private static final int AUTO_INCREMENT = 0x20; // MODE1, table 5
    private static final int SLEEP = 0x10;
    private static final int RESTART = 0x80;
    /** In LEDn_ON_H and LEDn_OFF_H (7.3.3): always on, always off; off wins. */
    private static final int FULL = 0x10;

    private final int prescale;
    private boolean isAwake;

    Pca9685(Hardware hardware, ChipAddress address, double frequency) {
        super(hardware, address);
        this.prescale = prescale(frequency);
    }

    /** 7.3.5, equation 1; 3 to 255. */
    static int prescale(double frequency) {
        return (int) Math.round(OSCILLATOR / (STEPS * frequency)) - 1;
    }

    boolean hasPrescale(int other) {
        return prescale == other;
    }

    @Override
    double read(Registers registers, int line) throws SensorException {
        if ((mode(registers) & SLEEP) != 0) {
            if (isAwake) {
                throw lost();
            }
            return 0;
        }
        var read = registers.readRegister(LED0_ON_L + 4 * line, 4);
        if ((read[3] & FULL) != 0) {
            return 0;
        }
        if ((read[1] & FULL) != 0) {
            return 1;
        }
        var on = (read[0] & 0xff) | (read[1] & 0x0f) << 8;
        var off = (read[2] & 0xff) | (read[3] & 0x0f) << 8;
        return Math.floorMod(off - on, STEPS) / (double) STEPS;
    }

    /** The channel's level before the chip is woken up, so that it shows no other one first. */
    @Override
    void drive(Registers registers, int line, double level) throws SensorException {
        var mode = mode(registers);
        if (isAwake && (mode & SLEEP) != 0) {
            throw lost();
        }
        if (!isAwake) {
            prepare(registers, mode);
        }
        write(registers, line, level);
        if (!isAwake) {
            registers.write(MODE1, (mode & ~(SLEEP | RESTART)) | AUTO_INCREMENT);
            isAwake = true;
        }
    }

    /** PRE_SCALE can be written in SLEEP alone (7.3.5). One that runs at this frequency already goes on. */
    private void prepare(Registers registers, int mode) throws SensorException {
        var isOther = (registers.readRegister(PRE_SCALE, 1)[0] & 0xff) != prescale;
        if (isOther) {
            registers.write(MODE1, (mode & ~RESTART) | SLEEP | AUTO_INCREMENT);
            registers.write(PRE_SCALE, prescale);
        } else {
            registers.write(MODE1, (mode & ~RESTART) | AUTO_INCREMENT);
        }
    }

    private static void write(Registers registers, int line, double level) throws SensorException {
        registers.write(channel(line, level));
    }

    /** LEDn_ON_L and what follows (7.3.3). */
    private static int[] channel(int line, double level) {
        var off = (int) Math.round(level * STEPS);
        var register = LED0_ON_L + 4 * line;
        if (off <= 0) {
            return new int[] {register, 0, 0, 0, FULL};
        }
        return off >= STEPS ? new int[] {register, 0, FULL, 0, 0} : new int[] {register, 0, 0, off & 0xff, off >> 8};
    }

    @Override
    List<Integer> bytes(int line, Map<Integer, Double> levels) {
        return Arrays.stream(channel(line, levels.getOrDefault(line, 0.0)))
                .boxed()
                .toList();
    }

    private static int mode(Registers registers) throws SensorException {
        return registers.readRegister(MODE1, 1)[0] & 0xff;
    }

    @Override
    void forget() {
        isAwake = false;
    }
}
