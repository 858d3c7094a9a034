package io.walnutedge.sensor.declared;

import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.i2c.I2cChip;
import java.time.Duration;
import java.util.Locale;

/**
 * What an answer has to be under a mask: an identity, a configuration or a ready bit. Immutable; any thread.
 *
 * @param deadline how long it may take to become so
 */
record Match(ReadStep step, int mask, int value, Duration deadline) {
    private static final Duration POLL = Duration.ofMillis(1);

    /** Refuses another answer. */
    void check(I2cChip chip, String question) throws SensorException, InterruptedException {
        step.command(chip);
        var found = found(chip);
        if (found != value) {
            throw wrong(chip, found, question);
        }
    }

    /** Asks until the answer is there. */
    void await(I2cChip chip) throws SensorException, InterruptedException {
        var waited = Duration.ZERO;
        while (true) {
            step.command(chip);
            var found = found(chip);
            if (found == value) {
                return;
            }
            if (waited.compareTo(deadline) >= 0) {
                throw wrong(chip, found, "not ready within its deadline of " + deadline.toMillis() + " ms");
            }
            chip.pause(POLL);
            waited = waited.plus(POLL);
        }
    }

    private int found(I2cChip chip) throws SensorException {
        try {
            var number = 0;
            for (var each : step.checksum().checked(step.take(chip))) {
                number = (number << 8) | (each & 0xff);
            }
            return number & mask;
        } catch (Checksum.WrongException wrong) {
            throw chip.fault(step.describe() + ": " + wrong.getMessage());
        }
    }

    private SensorException wrong(I2cChip chip, int found, String question) {
        var digits = 2 * step.payload();
        return chip.fault(String.format(
                Locale.ROOT,
                "%s is 0x%0" + digits + "x under the mask 0x%0" + digits + "x, not 0x%0" + digits + "x; %s",
                step.describe(),
                found,
                mask,
                value,
                question));
    }
}
