package io.walnutedge.mqtt;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The latest message of each state topic, and which of them the broker has not been given. Any thread. */
final class LastValues {
    private final Map<String, Publication> latest = new LinkedHashMap<>();
    private final LinkedHashSet<String> dirty = new LinkedHashSet<>();

    synchronized void put(Publication publication) {
        latest.put(publication.topic(), publication);
        // to the end: what changed last is sent last
        dirty.remove(publication.topic());
        dirty.add(publication.topic());
    }

    /** The next one to send, or null. */
    synchronized @Nullable Publication next() {
        var topics = dirty.iterator();
        if (!topics.hasNext()) {
            return null;
        }
        var topic = topics.next();
        topics.remove();
        return latest.get(topic);
    }

    /** A new connection starts from nothing: every value is to be sent again. */
    synchronized void renew() {
        for (var topic : latest.keySet()) {
            dirty.add(topic);
        }
    }
}
