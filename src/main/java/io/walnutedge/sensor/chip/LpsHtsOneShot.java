package io.walnutedge.sensor.chip;

import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.i2c.I2cChip;
import java.time.Duration;

/**
 * What ST's LPS25H and HTS221 have in common: single conversions, prepared anew each time so that a power cut costs nothing,
 * with what was written read back before the values count. Used by one thread at a time.
 *
 * @param average AVGT and AVGP or AVGH
 * @param averageBits of the register that are not reserved
 */
record LpsHtsOneShot(I2cChip chip, int average, int averageBits, Duration conversion) {
    private static final int AVERAGE = 0x10; // RES_CONF, AV_CONF
    private static final int CTRL_REG1 = 0x20;
    private static final int POWER_DOWN = 0x00;
    private static final int ACTIVE = 0x84; // PD and BDU, data rate of single conversions
    private static final int CTRL_REG2 = 0x21;
    private static final int ONE_SHOT = 0x01; // falls back to 0 at the end
    private static final int STATUS_REG = 0x27;
    private static final int BOTH_AVAILABLE = 0x03; // P_DA or H_DA, and T_DA
    private static final int OUT = 0x28;
    static final int SEVERAL = 0x80; // I2C operation: the register number counts up

    /** Both values of one conversion, in one transfer. */
    byte[] converted(int count) throws SensorException, InterruptedException {
        chip.write(CTRL_REG1, POWER_DOWN);
        chip.write(AVERAGE, average);
        chip.write(CTRL_REG1, ACTIVE);
        chip.write(CTRL_REG2, ONE_SHOT);
        chip.await(conversion, this::isOver);
        var data = chip.alive(chip.readRegister(OUT | SEVERAL, count));
        chip.same("average", average, chip.readRegister(AVERAGE, 1)[0] & averageBits);
        return data;
    }

    private boolean isOver() throws SensorException {
        var control = chip.readRegister(CTRL_REG1 | SEVERAL, 2);
        chip.same("CTRL_REG1", ACTIVE, control[0] & 0xff);
        return (control[1] & ONE_SHOT) == 0 && (chip.readRegister(STATUS_REG, 1)[0] & BOTH_AVAILABLE) == BOTH_AVAILABLE;
    }

    /** A word of 16 bits with a sign, the lower byte first. */
    static int signed(byte[] data, int at) {
        return (short) I2cChip.littleEndian16(data, at);
    }
}
