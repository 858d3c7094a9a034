package io.walnutedge.outbox;

import io.walnutedge.outbox.log.Entry;
import io.walnutedge.outbox.log.Gap;
import io.walnutedge.outbox.log.Loss;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The outbox in memory. By itself it survives a lost connection, not the end of the process; a {@link StoreWriter} writes to a
 * store what is not delivered soon, and reads it again. Any thread.
 *
 * <p>The bound holds for what is added, and neither taken nor stored. A taken item is never dropped: it may have been delivered
 * already, only its acknowledgement is under way.
 */
public final class MemoryOutbox implements Outbox {
    /**
     * Of an item beside its bytes: itself (40), what is noted of it (40), when it was added (56), the array's header and
     * padding (24), and its place in a queue that grows by half, with the one that it grows out of (16).
     */
    private static final int ITEM = 176;

    private final int capacity;
    private final OutboxClock clock;
    private final Object lock = new Object();
    private final PendingItems live = new PendingItems();
    private final Backlog backlog = new Backlog();
    private final Gaps gaps = new Gaps();
    private final Map<Long, Map.Entry<Lost, Gap>> gapsTaken = new HashMap<>();
    /** Taken and not removed, in the order of taking. */
    private final LinkedHashMap<Long, Item> out = new LinkedHashMap<>();
    /** Those of them that were given back and not taken again. */
    private final ArrayDeque<Item> again = new ArrayDeque<>();

    private long lastId;
    private long stored;
    private double storeFill;
    private boolean down;
    private boolean called;
    /** Until when the writer sleeps, where it does, and how long an item may wait for it. */
    private long asleepUntil;

    private long patience = Long.MAX_VALUE;

    private volatile Runnable wake = () -> {};

