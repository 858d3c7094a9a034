package io.walnutedge.simulate;

import java.util.Locale;

/**
 * What ails a simulated chip for some time. Immutable; any thread.
 *
 * @param probability of a transfer to be hit
 * @param from in nanoseconds since the start, included
 * @param to excluded
 */
record ChipFault(Kind kind, double probability, long from, long to) {
    /** What happens to a transfer. */
    enum Kind {
        /** It is not acknowledged, as that of a chip that is not there. */
        NACK,
        /** The chip holds the clock or the data line, until the kernel gives up after a second. */
        HANG,
        /** Nobody drives the data line: every bit read is one. */
        ONES,
        /** Every bit read is zero. */
        ZEROS;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    boolean isNow(long nanos) {
        return nanos >= from && nanos < to;
    }
}
