package io.walnutedge.outbox;

import io.walnutedge.outbox.Outbox.Lost;
import io.walnutedge.outbox.log.Gap;
import io.walnutedge.outbox.log.Loss;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was lost: all of it since the start, and what nobody was told of so far. Under the outbox's lock. */
final class Gaps {
    private final Map<Lost, Long> totals = new HashMap<>();
    private final LinkedHashMap<Lost, Gap> untold = new LinkedHashMap<>();

    /** Items were lost, added between these times. */
    void lost(String source, Gap gap) {
        totals.merge(new Lost(source, gap.why()), gap.count(), Long::sum);
        tellLater(source, gap);
    }

    /** One item was lost. */
    void lost(String source, Loss why, Instant added) {
        lost(source, new Gap(why, 1, added, added));
    }

    /** A gap that was counted before is to be told. */
    void tellLater(String source, Gap gap) {
        untold.merge(new Lost(source, gap.why()), gap, Gap::plus);
    }

    /** The gaps to tell, each of which is now the caller's. */
    Map<Lost, Gap> takeAll() {
        var all = new LinkedHashMap<>(untold);
        untold.clear();
        return all;
    }

    /** Whatever came first of them, or null. */
    Map.@Nullable Entry<Lost, Gap> takeOne() {
        var entries = untold.entrySet().iterator();
        if (!entries.hasNext()) {
            return null;
        }
        var next = entries.next();
        var first = Map.entry(next.getKey(), next.getValue());
        entries.remove();
        return first;
    }

    Map<Lost, Long> totals() {
        return Map.copyOf(totals);
    }
}