    /**
     * @param capacity items kept while nobody takes them, at least 1
     * @throws IllegalArgumentException if the capacity is less
     */
    public MemoryOutbox(int capacity, OutboxClock clock) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity " + capacity);
        }
        this.capacity = capacity;
        this.clock = clock;
    }

    /** What an item of so many bytes takes in memory while it waits. */
    public static long bytes(int item) {
        return ITEM + (long) item;
    }

    @Override
    public void add(List<Fresh> items) {
        var now = clock.moment();
        synchronized (lock) {
            for (var fresh : items) {
                var item = new Item(++lastId, fresh.source(), fresh.bytes(), false, Optional.empty());
                live.add(new PendingItems.Pending(item, now, now.nanos()));
                keepWithinCapacity();
            }
            if (asleepUntil == Long.MAX_VALUE || asleepUntil - now.nanos() > patience) {
                callKeeper();
            }
        }
        wake.run();
    }

    private void keepWithinCapacity() {
        if (live.fresh() > capacity) {
            var oldest = live.dropOldest();
            gaps.lost(oldest.item.source(), Loss.FULL, oldest.added.wall());
        }
    }

    @Override
    public @Nullable Item take() {
        synchronized (lock) {
            for (var back = again.poll(); back != null; back = again.poll()) {
                if (out.containsKey(back.id())) {
                    return back;
                }
            }
            return taken(live.take());
        }
    }

    private @Nullable Item taken(@Nullable Item item) {
        if (item != null) {
            out.put(item.id(), item);
        }
        return item;
    }

    @Override
    public @Nullable Item takeBacklog() {
        synchronized (lock) {
            var item = taken(backlog.take());
            if (backlog.waiting() == StoreWriter.AHEAD / 2) {
                callKeeper();
            }
            return item == null ? takeGap() : item;
        }
    }

    /** A gap that the store has not taken over. */
    private @Nullable Item takeGap() {
        var gap = gaps.takeOne();
        if (gap == null) {
            return null;
        }
        var item = new Item(++lastId, gap.getKey().source(), new byte[0], true, Optional.of(gap.getValue()));
        gapsTaken.put(item.id(), gap);
        return item;
    }

    @Override
    public void remove(Item item) {
        synchronized (lock) {
            down = false;
            out.remove(item.id());
            var pending = live.remove(item);
            if (pending != null) {
                if (pending.isStored()) {
                    backlog.done(pending.position());
                    callKeeper();
                }
            } else if (backlog.remove(item)) {
                callKeeper();
            } else {
                gapsTaken.remove(item.id());
            }
        }
    }

    @Override
    public void giveBack() {
        synchronized (lock) {
            down = true;
            again.clear();
            again.addAll(out.values());
            gapsTaken.values().forEach(gap -> gaps.tellLater(gap.getKey().source(), gap.getValue()));
            gapsTaken.clear();
            callKeeper();
        }
    }

    /** What tells of a loss is no loss itself, and is told later. */
    private void lose(Entry entry, Loss why) {
        entry.gap()
                .ifPresentOrElse(
                        known -> gaps.tellLater(entry.source(), known),
                        () -> gaps.lost(entry.source(), why, entry.added().wall()));
    }

    @Override
    public Counts counts() {
        synchronized (lock) {
            var waiting = live.unstored() + stored - backlog.done();
            return new Counts(waiting, stored - backlog.done(), gaps.totals());
        }
    }

    @Override
    public OptionalLong oldest() {
        synchronized (lock) {
            return Stream.of(live.oldest(), backlog.oldest())
                    .flatMapToLong(OptionalLong::stream)
                    // not by their values: the monotonic clock may pass its maximum
                    .reduce((one, other) -> other - one < 0 ? other : one);
        }
    }

    @Override
    public double fill() {
        synchronized (lock) {
            return Math.max(storeFill, Math.min(1, (double) live.fresh() / capacity));
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

    // what follows is the writer's

    private void callKeeper() {
        called = true;
        lock.notifyAll();
    }

    /**
     * Waits until there is something to do, at most until a monotonic time.
     *
     * @param patience how long an item that is added meanwhile may wait, in nanoseconds
     */
    void awaitWork(long until, long patience) throws InterruptedException {
        synchronized (lock) {
            asleepUntil = until;
            this.patience = patience;
            for (var left = until - clock.nanoTime(); !called && left > 0; left = until - clock.nanoTime()) {
                // a moment too long rather than one too short, and never 0, which is for ever
                lock.wait(left / 1_000_000 + 1);
            }
            called = false;
            asleepUntil = 0;
            this.patience = Long.MAX_VALUE;
        }
    }

    void wakeKeeper() {
        synchronized (lock) {
            callKeeper();
        }
    }

    /** Whether nothing was delivered since a connection was lost. */
    boolean isDown() {
        synchronized (lock) {
            return down;
        }
    }

    /** When the oldest item was added that is not in the store; the maximum if there is none. */
    long oldestUnstored() {
        synchronized (lock) {
            return live.oldestUnstored();
        }
    }

    List<PendingItems.Pending> unstored() {
        synchronized (lock) {
            return live.unstoredItems();
        }
    }

    /** The gaps that nobody was told of; they are the writer's from now on. */
    Map<Lost, Gap> takeGaps() {
        synchronized (lock) {
            return gaps.takeAll();
        }
    }

    /** A gap that could not be stored. */
    void returnGap(String source, Gap gap) {
        synchronized (lock) {
            gaps.tellLater(source, gap);
        }
    }

    /** These are in the store now, at these positions. */
    void stored(List<PendingItems.Pending> items, long[] positions) {
        synchronized (lock) {
            live.stored(items, positions).forEach(backlog::done);
        }
    }

    /** How many entries the store holds. */
    void storeHolds(long entries) {
        synchronized (lock) {
            stored = entries;
        }
    }

    /** How much of the store's room is taken, 0 to 1. */
    void storeFill(double fill) {
        synchronized (lock) {
            storeFill = fill;
        }
    }

    /** How many more entries the backlog wants to have at hand. */
    int wanted() {
        synchronized (lock) {
            return backlog.waiting() > StoreWriter.AHEAD / 2 ? 0 : StoreWriter.AHEAD - backlog.waiting();
        }
    }

    /** An entry was read from the store, after all before it; one that is older is dropped and counted. */
    void fetched(long position, Entry entry, Duration maxAge) {
        synchronized (lock) {
            if (!backlog.read(position) || live.isTaken(position)) {
                return;
            }
            var age = clock.age(entry.added());
            if (age.orElse(0) > maxAge.toNanos()) {
                backlog.done(position);
                lose(entry, Loss.TOO_OLD);
            } else {
                var item = new Item(++lastId, entry.source(), entry.bytes(), true, entry.gap());
                backlog.offer(new Backlog.Fetched(position, item, clock.nanoTime() - age.orElse(0)));
            }
        }
    }

    /** What stands at a position of the store is of no use. */
    void unusable(long position) {
        synchronized (lock) {
            if (backlog.read(position)) {
                backlog.done(position);
            }
        }
    }

    /** There may be something new to take. */
    void wakeTaker() {
        wake.run();
    }

    /** The last position that the store may forget together with all before it, or {@link Backlog#NONE}. */
    long forgettable() {
        synchronized (lock) {
            return backlog.forgettable();
        }
    }

    /** The store has dropped an entry: unless it is done, or on its way, it is lost. */
    void dropped(long position, Entry entry) {
        synchronized (lock) {
            if (isOnlyInStore(position)) {
                lose(entry, Loss.FULL);
            }
        }
    }

    /** Whether an item that the store has no more is neither done nor on its way. */
    private boolean isOnlyInStore(long position) {
        return !live.isLeftByStore(position) && backlog.dropped(position);
    }

    /**
     * The store has lost files, whose entries could still be read: they wait in memory again, before all others, unless
     * they are done, or on their way. There may be more of them than the capacity, as many as a few files hold: the writer
     * writes them at once.
     *
     * @return how many wait again
     */
    int rescued(List<Map.Entry<Long, Entry>> entries) {
        synchronized (lock) {
            var before = live.fresh();
            var newestFirst = new ArrayList<>(entries);
            Collections.reverse(newestFirst);
            newestFirst.stream()
                    .filter(each -> isOnlyInStore(each.getKey()))
                    .forEach(each -> waitAgain(each.getValue()));
            return live.fresh() - before;
        }
    }

    private void waitAgain(Entry entry) {
        entry.gap().ifPresent(gap -> gaps.tellLater(entry.source(), gap));
        if (entry.gap().isEmpty()) {
            var item = new Item(++lastId, entry.source(), entry.bytes(), true, Optional.empty());
            live.addFirst(new PendingItems.Pending(
                    item,
                    entry.added(),
                    clock.nanoTime() - clock.age(entry.added()).orElse(0)));
        }
    }

    /**
     * The store has lost a file that cannot be read any more.
     *
     * @param entries of it that it had not forgotten
     * @return how many of them are lost by that
     */
    long vanished(long from, long to, long entries) {
        synchronized (lock) {
            var lost = Math.max(0, entries - live.leftByStore(from, to) - backlog.vanished(from, to));
            if (lost > 0) {
                var now = clock.now();
                gaps.lost(StoredItems.UNKNOWN, new Gap(Loss.FILES_GONE, lost, now, now));
            }
            return lost;
        }
    }

    /** The store is opened anew, and will be read from its beginning. */
    void restart() {
        synchronized (lock) {
            live.forgetPositions();
            backlog.restart();
        }
    }
}
