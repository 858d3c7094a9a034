package io.walnutedge.outbox.log;

import java.time.Instant;

/**
 * Items of one source that were lost for one reason.
 *
 * @param count at least 1
 * @param from when the first of them was added, by the wall clock of then
 * @param to when the last of them was added
 */
public record Gap(Loss why, long count, Instant from, Instant to) {
    /** Both as one; the reason is that of this one. */
    public Gap plus(Gap other) {
        return new Gap(
                why,
                count + other.count,
                from.isBefore(other.from) ? from : other.from,
                to.isAfter(other.to) ? to : other.to);
    }
}
