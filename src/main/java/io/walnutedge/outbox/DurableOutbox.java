package io.walnutedge.outbox;

import io.walnutedge.outbox.log.NioDisk;
import io.walnutedge.outbox.log.SegmentLog;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The outbox with a store on the disk, which the thread {@code outbox} keeps. The queue's methods are for any thread and
 * never wait for the disk; {@link #start} and {@link #close} for one.
 *
 * <pre>
 *   add -> memory ------------------------------> take
 *            |  not delivered in commitEvery
 *            v
 *          store -> backlog, a few read ahead --> takeBacklog
 * </pre>
 */
public final class DurableOutbox implements Outbox {
    private static final Logger LOG = LoggerFactory.getLogger(DurableOutbox.class);

    /** Dropping the oldest means to drop one segment; far less than the smallest bound, far more than a write. */
    public static final int SEGMENT_BYTES = 256 * 1024;
    /** Of a segment's entry in memory: numbers, its identity, a path and its name, twice. */
    public static final int SEGMENT_IN_MEMORY = 432;
    /** A disk that takes longer over the end is left behind, where nobody says otherwise. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);

    private final OutboxSettings settings;
    private final OutboxClock clock;
    private final MemoryOutbox memory;
    private final Thread.UncaughtExceptionHandler fatal;
    private volatile boolean closing;
    private @Nullable Thread thread;

    /** @param fatal told of an {@link Error} on the thread; must end the process */
    public DurableOutbox(OutboxSettings settings, OutboxClock clock, Thread.UncaughtExceptionHandler fatal) {
        this.settings = settings;
        this.clock = clock;
        this.memory = new MemoryOutbox(settings.memory(), clock);
        this.fatal = fatal;
    }

    /** Starts the thread, which opens the store; a store that cannot be used stops nothing. */
    public void start(StoreListener listener) {
        var writer = new StoreWriter(settings, this::open, memory, listener, clock);
        var started = new Thread(() -> run(writer), "outbox");
        started.setDaemon(true);
        started.setUncaughtExceptionHandler(fatal);
        thread = started;
        started.start();
    }

    private SegmentLog open(SegmentLog.Known known, Consumer<SegmentLog.Entry> found, SegmentLog.Report report)
            throws IOException {
        return SegmentLog.open(
                new NioDisk(), settings.directory(), settings.maxBytes(), SEGMENT_BYTES, known, found, report);
    }

    private void run(StoreWriter writer) {
        try {
            while (!closing) {
                memory.awaitWork(writer.turn(), writer.patience());
            }
        } catch (InterruptedException hurry) {
            LOG.debug("interrupted; closing", hurry);
        }
        writer.close();
    }

    @Override
    public void close() {
        close(CLOSE_LIMIT);
    }

    /** Writes what is left to the store; a disk that takes longer is left behind, and what it did not take is told. */
    public void close(Duration atMost) {
        var running = thread;
        if (running == null) {
            return;
        }
        closing = true;
        memory.wakeKeeper();
        try {
            running.join(Math.max(1, atMost.toMillis()));
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        if (running.isAlive()) {
            LOG.warn(
                    "the disk did not take what waits within {} s: {} readings are not on it, and lost if this is the end",
                    atMost.toSeconds(),
                    memory.unstored().size());
        }
    }

    /** False where the thread has died; a disk that is slow or hangs harms nothing but the store. */
    public boolean healthy() {
        var running = thread;
        return running == null || running.isAlive();
    }

    @Override
    public void add(List<Fresh> items) {
        memory.add(items);
    }

    @Override
    public @Nullable Item take() {
        return memory.take();
    }

    @Override
    public @Nullable Item takeBacklog() {
        return memory.takeBacklog();
    }

    @Override
    public void remove(Item item) {
        memory.remove(item);
    }

    @Override
    public void giveBack() {
        memory.giveBack();
    }

    @Override
    public Counts counts() {
        return memory.counts();
    }

    @Override
    public OptionalLong oldest() {
        return memory.oldest();
    }

    @Override
    public double fill() {
        return memory.fill();
    }

    @Override
    public void onAdded(Runnable wake) {
        memory.onAdded(wake);
    }
}
