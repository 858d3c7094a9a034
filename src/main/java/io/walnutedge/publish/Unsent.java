package io.walnutedge.publish;

import io.walnutedge.outbox.Outbox.Lost;
import io.walnutedge.outbox.log.Gap;
import io.walnutedge.outbox.log.Loss;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/** Readings that came out of the outbox and cannot be published: counted, and told as gaps. Any thread. */
final class Unsent {
    private static final int QUIET = 3;

    private final Map<Lost, Long> counts = new HashMap<>();
    private final Map<Lost, Gap> gaps = new LinkedHashMap<>();
    private long total;
    private long before;
    private int quiet;

    /** @param when of the reading; empty where that is unknown, so that there is no gap to tell */
    synchronized void add(String source, Loss why, Optional<Instant> when) {
        var lost = new Lost(source, why);
        total++;
        counts.merge(lost, 1L, Long::sum);
        when.ifPresent(at -> gaps.merge(lost, new Gap(why, 1, at, at), Gap::plus));
    }

    synchronized Map<Lost, Long> counts() {
        return Map.copyOf(counts);
    }

    synchronized long total() {
        return total;
    }

    /**
     * Tells each gap once nothing was added for some calls, so that a backlog is one gap.
     *
     * @param told takes a source and its gap; false where it has to be told again
     */
    synchronized void tell(BiPredicate<String, Gap> told) {
        quiet = total == before ? quiet + 1 : 0;
        before = total;
        if (quiet >= QUIET) {
            gaps.entrySet().removeIf(each -> told.test(each.getKey().source(), each.getValue()));
        }
    }
}
