package io.walnutedge.outbox;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The outbox in memory: it survives a lost connection, not the end of the process. Any thread.
 *
 * <p>The bound holds for what is not taken, and a taken item is never dropped: it may have been delivered already, only
 * its acknowledgement is under way. So it holds at most its capacity and what its taker has in flight.
 */
public final class MemoryOutbox implements Outbox {
    private final int capacity;
    private final Object lock = new Object();
    private final ArrayDeque<Item> waiting = new ArrayDeque<>();
    private final LinkedHashMap<Long, Item> taken = new LinkedHashMap<>();
    private final Map<String, Long> dropped = new HashMap<>();
    private long lastId;
    private volatile Runnable wake = () -> {};

    /**
     * @param capacity items kept while nobody takes them, at least 1
     * @throws IllegalArgumentException if the capacity is less
     */
    public MemoryOutbox(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity " + capacity);
        }
        this.capacity = capacity;
    }

    @Override
    public void add(String source, List<byte[]> items) {
        synchronized (lock) {
            for (var bytes : items) {
                waiting.addLast(new Item(++lastId, source, bytes));
                if (waiting.size() > capacity) {
                    dropped.merge(waiting.removeFirst().source(), 1L, Long::sum);
                }
            }
        }
        wake.run();
    }

    @Override
    public @Nullable Item take() {
        synchronized (lock) {
            var item = waiting.pollFirst();
            if (item != null) {
                taken.put(item.id(), item);
            }
            return item;
        }
    }

    @Override
    public void remove(Item item) {
        synchronized (lock) {
            if (taken.remove(item.id()) == null) {
                // given back in the meantime: it stands near the head, in the order of the ids
                waiting.removeFirstOccurrence(item);
            }
        }
    }

    @Override
    public void giveBack() {
        synchronized (lock) {
            var items = List.copyOf(taken.values());
            for (var i = items.size() - 1; i >= 0; i--) {
                waiting.addFirst(items.get(i));
            }
            taken.clear();
        }
    }

    @Override
    public Counts counts() {
        synchronized (lock) {
            return new Counts(waiting.size() + (long) taken.size(), Map.copyOf(dropped));
        }
    }

    @Override
    public void onAdded(Runnable wake) {
        this.wake = wake;
    }

    @Override
    public void close() {
        // nothing is kept outside memory
    }
}
