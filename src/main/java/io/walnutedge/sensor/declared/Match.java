package io.walnutedge.sensor.declared;

import io.walnutedge.sensor.SensorException;
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
    void check(Link link, String question) throws SensorException, InterruptedException {
        step.command(link);
        var found = found(link);
        if (found != value) {
            throw wrong(link, found, question);
        }
    }

    /** Asks until the answer is there. */
    void await(Link link) throws SensorException, InterruptedException {
        var waited = Duration.ZERO;
        while (true) {
            step.command(link);
            var found = found(link);
            if (found == value) {
                return;
            }
            if (waited.compareTo(deadline) >= 0) {
                throw wrong(link, found, "not ready within its deadline of " + deadline.toMillis() + " ms");
            }
            link.pause(POLL);
            waited = waited.plus(POLL);
        }
    }

    private int found(Link link) throws SensorException {
        try {
            var number = 0;
            for (var each : step.checksum().checked(step.take(link))) {
                number = (number << 8) | (each & 0xff);
            }
            return number & mask;
        } catch (Checksum.WrongException wrong) {
            throw link.fault(step.describe() + ": " + wrong.getMessage());
        }
    }

    private SensorException wrong(Link link, int found, String question) {
        var digits = 2 * step.payload();
        return link.fault(String.format(
                Locale.ROOT,
                "%s is 0x%0" + digits + "x under the mask 0x%0" + digits + "x, not 0x%0" + digits + "x; %s",
                step.describe(),
                found,
                mask,
                value,
                question));
    }
}
