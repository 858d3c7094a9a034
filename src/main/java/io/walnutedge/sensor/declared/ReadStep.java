package io.walnutedge.sensor.declared;

import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.i2c.I2cChip;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * One answer to fetch: perhaps a command and a wait, then a register or a plain read. Immutable; any thread.
 *
 * @param command written before; empty for none
 * @param register -1 for a plain read
 * @param bytes of the answer with its checksums
 */
record ReadStep(List<Integer> command, Duration pause, int register, int bytes, Checksum checksum) {
    static final int PLAIN = -1;

    int payload() {
        return checksum.payload(bytes);
    }

    void command(I2cChip chip) throws SensorException, InterruptedException {
        if (!command.isEmpty()) {
            chip.write(command);
        }
        chip.pause(pause);
    }

    /** The answer as it comes, with its checksums. */
    byte[] take(I2cChip chip) throws SensorException {
        return register == PLAIN ? chip.read(bytes) : chip.readRegister(register, bytes);
    }

    /** For people. */
    String describe() {
        if (register != PLAIN) {
            return String.format(Locale.ROOT, "register 0x%02x", register);
        }
        var words = new StringBuilder(command.isEmpty() ? "its plain answer" : "its answer to");
        command.forEach(each -> words.append(String.format(Locale.ROOT, " %02x", each)));
        return words.toString();
    }
}
