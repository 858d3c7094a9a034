package io.walnutedge.outbox;

import io.walnutedge.files.Errno;
import io.walnutedge.files.FileTrouble;
import io.walnutedge.outbox.log.Entry;
import io.walnutedge.outbox.log.SegmentLog;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
final class StoreWriter {
    private static final Logger LOG = LoggerFactory.getLogger(StoreWriter.class);

    /** Entries that are read ahead: several windows full. */
    static final int AHEAD = 256;

    private static final int AHEAD_BYTES = 64 * 1024;
    /** After the store failed; and how often is looked for files that were removed, or may be used again. */
    static final long RETRY = Duration.ofSeconds(10).toNanos();
    /** What comes and goes is told again after so long. */
    private static final long REMINDER = Duration.ofMinutes(10).toNanos();
    /** So many kinds of trouble in that time are enough for anybody. */
    private static final int MOST_KINDS = 8;

    /** Opens the store; a test has one that fails. */
    @FunctionalInterface
    interface Opener {
        SegmentLog open(SegmentLog.Known known, Consumer<SegmentLog.Entry> found, SegmentLog.Report report)
                throws IOException;
    }

    private final OutboxSettings settings;
    private final Opener opener;
    private final MemoryOutbox memory;
    private final StoreListener listener;
    private final OutboxClock clock;
    private @Nullable SegmentLog log;
    private SegmentLog.Known known = SegmentLog.Known.NOTHING;
    private long openAt;
    private long writeAt;
    private long lookAt;
    private long syncAt = Long.MAX_VALUE;
    /** There is more in memory than its bound: it is written without patience. */
    private boolean rescued;

    private String trouble = "";
    /** By what is told apart: its words may name another file each time. */
    private String troubleKind = "";
    /** Kinds that were told to the log, and when. */
    private final Map<String, Long> logged = new HashMap<>();

    private boolean isLogged;
    /** The trouble is over only when something was written. */
    private boolean cannotWrite;

    private List<String> damage = List.of();
    private boolean foundBefore;
    private long unreadable;

    StoreWriter(
            OutboxSettings settings, Opener opener, MemoryOutbox memory, StoreListener listener, OutboxClock clock) {
        this.settings = settings;
        this.opener = opener;
        this.memory = memory;
        this.listener = listener;
        this.clock = clock;
        this.openAt = clock.nanoTime();
        this.writeAt = openAt;
        this.lookAt = openAt;
    }

    /**
     * Does all that is due.
     *
     * @return the monotonic time of the next turn, unless the outbox calls before
     */
    long turn() {
        try {
            if (log == null && isDue(openAt)) {
                open();
            }
            if (log != null) {
                look(log);
            }
            if (log != null) {
                keep(log);
            }
            if (log != null) {
                // needs only to read: what waits is sent also where nothing can be written
                fetch(log);
                memory.storeFill(log.fill());
            }
        } catch (IOException failure) {
            failed(failure);
        } catch (RuntimeException fault) {
            LOG.error("a fault of the outbox itself; it opens its store anew", fault);
            failed(new IOException("a fault of the outbox itself: " + fault, fault));
        }
        return next();
    }

    private boolean isDue(long time) {
        return clock.nanoTime() - time >= 0;
    }

    private void keep(SegmentLog store) throws IOException {
        try {
            forget(store);
            if (isDue(writeAt)) {
                write(store, rescued ? 0 : patience());
                rescued = false;
                sync(store, syncAt);
            }
            if (cannotWrite && memory.oldestUnstored() == Long.MAX_VALUE) {
                cannotWrite = false;
            }
            recovered(store);
        } catch (IOException failure) {
            failed(failure);
            writeAt = clock.nanoTime() + RETRY;
            open();
        }
    }

    /** Opens the store again where somebody has removed its files, or where files that could not be used now can. */
    private void look(SegmentLog store) throws IOException {
        var writes = isDue(writeAt) && isToWrite(patience());
        if (!isDue(lookAt) && !writes) {
            return;
        }
        var all = isDue(lookAt);
        lookAt = all ? clock.nanoTime() + RETRY : lookAt;
        if (store.hasLostNames(all)) {
            orphaned(store);
            reopen(store);
        } else if (all && store.isRelieved()) {
            reopen(store);
        }
    }

    private SegmentLog reopen(SegmentLog store) throws IOException {
        log = null;
        store.close();
        return open();
    }

    private void orphaned(SegmentLog store) throws IOException {
        var orphans = store.orphans();
        var saved = new ArrayList<Map.Entry<Long, Entry>>();
        var lost = 0L;
        for (var orphan : orphans) {
            for (var stored : orphan.readable()) {
                decode(stored, entry -> saved.add(Map.entry(stored.position(), entry)));
            }
        }
        var again = memory.rescued(saved);
        rescued = true;
        writeAt = clock.nanoTime();
        for (var orphan : orphans) {
            lost += memory.vanished(
                    orphan.from(),
                    orphan.to(),
                    orphan.count() - orphan.readable().size());
        }
        if (!store.isInItsDirectory()) {
            // what is there now is another store, with a mark of its own
            known = new SegmentLog.Known(0, known.last(), Set.of());
        }
        LOG.warn(
                "somebody has removed files of the outbox in {}, which are made anew; {} readings could still be read"
                        + " from them, {} are lost",
                settings.directory(),
                again,
                lost);
    }

