package io.walnutedge.outbox;

import io.walnutedge.outbox.Outbox.Item;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was read from the store and is to be sent, and how far the store may forget. Under the outbox's lock.
 *
 * <p>Items are delivered nearly in order, but the store forgets strictly in order: a position is done with only when
 * every position before it is.
 */
final class Backlog {
    static final long NONE = -1;

    /** An item, where the store has it, and when it was added, by the monotonic clock. */
    record Fetched(long position, Item item, long addedAt) {}

    /** Positions that were read and not forgotten, in order. */
    private final ArrayDeque<Long> window = new ArrayDeque<>();
    /** Delivered, or not to be delivered; not forgotten yet. */
    private final Set<Long> done = new HashSet<>();

    private final ArrayDeque<Fetched> waiting = new ArrayDeque<>();
    private final LinkedHashMap<Long, Fetched> taken = new LinkedHashMap<>();
    private final Set<Long> takenPositions = new HashSet<>();

    int waiting() {
        return waiting.size();
    }

    int taken() {
        return taken.size();
    }

    /** When the oldest item was added that is at hand; empty if none is. */
    OptionalLong oldest() {
        return Stream.concat(taken.values().stream().limit(1), waiting.stream().limit(1))
                .mapToLong(Fetched::addedAt)
                .findFirst();
    }

    /** How many of the store's entries are done with. */
    int done() {
        return done.size();
    }

    /** A position was read; true if its item is to be offered, for it is not done and not on its way. */
    boolean read(long position) {
        window.addLast(position);
        return !done.contains(position) && !takenPositions.contains(position);
    }

    void offer(Fetched fetched) {
        waiting.addLast(fetched);
    }

    @Nullable Item take() {
        var fetched = waiting.pollFirst();
        if (fetched == null) {
            return null;
        }
        taken.put(fetched.item.id(), fetched);
        takenPositions.add(fetched.position);
        return fetched.item;
    }

    /** Ends a taken item's life; false if it is none. */
    boolean remove(Item item) {
        var fetched = taken.remove(item.id());
        if (fetched == null) {
            return false;
        }
        takenPositions.remove(fetched.position);
        if (fetched.position != NONE) {
            done.add(fetched.position);
        }
        return true;
    }

    /** What stands at a position needs no delivery any more. */
    void done(long position) {
        done.add(position);
    }

    /** The last position that the store may forget together with all before it, or {@link #NONE}. */
    long forgettable() {
        var last = NONE;
        for (var first = window.peekFirst(); first != null && done.remove(first); first = window.peekFirst()) {
            last = window.removeFirst();
        }
        return last;
    }

    /** The store has dropped a position; true if its item is lost by that, false if it is done or on its way. */
    boolean dropped(long position) {
        while (!window.isEmpty() && window.peekFirst() <= position) {
            window.removeFirst();
        }
        if (done.remove(position)) {
            return false;
        }
        if (takenPositions.contains(position)) {
            leave(position);
            return false;
        }
        waiting.removeIf(fetched -> fetched.position == position);
        return true;
    }

    /** A taken item is not in the store any more. */
    private void leave(long position) {
        takenPositions.remove(position);
        taken.replaceAll((id, fetched) ->
                fetched.position == position ? new Fetched(NONE, fetched.item, fetched.addedAt) : fetched);
    }

    /** The store has nothing any more between two positions; so many of them are no loss: done, or on their way. */
    long vanished(long from, long to) {
        LongPredicate gone = position -> position >= from && position <= to;
        window.removeIf(gone::test);
        waiting.removeIf(fetched -> gone.test(fetched.position));
        var finished = done.stream().filter(gone::test).toList();
        finished.forEach(done::remove);
        var onTheirWay = takenPositions.stream().filter(gone::test).toList();
        onTheirWay.forEach(this::leave);
        return (long) finished.size() + onTheirWay.size();
    }

    /** The store is opened anew and will be read from its beginning. */
    void restart() {
        window.clear();
        waiting.clear();
    }
}
