package io.walnutedge.outbox;

import io.walnutedge.outbox.Outbox.Gap;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was dropped: all of it since the start, and what nobody was told of so far. Under the outbox's lock. */
final class Gaps {
    private final Map<String, Long> totals = new HashMap<>();
    private final LinkedHashMap<String, Gap> untold = new LinkedHashMap<>();

    /** One item was dropped. */
    void dropped(String source, Instant added) {
        totals.merge(source, 1L, Long::sum);
        tellLater(source, new Gap(1, added, added));
    }

    /** A gap that was counted before is to be told. */
    void tellLater(String source, Gap gap) {
        untold.merge(source, gap, Gap::plus);
    }

    /** The gaps to tell, each of which is now the caller's. */
    Map<String, Gap> takeAll() {
        var all = new LinkedHashMap<>(untold);
        untold.clear();
        return all;
    }

    boolean isEmpty() {
        return untold.isEmpty();
    }

    /** Whatever came first of them, or null. */
    Map.@Nullable Entry<String, Gap> takeOne() {
        var entries = untold.entrySet().iterator();
        if (!entries.hasNext()) {
            return null;
        }
        var next = entries.next();
        var first = Map.entry(next.getKey(), next.getValue());
        entries.remove();
        return first;
    }

    Map<String, Long> totals() {
        return Map.copyOf(totals);
    }
}
