package io.walnutedge.outbox.log;

import io.walnutedge.files.UnusableFileException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An append-only log of byte strings in preallocated files of one size, its segments; owned by the thread {@code outbox}.
 *
 * <pre>
 *   directory   NNNNNNNNNNNNNNNN.log   segments by number, the last one is appended to
 *               spare.log              a file of the right size for the next segment
 *               mark                   up to where everything is done, see {@link AckMark}
 *               lock                   empty, locked while a log is open
 *               damaged-NNNN-name      the last two files that were found damaged or alien
 *
 *   segment     | header 24 | record | record | ... | seal | never read |
 *   header      | F5F7FB00 57454C47 | version 4 | number 8 | CRC32C of these 4 |
 *   record      | F5F7FB 3, kind 1 | length 4 | CRC32C 4 | body, length bytes |
 *   kind        E an entry; S the seal (length 0): no more records; F a filler: these bytes were damaged
 *   CRC32C      of kind word, length, segment number 8, offset 4, and an entry's body           (all big-endian)
 * </pre>
 *
 * <p>The number and the offset in the checksum keep the former records of a recycled file, and bytes that were copied to
 * another place, from counting. A segment is put on stable storage before the next one begins. The end of the last segment
 * is where no sound record follows: what a kill or a power cut tore there is written over.
 *
 * <p>After an {@link IOException} of any method but {@link #open} the log must be closed and opened again; the entries of
 * the append that failed are then there, or not, or in part.
 */
public final class SegmentLog implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentLog.class);
    private static final String LOCK = "lock";

    /** An entry and its position, which only grows: by append, over restarts, for ever. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Entry(long position, byte[] body) {}

    /**
     * What the process knows of a log that it had open before, in case the log's own files could not be written.
     *
     * @param done up to and including this position everything is done
     * @param last no position up to this one is given again
     * @param unread segments that could not be read: nothing of them is done
     */
    public record Known(long done, long last, Set<Long> unread) {
        public static final Known NOTHING = new Known(0, 0, Set.of());
    }

    /** Hears what was found wrong when opening, a sentence each. */
    public interface Report {
        void damaged(String what);
    }

    /**
     * A segment without a file of its name.
     *
     * @param from its first position
     * @param to its last position
     * @param count of its entries that were not done
     * @param readable those of them that can still be read
     */
    public record Orphan(long from, long to, long count, List<Entry> readable) {}

    /** What waits in a log: entries, their bytes on the disk; its files, their bytes; how many are damaged, set aside. */
    public record Summary(long entries, long bytes, int segments, long fileBytes, int damaged, int aside) {}

    private final Disk disk;
    private final Path dir;
    private final Closeable lock;
    private final Object lockIdentity;
    private final AckMark mark;
    private final SegmentFiles files;
    private final int maxBody;
    private final ByteBuffer batch = ByteBuffer.allocate(Format.MAX_BODY + Format.RECORD_BYTES);
    private final Deque<Segment> segments = new ArrayDeque<>();
    private final Cursor reading;
    private final Cursor done;
    private @Nullable Segment current;
    private boolean unsynced;
    private @Nullable Hindrance hindrance;
    private final TreeSet<Long> unread = new TreeSet<>();

    private SegmentLog(Disk disk, Path dir, Closeable lock, AckMark mark, SegmentFiles files, int segmentBytes)
            throws IOException {
        this.disk = disk;
        this.dir = dir;
        this.lock = lock;
        this.lockIdentity = lockIdentity();
        this.mark = mark;
        this.files = files;
        this.maxBody = Math.min(Format.MAX_BODY, segmentBytes - Format.HEADER_BYTES - Format.RECORD_BYTES);
        this.reading = new Cursor(disk);
        this.done = new Cursor(disk);
    }

    /**
     * Opens the log in a directory, which is made if missing; damage is repaired and reported, never thrown.
     *
     * @param maxBytes all segments and the spare together, at least one segment
     * @param segmentBytes size of new segments; found ones may have another
     * @param found gets every sound entry that is not done, in order
     * @throws IOException if the disk fails or another process has the log open
     */
    public static SegmentLog open(
            Disk disk, Path dir, long maxBytes, int segmentBytes, Consumer<Entry> found, Report report)
            throws IOException {
        return open(disk, dir, maxBytes, segmentBytes, Known.NOTHING, found, report);
    }

    /** The same for a process that had it open before. */
    public static SegmentLog open(
            Disk disk, Path dir, long maxBytes, int segmentBytes, Known known, Consumer<Entry> found, Report report)
            throws IOException {
        if (segmentBytes < Format.HEADER_BYTES + 2 * Format.RECORD_BYTES || maxBytes < segmentBytes) {
            throw new IllegalArgumentException("segments of " + segmentBytes + " bytes, all of " + maxBytes);
        }
        if (disk.createDirectories(dir)) {
            disk.syncDirectory(dir.resolveSibling("."));
        }
        var lock = lock(disk, dir, report);
        try {
            var mark = new AckMark(disk, dir);
            mark.known(known.done());
            var files = new SegmentFiles(disk, dir, maxBytes, segmentBytes);
            files.taken(Format.numberOf(known.last()));
            var recovery = new Recovery(disk, dir, mark, files, report);
            var segments = recovery.run(known.unread(), found);
            var log = new SegmentLog(disk, dir, lock, mark, files, segmentBytes);
            log.hindrance = recovery.hindrance();
            log.unread.addAll(recovery.unread());
            log.start(segments);
            return log;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static Closeable lock(Disk disk, Path dir, Report report) throws IOException {
        try {
            return disk.lock(dir.resolve(LOCK));
        } catch (UnusableFileException alien) {
            report.damaged(alien.getMessage() + ": moved to " + new DamagedFiles(disk, dir).move(LOCK));
            return disk.lock(dir.resolve(LOCK));
        }
    }

    private Object lockIdentity() throws IOException {
        try {
            return disk.identity(dir.resolve(LOCK));
        } catch (NoSuchFileException none) {
            // a directory in which nothing can be made
            return disk.identity(dir);
        }
    }

    private void start(List<Segment> found) {
        segments.addAll(found);
        var last = segments.peekLast();
        current = last == null || last.sealed ? null : last;
        if (current != null) {
            // a process that was killed may not have come to its sync
            files.nameUnsynced();
            unsynced = current.entries > 0;
        }
        rewind();
    }

    /**
     * Reads a log that another process may have open, without a lock and without changing anything.
     *
     * @param found gets every sound entry that is not done, in order
     * @throws IOException if there is no such directory, or the disk fails
     */
    public static Summary inspect(Path dir, Consumer<Entry> found) throws IOException {
        return new Inspection(new NioDisk(), dir).run(found);
    }

    /**
     * Appends bodies of at most 64 KiB (less where segments are smaller); after a return they outlive the process.
     *
     * @return the positions of those appended; fewer than asked for if the log or the disk is full
     */
    public long[] append(List<byte[]> bodies) throws IOException {
        for (var body : bodies) {
            if (body.length > maxBody) {
                throw new IllegalArgumentException("a body of " + body.length + " bytes, at most " + maxBody);
            }
        }
        var positions = new long[bodies.size()];
        var count = 0;
        var pending = new Batch();
        for (var body : bodies) {
            if (!pending.fits(body)) {
                pending.write();
            }
            var segment = withRoom(pending, body);
            if (segment == null) {
                break;
            }
            positions[count++] = pending.add(segment, body);
        }
        pending.write();
        return Arrays.copyOf(positions, count);
    }

    /** The current segment if the body fits in, else the next one, null if there is no room for one. */
    private @Nullable Segment withRoom(Batch pending, byte[] body) throws IOException {
        var segment = current;
        if (segment != null && segment.hasRoom(segment.end + batch.position(), body.length)) {
            return segment;
        }
        pending.write();
        seal();
        segment = files.create(mark);
        if (segment != null) {
            segments.addLast(segment);
            current = segment;
            unsynced = true;
        }
        return segment;
    }

    /** Ends the current segment and puts it on stable storage, or ends its life if all of it is done. */
    private void seal() throws IOException {
        var segment = current;
        if (segment == null) {
            return;
        }
        if (segment.entries == 0) {
            remove(segment);
            return;
        }
        if (segment.hasRoom(segment.end, 0)) {
            var bytes = Format.bare(Format.SEAL, 0, segment.number, segment.end);
            segment.file(disk).writeAt(bytes, segment.end);
            segment.end += Format.RECORD_BYTES;
            unsynced = true;
        }
        segment.sealed = true;
        sync();
        current = null;
        release();
    }

    /** Everything appended so far, and the name of its file, is on stable storage. */
    public void sync() throws IOException {
        if (unsynced && current != null) {
            current.file(disk).force();
            files.sync();
        }
        unsynced = false;
    }

    /**
     * Makes room: removes the oldest segment, also if it is the one that is appended to, and returns its entries that were
     * not done; an empty list only if the log is empty. Files of other processes may still fill the disk after it.
     */
    public List<Entry> dropOldest() throws IOException {
        var oldest = segments.peekFirst();
        if (oldest == null || oldest.entries == 0) {
            return List.of();
        }
        var entries = new ArrayList<Entry>();
        done.to(oldest, oldest.start);
        for (var entry = done.next(); entry != null; entry = done.next()) {
            entries.add(entry);
        }
        var last = oldest.lastPosition();
        // if its file cannot be deleted there is no room and no loss
        files.retire(oldest);
        forget(oldest);
        advance(last);
        return entries;
    }

    /** The next entries that are not done, at least one if there is any, and then as many as both bounds allow. */
    public List<Entry> read(int maxEntries, int maxBytes) throws IOException {
        var entries = new ArrayList<Entry>();
        var bytes = 0L;
        while (entries.size() < maxEntries) {
            var entry = nextToRead();
            if (entry == null) {
                break;
            }
            bytes += entry.body().length;
            if (!entries.isEmpty() && bytes > maxBytes) {
                reading.back();
                break;
            }
            entries.add(entry);
        }
        return entries;
    }

    private @Nullable Entry nextToRead() throws IOException {
        for (var segment : segments) {
            if (reading.isBefore(segment)) {
                reading.to(segment, segment.start);
                release();
            }
            var entry = reading.isIn(segment) ? reading.next() : null;
            if (entry != null) {
                return entry;
            }
        }
        return null;
    }

    /** Reads begin again with the first entry that is not done. */
    void rewind() {
        reading.reset();
    }

    /** Every entry up to and including the position is done; whole segments of them are removed. */
    public void acknowledge(long position) throws IOException {
        var first = segments.peekFirst();
        while (first != null && first != current && first.lastPosition() <= position) {
            advance(first.lastPosition());
            remove(first);
            first = segments.peekFirst();
        }
        if (first != null && first.entries > 0 && Format.position(first.number, first.start) <= position) {
            advance(doneIn(first, position));
        }
    }

    /** Where the last entry of the segment at or before the position stands. */
    private long doneIn(Segment segment, long position) throws IOException {
        if (segment.lastPosition() <= position) {
            segment.finish();
            return segment.lastPosition();
        }
        var last = mark.position();
        done.to(segment, segment.start);
        for (var entry = done.next(); entry != null && entry.position() <= position; entry = done.next()) {
            last = entry.position();
            segment.entries--;
            segment.start = done.offset();
        }
        return last;
    }

    /** The mark never passes what could not be read, for that would be done with it; what this process knows does. */
    private void advance(long position) {
        if (position <= mark.position()) {
            return;
        }
        if (!unread.isEmpty() && unread.first() <= Format.numberOf(position)) {
            mark.known(position);
            return;
        }
        try {
            mark.advance(position);
        } catch (IOException e) {
            // a stale mark means duplicates after a restart, no more, and the segments that are done make room
            if (!disk.isFull(e)) {
                hindered(dir.resolve(AckMark.NAME), e);
            }
        }
    }

    private void remove(Segment segment) throws IOException {
        forget(segment);
        try {
            files.retire(segment);
        } catch (IOException undeletable) {
            hindered(segment.path, undeletable);
        }
    }

    private void hindered(Path path, IOException why) {
        hindrance = hindrance == null ? new Hindrance(path, true, why) : hindrance;
    }

    private void forget(Segment segment) {
        segments.remove(segment);
        unread.remove(segment.number);
        if (segment == current) {
            current = null;
        }
    }

    /** The first file that could not be used as it should, as long as that has not changed; null where all is well. */
    public @Nullable Hindrance hindrance() {
        return hindrance;
    }

    /** Whether that has changed: the log is to be opened again then. */
    public boolean isRelieved() {
        return hindrance != null && hindrance.isOver(disk) && (!isOfWritingTheMark(hindrance) || isMarkWritten());
    }

    private boolean isOfWritingTheMark(Hindrance known) {
        return known.writing() && known.path().equals(dir.resolve(AckMark.NAME));
    }

    /** On a worn card it can be opened, and not be written to. */
    private boolean isMarkWritten() {
        try {
            mark.advance(mark.position());
            return true;
        } catch (IOException still) {
            LOG.debug("the mark cannot be written yet", still);
            return false;
        }
    }

    /** What the disk said when there was no room for the latest append; null where the log itself was full. */
    public @Nullable IOException full() {
        return files.full();
    }

    /** What is to be known when it is opened again. */
    public Known known() {
        var last = segments.stream().mapToLong(Segment::lastPosition).reduce(mark.position(), Math::max);
        return new Known(mark.position(), last, Set.copyOf(unread));
    }

    /**
     * Whether somebody has taken away the names of files: what is written to them is lost.
     *
     * @param all looks at every segment, not only at the files that are written to
     */
    public boolean hasLostNames(boolean all) throws IOException {
        if (!isInItsDirectory() || !mark.hasItsName()) {
            return true;
        }
        for (var segment : segments) {
            if ((all || segment == current) && !segment.hasItsName(disk)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the directory is the one that was opened, as far as its lock tells. */
    public boolean isInItsDirectory() throws IOException {
        try {
            return lockIdentity.equals(lockIdentity());
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    /** The segments whose files have lost their names. */
    public List<Orphan> orphans() throws IOException {
        var lost = new ArrayList<Orphan>();
        for (var segment : segments) {
            if (!segment.hasItsName(disk)) {
                lost.add(orphan(segment));
            }
        }
        return lost;
    }

    /** An open file can be read to its end, whatever its name. */
    private Orphan orphan(Segment segment) {
        var entries = new ArrayList<Entry>();
        try {
            if (segment.isOpen()) {
                done.reset();
                done.to(segment, segment.start);
                for (var entry = done.next(); entry != null; entry = done.next()) {
                    entries.add(entry);
                }
            }
        } catch (IOException unreadable) {
            LOG.debug("{} cannot be read any more", segment.path, unreadable);
        }
        return new Orphan(
                Format.position(segment.number, 0),
                Format.position(segment.number, segment.size),
                segment.entries,
                entries);
    }

    /** Only the first and the last segment, and the one that is read, keep their files open. */
    private void release() throws IOException {
        for (var segment : segments) {
            if (segment != segments.peekFirst() && segment != current && !reading.isIn(segment)) {
                segment.closeFile();
            }
        }
    }

    /** Entries that are not done. */
    public long entries() {
        return segments.stream().mapToLong(segment -> segment.entries).sum();
    }

    /** Bytes of the entries that are not done, with what stands before each. */
    long bytes() {
        return segments.stream().mapToLong(Segment::bytes).sum();
    }

    /** How much of the room is taken, 0 to 1, in whole segments. */
    public double fill() {
        return Math.min(1, files.fill());
    }

    public boolean isEmpty() {
        return entries() == 0;
    }

    /** Does not sync: that is asked for, or left to the kernel. */
    @Override
    public void close() throws IOException {
        try (lock;
                mark) {
            for (var segment : segments) {
                segment.closeFile();
            }
        }
    }

    /** Records that are written together. */
    private final class Batch {
        private long entries;
        private int last;

        Batch() {
            batch.clear();
        }

        boolean fits(byte[] body) {
            return batch.remaining() >= Format.RECORD_BYTES + body.length;
        }

        long add(Segment segment, byte[] body) {
            last = segment.end + batch.position();
            Format.putEntry(batch, segment.number, last, body);
            entries++;
            return Format.position(segment.number, last);
        }

        void write() throws IOException {
            var segment = current;
            if (segment == null || entries == 0) {
                return;
            }
            var length = batch.flip().remaining();
            segment.file(disk).writeAt(batch, segment.end);
            batch.clear();
            segment.end += length;
            segment.entries += entries;
            segment.last = last;
            unsynced = true;
            entries = 0;
        }
    }
}
