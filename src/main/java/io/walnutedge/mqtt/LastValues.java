package io.walnutedge.mqtt;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The latest message of each state topic, and which of them the broker has not been given. Any thread. */
final class LastValues {
    private final Map<String, Publication> latest = new LinkedHashMap<>();
    private final LinkedHashSet<String> dirty = new LinkedHashSet<>();
    /** None is given out before {@link #release}. */
    private boolean held;
    /** Sent over this connection and not acknowledged. */
    private int underway;

    synchronized void put(Publication publication) {
        latest.put(publication.topic(), publication);
        // to the end: what changed last is sent last
        dirty.remove(publication.topic());
        dirty.add(publication.topic());
    }

    /** Values that belong together: they and those that come after wait for {@link #release}. */
    synchronized void putTogether(List<Publication> publications) {
        publications.forEach(this::put);
        held = true;
    }

    /** False where nothing waited for it. */
    synchronized boolean release() {
        var was = held;
        held = false;
        return was;
    }

    /** The next one to send that may be sent, or null. */
    synchronized @Nullable Publication next(Predicate<Publication> may) {
        for (var topics = dirty.iterator(); !held && topics.hasNext(); ) {
            var publication = latest.get(topics.next());
            if (may.test(publication)) {
                topics.remove();
                underway++;
                return publication;
            }
        }
        return null;
    }

    /** The broker has one of them, or it is not to get it. */
    synchronized void acknowledged() {
        underway--;
    }

    /** Whether one waits that may be sent. */
    synchronized boolean waits(Predicate<Publication> may) {
        return dirty.stream().map(latest::get).anyMatch(may);
    }

    /** Whether the broker has all of them, since the connection began. */
    synchronized boolean areDelivered() {
        return dirty.isEmpty() && underway == 0;
    }

    /** A new connection starts from nothing: every value is to be sent again. */
    synchronized void renew() {
        held = false;
        underway = 0;
        for (var topic : latest.keySet()) {
            dirty.add(topic);
        }
    }
}
