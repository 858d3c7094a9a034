package io.walnutedge.mqtt;

import io.walnutedge.outbox.Outbox;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was handed to the connection and is not acknowledged. The thread {@code link} only. */
final class InFlight {
    /** Why something was sent; each kind has its own share, so that readings never hold up an answer. */
    enum Kind {
        READING,
        BACKLOG,
        STATE,
        ANSWER,
        SUBSCRIPTION,
        STATUS
    }

    /**
     * @param item of a reading
     * @param topic or filter
     */
    record Entry(Kind kind, String topic, Outbox.@Nullable Item item) {}

    private final Map<Long, Entry> entries = new HashMap<>();
    private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    private long lastTag;
    private long moves;
    private long progressAt;

    /** Notes what is about to be sent. */
    long add(Entry entry, long now) {
        if (entries.isEmpty()) {
            progressAt = now;
        }
        moves++;
        entries.put(++lastTag, entry);
        counts.merge(entry.kind(), 1, Integer::sum);
        return lastTag;
    }

    /** What it was, or null if nothing of that tag is in flight. */
    @Nullable Entry remove(long tag, long now) {
        var entry = entries.remove(tag);
        if (entry != null) {
            moves++;
            counts.merge(entry.kind(), -1, Integer::sum);
            progressAt = now;
        }
        return entry;
    }

    int count(Kind kind) {
        return counts.getOrDefault(kind, 0);
    }

    int size() {
        return entries.size();
    }

    /** Grows with each that is sent or acknowledged. */
    long moves() {
        return moves;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** When something was last acknowledged, or the first of what is in flight was sent. */
    long progressAt() {
        return progressAt;
    }

    void clear() {
        entries.clear();
        counts.clear();
    }
}
