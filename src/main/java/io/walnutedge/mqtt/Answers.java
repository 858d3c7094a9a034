package io.walnutedge.mqtt;

import java.util.ArrayDeque;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Messages that matter now or never: dropped and counted while there is no connection, or too many wait. Any thread. */
final class Answers {
    static final int CAPACITY = 256;

    private final ArrayDeque<Publication> waiting = new ArrayDeque<>();
    private boolean open;
    private long dropped;
    private long acknowledged;

    boolean offer(Publication publication) {
        return offer(publication, false);
    }

    /** @param isExcess one of many that matter little: it must leave room for those that matter */
    synchronized boolean offer(Publication publication, boolean isExcess) {
        if (!open || waiting.size() >= (isExcess ? CAPACITY / 4 : CAPACITY)) {
            dropped++;
            return false;
        }
        waiting.addLast(publication);
        return true;
    }

    /** The next one that may be sent, or null. */
    synchronized @Nullable Publication next(Predicate<Publication> may) {
        for (var each = waiting.iterator(); each.hasNext(); ) {
            var publication = each.next();
            if (may.test(publication)) {
                each.remove();
                return publication;
            }
        }
        return null;
    }

    /** Whether one waits that may be sent. */
    synchronized boolean waits(Predicate<Publication> may) {
        return waiting.stream().anyMatch(may);
    }

    /** Those that are not to be sent any more are dropped. */
    synchronized void drop(Predicate<Publication> which) {
        var before = waiting.size();
        waiting.removeIf(which);
        dropped += before - waiting.size();
    }

    synchronized void open() {
        open = true;
    }

    /** @param unacknowledged how many were sent and may or may not have arrived */
    synchronized void shut(int unacknowledged) {
        open = false;
        dropped += waiting.size() + unacknowledged;
        waiting.clear();
    }

    /** The broker has one of them. */
    synchronized void acknowledge() {
        acknowledged++;
    }

    synchronized long acknowledged() {
        return acknowledged;
    }

    synchronized long dropped() {
        return dropped;
    }
}
