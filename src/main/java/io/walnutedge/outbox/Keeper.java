package io.walnutedge.outbox;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an outbox's items in a store: writes what is not delivered soon, reads it again, forgets what was delivered. Turn by
 * turn, without a thread of its own; whoever turns it is the only one who does.
 *
 * <p>An item leaves the memory only after the store has it, and the store forgets it only after it was delivered. Where
 * the store fails, everything goes on in memory, and the store is tried again.
 */
final class Keeper {
    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);

    /** Entries that are read ahead: several windows full. */
    static final int AHEAD = 256;

    private static final int AHEAD_BYTES = 64 * 1024;
    /** After the store failed. */
    static final long RETRY = Duration.ofSeconds(10).toNanos();

    /** Opens the store; a test has one that fails. */
    @FunctionalInterface
    interface Opener {
        SegmentLog open(Consumer<SegmentLog.Entry> found, SegmentLog.Report report) throws IOException;
    }

    private final OutboxSettings settings;
    private final Opener opener;
    private final MemoryOutbox memory;
    private final StoreListener listener;
    private final OutboxClock clock;
    private @Nullable SegmentLog log;
    private long openAt;
    private long syncAt = Long.MAX_VALUE;
    private String trouble = "";
    /** The trouble is over only when something was written. */
    private boolean cannotWrite;

    private boolean foundBefore;
    private long unreadable;

    Keeper(OutboxSettings settings, Opener opener, MemoryOutbox memory, StoreListener listener, OutboxClock clock) {
        this.settings = settings;
        this.opener = opener;
        this.memory = memory;
        this.listener = listener;
        this.clock = clock;
        this.openAt = clock.nanoTime();
    }

    /**
     * Does all that is due.
     *
     * @return the monotonic time of the next turn, unless the outbox calls before
     */
    long turn() {
        try {
            var store = log;
            if (store == null && clock.nanoTime() - openAt >= 0) {
                store = open();
            }
            if (store != null) {
                forget(store);
                write(store, patience());
                fetch(store);
                sync(store, syncAt);
                memory.storeFill(store.fill());
                if (cannotWrite && memory.oldestUnstored() == Long.MAX_VALUE) {
                    cannotWrite = false;
                    recovered();
                }
            }
        } catch (IOException failure) {
            failed(failure);
        } catch (RuntimeException fault) {
            LOG.error("a fault of the outbox itself; it opens its store anew", fault);
            failed(new IOException("a fault of the outbox itself: " + fault, fault));
        }
        return next();
    }

    /** Writes whatever is left and closes the store. */
    void close() {
        try {
            var store = log == null ? open() : log;
            forget(store);
            write(store, 0);
            sync(store, Long.MIN_VALUE);
            log = null;
            store.close();
        } catch (IOException failure) {
            failed(failure);
            var lost = memory.unstored().size();
            if (lost > 0) {
                LOG.warn("lost with the end: {} readings that waited", lost);
            }
        }
    }

    private long next() {
        if (log == null) {
            return openAt;
        }
        var oldest = memory.oldestUnstored();
        return Math.min(oldest == Long.MAX_VALUE ? oldest : oldest + patience(), syncAt);
    }

    /** How long an item may wait in memory, in nanoseconds; less where nothing is delivered at all. The rest is for the writing itself. */
    long patience() {
        var commit = settings.commitEvery().toNanos();
        return memory.isDown() ? commit / 2 : commit / 5 * 4;
    }

    private SegmentLog open() throws IOException {
        var damage = new ArrayList<String>();
        var opened = opener.open(this::found, damage::add);
        log = opened;
        foundBefore = true;
        memory.restart();
        memory.storeHolds(opened.entries());
        damage.forEach(LOG::warn);
        if (opened.entries() > 0) {
            LOG.info("{} readings of before wait in the outbox", opened.entries());
        }
        if (!cannotWrite) {
            recovered();
        }
        return opened;
    }

    /** The entries of an earlier run; those of this one were added here. */
    private void found(SegmentLog.Entry stored) {
        if (!foundBefore) {
            decode(stored, entry -> {
                if (entry.gap().isEmpty()) {
                    listener.found(entry.source(), entry.bytes());
                }
            });
        }
    }

    private boolean decode(SegmentLog.Entry stored, Consumer<Entry> use) {
        try {
            use.accept(Entry.decode(stored.body()));
            return true;
        } catch (IllegalArgumentException alien) {
            if (unreadable++ == 0) {
                LOG.warn("the outbox holds what this version does not know: {}", alien.getMessage());
            }
            return false;
        }
    }

    /** What was delivered. */
    private void forget(SegmentLog store) throws IOException {
        var position = memory.forgettable();
        if (position != Backlog.NONE) {
            store.acknowledge(position);
            memory.storeHolds(store.entries());
        }
    }

    /** Everything, if the oldest has waited long enough: a write of many costs the card what a write of one costs. */
    private void write(SegmentLog store, long patience) throws IOException {
        var oldest = memory.oldestUnstored();
        if (oldest == Long.MAX_VALUE || clock.nanoTime() - oldest < patience) {
            return;
        }
        var items = memory.unstored();
        var bodies = items.stream().map(item -> item.entry().encode()).toList();
        append(
                store,
                bodies,
                (from, positions) -> memory.stored(items.subList(from, from + positions.length), positions));
        writeGaps(store);
        syncAt = Math.min(syncAt, clock.nanoTime() + settings.syncEvery().toNanos());
        cannotWrite = false;
        recovered();
    }

    private void writeGaps(SegmentLog store) throws IOException {
        var gaps = memory.takeGaps();
        try {
            for (var sources = gaps.entrySet().iterator(); sources.hasNext(); ) {
                var gap = sources.next();
                var entry = Entry.ofGap(gap.getKey(), gap.getValue(), clock.isSynced());
                append(store, List.of(entry.encode()), (from, positions) -> sources.remove());
            }
        } finally {
            gaps.forEach(memory::returnGap);
        }
    }

    /** Hears which of the bodies, from one on, have got positions. */
    private interface Appended {
        void at(int from, long[] positions);
    }

    /** Appends all, and drops the oldest where there is no room. */
    private void append(SegmentLog store, List<byte[]> bodies, Appended appended) throws IOException {
        for (var from = 0; from < bodies.size(); ) {
            var positions = store.append(bodies.subList(from, bodies.size()));
            memory.storeHolds(store.entries());
            if (positions.length > 0) {
                appended.at(from, positions);
                from += positions.length;
            }
            if (from < bodies.size()) {
                makeRoom(store);
            }
        }
    }

    private void makeRoom(SegmentLog store) throws IOException {
        var dropped = store.dropOldest();
        if (dropped.isEmpty()) {
            throw new IOException("the disk is full");
        }
        dropped.forEach(stored -> decode(stored, entry -> memory.dropped(stored.position(), entry)));
    }

    private void fetch(SegmentLog store) throws IOException {
        var before = clock.isSynced() ? clock.now().minus(settings.maxAge()) : Instant.MIN;
        for (var wanted = memory.wanted(); wanted > 0; wanted = memory.wanted()) {
            var read = store.read(wanted, AHEAD_BYTES);
            if (read.isEmpty()) {
                return;
            }
            for (var stored : read) {
                if (!decode(
                        stored,
                        entry -> memory.fetched(
                                stored.position(),
                                entry,
                                entry.synced() && entry.added().isBefore(before)))) {
                    memory.unusable(stored.position());
                }
            }
            memory.wakeTaker();
        }
    }

    private void sync(SegmentLog store, long due) throws IOException {
        if (due == Long.MAX_VALUE || clock.nanoTime() - due < 0) {
            return;
        }
        store.sync();
        syncAt = Long.MAX_VALUE;
    }

    private void failed(IOException failure) {
        var broken = log;
        cannotWrite = broken != null;
        log = null;
        syncAt = Long.MAX_VALUE;
        openAt = clock.nanoTime() + RETRY;
        memory.restart();
        if (broken != null) {
            try {
                broken.close();
            } catch (IOException again) {
                failure.addSuppressed(again);
            }
        }
        var why = "the outbox cannot use " + settings.directory() + ": " + reason(failure)
                + "; readings that wait are kept in memory";
        if (!why.equals(trouble)) {
            trouble = why;
            LOG.warn("{}", why);
            listener.trouble(why);
        } else {
            LOG.debug("{}", why, failure);
        }
    }

    private static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException denied) {
            return "permission denied for " + denied.getFile();
        }
        var message = failure.getMessage();
        return message == null ? failure.toString() : message;
    }

    private void recovered() {
        if (!trouble.isEmpty()) {
            trouble = "";
            LOG.info("the outbox uses its store again");
            listener.trouble("");
        }
    }
}
