package io.walnutedge.mqtt;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The latest message of each state topic, and which of them the broker has not been given. Any thread. */
final class RetainedStates {
    private final Map<String, Publication> latest = new LinkedHashMap<>();
    private final LinkedHashSet<String> dirty = new LinkedHashSet<>();
    /** Topics whose latest is forgotten here once it is acknowledged: later connections do not send it again. */
    private final Set<String> once = new HashSet<>();
    /** Of those, the ones that are not sent over another connection, whether acknowledged or not. */
    private final Set<String> passing = new HashSet<>();
    /** Messages by topic that were sent over this connection and are not acknowledged. */
    private final Map<String, Integer> underway = new HashMap<>();
    /** None is given out before {@link #release}. */
    private boolean held;

    synchronized void put(Publication publication) {
        once.remove(publication.topic());
        passing.remove(publication.topic());
        change(publication);
    }

    /** One that matters until the broker has it, and not to a later connection. */
    synchronized void putOnce(Publication publication) {
        once.add(publication.topic());
        passing.remove(publication.topic());
        change(publication);
    }

    /** One that matters to nobody who comes later than this connection. */
    synchronized void putPassing(Publication publication) {
        once.add(publication.topic());
        passing.add(publication.topic());
        change(publication);
    }

    private void change(Publication publication) {
        latest.put(publication.topic(), publication);
        touch(publication.topic());
    }

    /** To the end: what changed last is sent last. */
    private void touch(String topic) {
        dirty.remove(topic);
        dirty.add(topic);
    }

    /** Values that belong together: they and those that come after wait for {@link #release}. An empty one is for once. */
    synchronized void putTogether(List<Publication> publications) {
        for (var publication : publications) {
            if (publication.payload().length == 0) {
                putOnce(publication);
            } else {
                put(publication);
            }
        }
        held = true;
    }

    /** Of these topics, those that the broker does not keep are sent once more. */
    synchronized void repeat(Collection<String> topics) {
        topics.stream()
                .filter(topic -> latest.containsKey(topic) && !latest.get(topic).retain())
                .forEach(this::touch);
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
            var topic = topics.next();
            var publication = latest.get(topic);
            if (may.test(publication)) {
                topics.remove();
                underway.merge(topic, 1, Integer::sum);
                return publication;
            }
        }
        return null;
    }

    /** The broker has one of this topic, or it is not to get it. */
    synchronized void acknowledged(String topic) {
        var left = underway.merge(topic, -1, Integer::sum);
        if (left <= 0) {
            underway.remove(topic);
            if (!dirty.contains(topic) && once.remove(topic)) {
                passing.remove(topic);
                latest.remove(topic);
            }
        }
    }

    /** Whether one waits that may be sent. */
    synchronized boolean waits(Predicate<Publication> may) {
        return dirty.stream().map(latest::get).anyMatch(may);
    }

    /** Whether the broker has the latest of each of these topics, since the connection began. */
    synchronized boolean areDelivered(Collection<String> topics) {
        return topics.stream().noneMatch(topic -> dirty.contains(topic) || underway.containsKey(topic));
    }

    /** A new connection starts from nothing: every value is to be sent again. */
    synchronized void renew() {
        held = false;
        underway.clear();
        latest.keySet().removeAll(passing);
        once.removeAll(passing);
        dirty.removeAll(passing);
        passing.clear();
        for (var topic : latest.keySet()) {
            dirty.add(topic);
        }
    }
}
