package io.walnutedge.outbox;

import io.walnutedge.outbox.Outbox.Item;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was read from the store and is to be sent, and how far the store may forget. Under the outbox's lock.
 *
 * <p>Items are delivered nearly in order, but the store forgets strictly in order: a position is done with only when
 * every position before it is.
 */
final class Backlog {
    static final long NONE = -1;

    /** An item and where the store has it. */
    record Fetched(long position, Item item) {}

    /** Positions that were read and not forgotten, in order. */
    private final ArrayDeque<Long> window = new ArrayDeque<>();
    /** Delivered, or not to be delivered; not forgotten yet. */
    private final Set<Long> done = new HashSet<>();

    private final ArrayDeque<Fetched> waiting = new ArrayDeque<>();
    private final LinkedHashMap<Long, Fetched> taken = new LinkedHashMap<>();
    private final Set<Long> takenPositions = new HashSet<>();
    private long lastRead = NONE;

    int waiting() {
        return waiting.size();
    }

    int taken() {
        return taken.size();
    }

    /** How many of the store's entries are done with. */
    int done() {
        return done.size();
    }

    /** A position was read; true if its item is to be offered, for it is not done and not on its way. */
    boolean read(long position) {
        window.addLast(position);
        lastRead = position;
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

    /** Ends an item's life, taken or given back; false if it is none of these. */
    boolean remove(Item item) {
        var fetched = taken.remove(item.id());
        if (fetched != null) {
            takenPositions.remove(fetched.position);
            if (fetched.position != NONE) {
                done.add(fetched.position);
            }
            return true;
        }
        for (var i = waiting.iterator(); i.hasNext(); ) {
            var candidate = i.next();
            if (candidate.item.id() == item.id()) {
                i.remove();
                done.add(candidate.position);
                return true;
            }
        }
        return false;
    }

    /** What stands at a position needs no delivery any more. */
    void done(long position) {
        done.add(position);
    }

    /**
     * What was taken waits again, and more that the store has too, all by their positions.
     *
     * @return what was taken, but the store has dropped it meanwhile
     */
    List<Item> giveBack(List<Fetched> more) {
        var lost = new ArrayList<Item>();
        var all = new ArrayList<>(waiting);
        for (var fetched : taken.values()) {
            if (fetched.position == NONE) {
                lost.add(fetched.item);
            } else {
                all.add(fetched);
            }
        }
        // what is not read yet comes by itself
        more.stream().filter(fetched -> fetched.position <= lastRead).forEach(all::add);
        all.sort(Comparator.comparingLong(Fetched::position));
        taken.clear();
        takenPositions.clear();
        waiting.clear();
        waiting.addAll(all);
        return lost;
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
        if (takenPositions.remove(position)) {
            taken.replaceAll((id, fetched) -> fetched.position == position ? new Fetched(NONE, fetched.item) : fetched);
            return false;
        }
        waiting.removeIf(fetched -> fetched.position == position);
        return true;
    }

    /** The store is opened anew and will be read from its beginning. */
    void restart() {
        window.clear();
        waiting.clear();
        lastRead = NONE;
    }
}
