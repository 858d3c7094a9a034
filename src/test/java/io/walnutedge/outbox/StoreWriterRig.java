package io.walnutedge.outbox;

import io.walnutedge.outbox.log.Disk;
import io.walnutedge.outbox.log.NioDisk;
import io.walnutedge.outbox.log.SegmentLog;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An outbox and its writer on a small real log, turned by hand, on a clock of its own. Items are numbers. */
final class StoreWriterRig implements StoreListener {
    static final int SEGMENT = 512;

    long nanos = 1_000;
    Instant wall = Instant.parse("2026-01-02T03:04:05Z");
    boolean synced = true;
    /** What the disk says to each open, append and read, if anything. */
    @Nullable String failure;

    /** What the disk says to one operation, or null. */
    interface Fault {
        @Nullable IOException at(String operation, Path path);
    }

    Fault fault = (operation, path) -> null;

    final List<String> troubles = new ArrayList<>();
    final List<Long> found = new ArrayList<>();
    OutboxClock clock = clock("first boot");
    private final OutboxSettings settings;
    MemoryOutbox outbox;
    StoreWriter writer;

    @Nullable SegmentLog log;

    StoreWriterRig(Path directory, long maxBytes, int memory) {
        settings = new OutboxSettings(
                directory, maxBytes, Duration.ofDays(7), Duration.ofSeconds(1), Duration.ofSeconds(10), memory);
        outbox = new MemoryOutbox(memory, clock);
        writer = new StoreWriter(settings, this::open, outbox, this, clock);
    }

    private OutboxClock clock(String boot) {
        return new OutboxClock(() -> nanos, () -> wall, () -> synced, boot);
    }

    /** The store is opened anew in the same process, as after a fault. */
    void reopen() throws IOException {
        if (log != null) {
            log.close();
        }
        outbox.restart();
        writer = new StoreWriter(settings, this::open, outbox, this, clock);
    }

    /** The machine starts again: the monotonic clock begins anew. */
    void reboot() throws IOException {
        nanos = Duration.ofSeconds(20).toNanos();
        clock = clock("another boot");
        restart(false);
    }

    private SegmentLog open(SegmentLog.Known known, Consumer<SegmentLog.Entry> found, SegmentLog.Report report)
            throws IOException {
        var disk = new NioDisk() {
            @Override
            public boolean createDirectories(Path dir) throws IOException {
                fault("mkdir", dir);
                return super.createDirectories(dir);
            }

            @Override
            public List<Listed> list(Path dir) throws IOException {
                fault("list", dir);
                return super.list(dir);
            }

            @Override
            public DiskFile openRead(Path path) throws IOException {
                fault("read", path);
                return new CheckedFile(path, super.openRead(path));
            }

            @Override
            public DiskFile open(Path path) throws IOException {
                check();
                fault("open", path);
                return new CheckedFile(path, super.open(path));
            }

            @Override
            public DiskFile create(Path path) throws IOException {
                check();
                fault("create", path);
                return new CheckedFile(path, super.create(path));
            }

            @Override
            public void delete(Path path) throws IOException {
                fault("delete", path);
                super.delete(path);
            }

            @Override
            public void move(Path from, Path to) throws IOException {
                fault("rename", from);
                super.move(from, to);
            }

            @Override
            public void syncDirectory(Path dir) throws IOException {
                fault("sync", dir);
                super.syncDirectory(dir);
            }

            @Override
            public Closeable lock(Path path) throws IOException {
                fault("lock", path);
                return super.lock(path);
            }
        };
        check();
        log = SegmentLog.open(disk, settings.directory(), settings.maxBytes(), SEGMENT, known, found, report);
        return log;
    }

    private void fault(String operation, Path path) throws IOException {
        var thrown = fault.at(operation, path);
        if (thrown != null) {
            throw thrown;
        }
    }

    private void check() throws IOException {
        if (failure != null) {
            throw new IOException(failure);
        }
    }

    /** The process dies and starts again: what is in memory only is gone. */
    void restart(boolean orderly) throws IOException {
        if (orderly) {
            writer.close();
        } else if (log != null) {
            log.close();
        }
        log = null;
        found.clear();
        outbox = new MemoryOutbox(settings.memory(), clock);
        writer = new StoreWriter(settings, this::open, outbox, this, clock);
    }

    void pass(Duration time) {
        nanos += time.toNanos();
        wall = wall.plus(time);
        writer.turn();
    }

    void add(String source, long... numbers) {
        for (var number : numbers) {
            outbox.add(List.of(new Outbox.Fresh(source, bytes(number))));
        }
    }

    /** Takes all that there is, live or of the backlog; a gap is told by its negative count. */
    List<Outbox.Item> takeAll(boolean backlog) {
        var all = new ArrayList<Outbox.Item>();
        for (var item = next(backlog); item != null; item = next(backlog)) {
            all.add(item);
        }
        return all;
    }

    private Outbox.@Nullable Item next(boolean backlog) {
        if (!backlog) {
            return outbox.take();
        }
        var item = outbox.takeBacklog();
        if (item != null) {
            return item;
        }
        writer.turn();
        return outbox.takeBacklog();
    }

    static byte[] bytes(long number) {
        return ByteBuffer.allocate(8).putLong(number).array();
    }

    static long number(Outbox.Item item) {
        return item.gap()
                .map(gap -> -gap.count())
                .orElseGet(() -> ByteBuffer.wrap(item.bytes()).getLong());
    }

    static List<Long> numbers(List<Outbox.Item> items) {
        return items.stream().map(StoreWriterRig::number).toList();
    }

    @Override
    public void found(String source, byte[] bytes) {
        found.add(ByteBuffer.wrap(bytes).getLong());
    }

    @Override
    public void trouble(String why) {
        troubles.add(why);
    }

    /** Fails when the rig says so. */
    private final class CheckedFile implements Disk.DiskFile {
        private final Path path;
        private final Disk.DiskFile file;

        CheckedFile(Path path, Disk.DiskFile file) {
            this.path = path;
            this.file = file;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public int readAt(ByteBuffer to, long position) throws IOException {
            check();
            return file.readAt(to, position);
        }

        @Override
        public void writeAt(ByteBuffer from, long position) throws IOException {
            check();
            fault("write", path);
            file.writeAt(from, position);
        }

        @Override
        public void force() throws IOException {
            check();
            fault("sync", path);
            file.force();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