    /** Writes whatever is left and closes the store. */
    void close() {
        try {
            var store = log == null ? open() : log;
            if (store.hasLostNames(true)) {
                orphaned(store);
                store = reopen(store);
            }
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
        var write = oldest == Long.MAX_VALUE ? oldest : later(oldest + patience(), writeAt);
        var look = log.isEmpty() && log.hindrance() == null ? Long.MAX_VALUE : lookAt;
        return Math.min(Math.min(write, syncAt), look);
    }

    private static long later(long one, long other) {
        return one - other > 0 ? one : other;
    }

    /** How long an item may wait in memory, in nanoseconds; less where nothing is delivered at all. The rest is for the writing itself. */
    long patience() {
        var commit = settings.commitEvery().toNanos();
        return memory.isDown() ? commit / 2 : commit / 5 * 4;
    }

    private SegmentLog open() throws IOException {
        var told = new ArrayList<String>();
        var opened = opener.open(known, this::found, told::add);
        log = opened;
        known = opened.known();
        memory.restart();
        memory.storeHolds(opened.entries());
        if (!told.equals(damage)) {
            told.forEach(LOG::warn);
            damage = told;
        }
        if (opened.entries() > 0 && !foundBefore) {
            LOG.info("{} readings of before wait in the outbox", opened.entries());
        }
        foundBefore = true;
        lookAt = clock.nanoTime() + RETRY;
        if (!cannotWrite) {
            recovered(opened);
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
            try {
                store.acknowledge(position);
            } finally {
                known = store.known();
            }
            memory.storeHolds(store.entries());
        }
    }

    private boolean isToWrite(long patience) {
        var oldest = memory.oldestUnstored();
        return oldest != Long.MAX_VALUE && clock.nanoTime() - oldest >= patience;
    }

    /** Everything, if the oldest has waited long enough: a write of many costs the card what a write of one costs. */
    private void write(SegmentLog store, long patience) throws IOException {
        if (!isToWrite(patience)) {
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
    }

    private void writeGaps(SegmentLog store) throws IOException {
        var gaps = memory.takeGaps();
        try {
            for (var sources = gaps.entrySet().iterator(); sources.hasNext(); ) {
                var gap = sources.next();
                var entry = Entry.ofGap(gap.getKey().source(), gap.getValue(), clock.moment());
                append(store, List.of(entry.encode()), (from, positions) -> sources.remove());
            }
        } finally {
            gaps.forEach((lost, gap) -> memory.returnGap(lost.source(), gap));
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
            known = store.known();
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
            throw store.full() == null ? new IOException("there is no room for a file") : store.full();
        }
        dropped.forEach(stored -> decode(stored, entry -> memory.dropped(stored.position(), entry)));
    }

    private void fetch(SegmentLog store) throws IOException {
        for (var wanted = memory.wanted(); wanted > 0; wanted = memory.wanted()) {
            var read = store.read(wanted, AHEAD_BYTES);
            if (read.isEmpty()) {
                return;
            }
            for (var stored : read) {
                if (!decode(stored, entry -> memory.fetched(stored.position(), entry, settings.maxAge()))) {
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
        cannotWrite |= broken != null;
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
        tell(
                failure,
                "the outbox cannot use " + settings.directory() + ": "
                        + FileTrouble.inOwnDirectory(failure, settings.directory())
                        + "; readings that wait are kept in memory");
    }

    /** What may only be read, or not even that, is told as long as it stands there. */
    private void recovered(SegmentLog store) {
        if (cannotWrite) {
            return;
        }
        var hindrance = store.hindrance();
        if (hindrance != null) {
            tell(
                    hindrance.why(),
                    "files of the outbox cannot be " + (hindrance.writing() ? "written: " : "read: ")
                            + FileTrouble.inOwnDirectory(hindrance.why(), settings.directory())
                            + (hindrance.writing()
                                    ? "; what waits in them is sent, what is new goes to others"
                                    : "; what waits in them stays there"));
        } else if (!trouble.isEmpty()) {
            trouble = "";
            listener.trouble("");
            if (isLogged) {
                isLogged = false;
                LOG.info("the outbox uses its store again");
            }
        }
    }

    /** Once for each kind, whatever the file: each try may meet another. */
    private void tell(IOException failure, String why) {
        var kind = Errno.of(failure).map(Errno::name).orElseGet(() -> String.valueOf(failure.getMessage()));
        if (!trouble.isEmpty() && kind.equals(troubleKind)) {
            LOG.debug("{}", why, failure);
            return;
        }
        trouble = why;
        troubleKind = kind;
        listener.trouble(why);
        logged.values().removeIf(time -> clock.nanoTime() - time >= REMINDER);
        if (logged.size() < MOST_KINDS && logged.putIfAbsent(kind, clock.nanoTime()) == null) {
            isLogged = true;
            LOG.warn("{}", why);
        }
    }
}
