package io.walnutedge.mqtt;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The latest message of each state topic, and which of them the broker has not been given. Any thread. */
final class LastValues {
    private final Map<String, Publication> latest = new LinkedHashMap<>();
    private final LinkedHashSet<String> dirty = new LinkedHashSet<>();
    /** None is given out before {@link #release}. */
    private boolean held;

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

    /** The next one to send, or null. */
    synchronized @Nullable Publication next() {
        var topics = dirty.iterator();
        if (held || !topics.hasNext()) {
            return null;
        }
        var topic = topics.next();
        topics.remove();
        return latest.get(topic);
    }

    /** Whether the broker has been given all of them. */
    synchronized boolean isEmpty() {
        return dirty.isEmpty();
    }

    /** A new connection starts from nothing: every value is to be sent again. */
    synchronized void renew() {
        held = false;
        for (var topic : latest.keySet()) {
            dirty.add(topic);
        }
    }
}
