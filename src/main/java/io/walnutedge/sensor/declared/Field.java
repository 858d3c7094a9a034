package io.walnutedge.sensor.declared;

import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One quantity within the answers of a reading. Immutable; any thread.
 *
 * @param invalid what its bytes are where there is no value: after power-up, or saturated
 * @param accepted what is beyond it is refused
 * @param crop what is beyond it is taken for its nearer end
 */
record Field(Quantity quantity, Bits bits, Set<Long> invalid, Scale scale, Range accepted, Range crop) {
    /** Both ends included. */
    record Range(double min, double max) {
        static final Range ALL = new Range(-Double.MAX_VALUE, Double.MAX_VALUE);

        String words() {
            if (min == ALL.min) {
                return "at most " + max;
            }
            return max == ALL.max ? "at least " + min : min + " to " + max;
        }
    }

    /** Thrown where the answers have no value, in words. */
    static final class NoValueException extends Exception {
        private static final long serialVersionUID = 1;

        private final String words;
        private final boolean failed;

        /** @param failed false where the chip says so itself */
        NoValueException(String words, boolean failed) {
            super(words);
            this.words = words;
            this.failed = failed;
        }

        boolean failed() {
            return failed;
        }

        String words() {
            return words;
        }
    }

    Measurement of(List<byte[]> answers) throws NoValueException {
        var whole = bits.whole(answers.get(bits.read()));
        if (invalid.contains(whole)) {
            throw new NoValueException(
                    String.format(
                            Locale.ROOT,
                            "%s: 0x%0" + 2 * bits.count() + "x is no value, but saturation or power-up",
                            quantity.name(),
                            whole),
                    false);
        }
        var raw = bits.raw(whole);
        var value = scale.of(raw).orElseThrow(() -> refused(raw + " is not in its lookup"));
        if (!(value >= accepted.min && value <= accepted.max)) {
            throw refused(String.format(
                    Locale.ROOT, "%.2f %s is beyond what it measures, %s", value, quantity.unit(), accepted.words()));
        }
        return Measurement.of(quantity, Math.max(crop.min, Math.min(crop.max, value)));
    }

    private NoValueException refused(String message) {
        return new NoValueException(quantity.name() + ": " + message, true);
    }
}
