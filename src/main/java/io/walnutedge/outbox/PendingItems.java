package io.walnutedge.outbox;

import io.walnutedge.outbox.Outbox.Item;
import io.walnutedge.outbox.log.Entry;
import io.walnutedge.outbox.log.Moment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The items in memory: what was added and not written to the store, and what was taken of it. Under the outbox's lock.
 *
 * <p>A taken item is never dropped: it may have been delivered already, only its acknowledgement is under way.
 */
final class PendingItems {
    /** No position: the item is not in the store. */
    private static final long NONE = -1;

    /** An item, when it was added by both clocks, and where the store has it. */
    static final class Pending {
        final Item item;
        final Moment added;
        /** By the monotonic clock of this boot. */
        final long addedAt;

        private long position = NONE;

        Pending(Item item, Moment added, long addedAt) {
            this.item = item;
            this.added = added;
            this.addedAt = addedAt;
        }

        Entry entry() {
            return new Entry(item.source(), added, item.bytes(), Optional.empty());
        }

        boolean isStored() {
            return position != NONE;
        }

        long position() {
            return position;
        }
    }

    private final ArrayDeque<Pending> fresh = new ArrayDeque<>();
    private final LinkedHashMap<Long, Pending> taken = new LinkedHashMap<>();
    private final Map<Long, Pending> takenByPosition = new HashMap<>();

    void add(Pending pending) {
        fresh.addLast(pending);
    }

    /** Comes before all that is not taken. */
    void addFirst(Pending pending) {
        fresh.addFirst(pending);
    }

    /** How many are not taken. */
    int fresh() {
        return fresh.size();
    }

    /** Those that are not in the store. */
    int unstored() {
        return fresh.size() + taken.size() - takenByPosition.size();
    }

    Pending dropOldest() {
        return fresh.removeFirst();
    }

    @Nullable Item take() {
        var pending = fresh.pollFirst();
        if (pending == null) {
            return null;
        }
        taken.put(pending.item.id(), pending);
        return pending.item;
    }

    /** Ends a taken item's life; null if it is none. */
    @Nullable Pending remove(Item item) {
        var pending = taken.remove(item.id());
        if (pending != null && pending.isStored()) {
            takenByPosition.remove(pending.position);
        }
        return pending;
    }

    /** Everything that is not in the store, in order. */
    List<Pending> unstoredItems() {
        var items = new ArrayList<Pending>(unstored());
        taken.values().stream().filter(pending -> !pending.isStored()).forEach(items::add);
        items.addAll(fresh);
        return items;
    }

    /** When the oldest item was added; empty if there is none. */
    OptionalLong oldest() {
        return Stream.concat(taken.values().stream().limit(1), fresh.stream().limit(1))
                .mapToLong(pending -> pending.addedAt)
                .findFirst();
    }

    /** When the oldest item was added that is not in the store; the maximum if there is none. */
    long oldestUnstored() {
        for (var pending : taken.values()) {
            if (!pending.isStored()) {
                return pending.addedAt;
            }
        }
        var first = fresh.peekFirst();
        return first == null ? Long.MAX_VALUE : first.addedAt;
    }

    /**
     * These are in the store now, at these positions; what is not taken leaves the memory.
     *
     * @return positions of those that were removed in the meantime
     */
    List<Long> stored(List<Pending> items, long[] positions) {
        var waiting = new HashMap<Long, Long>();
        for (var i = 0; i < positions.length; i++) {
            var pending = items.get(i);
            if (taken.containsKey(pending.item.id())) {
                pending.position = positions[i];
                takenByPosition.put(pending.position, pending);
            } else {
                waiting.put(pending.item.id(), positions[i]);
            }
        }
        fresh.removeIf(pending -> waiting.remove(pending.item.id()) != null);
        return List.copyOf(waiting.values());
    }

    /** Whether the item at a position of the store is taken from here. */
    boolean isTaken(long position) {
        return takenByPosition.containsKey(position);
    }

    /** The store has dropped what stood at a position; true if the item lives on here, because it is taken. */
    boolean isLeftByStore(long position) {
        var pending = takenByPosition.remove(position);
        if (pending == null) {
            return false;
        }
        pending.position = NONE;
        return true;
    }

    /** The store has nothing any more between two positions; so many of them live on here, because they are taken. */
    long leftByStore(long from, long to) {
        var left = takenByPosition.keySet().stream()
                .filter(position -> position >= from && position <= to)
                .toList();
        left.forEach(this::isLeftByStore);
        return left.size();
    }

    /** The store is closed: positions are found again when it opens, and until then nothing here relies on it. */
    void forgetPositions() {
        takenByPosition.values().forEach(pending -> pending.position = NONE);
        takenByPosition.clear();
    }
}
