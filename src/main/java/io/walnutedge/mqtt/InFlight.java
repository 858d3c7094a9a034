package io.walnutedge.mqtt;

import io.walnutedge.mqtt.MessageSource.Message;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was handed to the connection and is not acknowledged. The thread {@code link} only. */
final class InFlight {
    /** Why something was sent; each kind has its own share, so that readings never hold up an answer. */
    enum Kind {
        LIVE,
        BACKLOG,
        STATE,
        ANSWER,
        SUBSCRIPTION,
        STATUS
    }

    /**
     * @param message of a source
     * @param topic or filter
     * @param bytes of topic and payload
     * @param qos of QoS 0 the transport says that it was written, not the broker that it came
     * @param alone whether nothing else may be sent before its acknowledgement
     * @param sentAt by the monotonic clock
     */
    record Entry(
            Kind kind,
            String topic,
            int bytes,
            int qos,
            @Nullable Message message,
            boolean alone,
            long sentAt) {
        /** Whether it is a message that is sent again, or could be. */
        boolean isMessage() {
            return kind != Kind.SUBSCRIPTION && kind != Kind.STATUS;
        }
    }

    /** In the order of their tags. */
    private final Map<Long, Entry> entries = new LinkedHashMap<>();

    private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    private long lastTag;
    private int bytes;
    /** Those of QoS 0. */
    private int unwritten;

    private boolean alone;
    private long moves;
    private long progressAt;

    /** Notes what is about to be sent. */
    long add(Entry entry) {
        if (entries.isEmpty()) {
            progressAt = entry.sentAt();
        }
        moves++;
        bytes += entry.bytes();
        alone |= entry.alone();
        entries.put(++lastTag, entry);
        counts.merge(entry.kind(), 1, Integer::sum);
        unwritten += entry.qos() == 0 ? 1 : 0;
        return lastTag;
    }

    /** What it was, or null if nothing of that tag is in flight. */
    @Nullable Entry remove(long tag, long now) {
        var entry = entries.remove(tag);
        if (entry != null) {
            moves++;
            bytes -= entry.bytes();
            alone &= !entry.alone();
            counts.merge(entry.kind(), -1, Integer::sum);
            unwritten -= entry.qos() == 0 ? 1 : 0;
            // what was written says nothing of the broker, from which something is to come
            if (entry.qos() > 0 || unwritten == entries.size()) {
                progressAt = now;
            }
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

    /** Of topics and payloads together. */
    int bytes() {
        return bytes;
    }

    /** Whether one of them must stay alone. */
    boolean isReserved() {
        return alone;
    }

    /** The tag that was given last. */
    long lastTag() {
        return lastTag;
    }

    /** How many up to this tag are not acknowledged. */
    int upTo(long tag) {
        return (int) entries.keySet().stream().takeWhile(each -> each <= tag).count();
    }

    Collection<Entry> entries() {
        return Collections.unmodifiableCollection(entries.values());
    }

    void clear() {
        entries.clear();
        counts.clear();
        bytes = 0;
        unwritten = 0;
        alone = false;
    }
}
