package io.walnutedge.sensor.declared;

import io.walnutedge.sensor.SensorException;
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

    void command(Link link) throws SensorException, InterruptedException {
        if (!command.isEmpty()) {
            link.write(command);
        }
        link.pause(pause);
    }

    /** The answer as it comes, with its checksums. */
    byte[] take(Link link) throws SensorException {
        return register == PLAIN ? link.read(bytes) : link.readRegister(register, bytes);
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
