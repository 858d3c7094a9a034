package io.walnutedge.outbox.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Makes and ends the files of segments. A file is filled with zeros as the spare, then gets its header, then its name; the
 * file of a segment that is done becomes the spare again, so that the next outage writes no zeros.
 */
final class SegmentFiles {
    static final String SPARE = "spare.log";
    private static final int ZEROS = 64 * 1024;

    private final Disk disk;
    private final Path dir;
    private final long maxBytes;
    private final int segmentBytes;
    private long next = 1;
    private long total;
    private boolean spare;
    private boolean blank;
    private boolean dirty;
    private @Nullable IOException full;

    SegmentFiles(Disk disk, Path dir, long maxBytes, int segmentBytes) {
        this.disk = disk;
        this.dir = dir;
        this.maxBytes = maxBytes;
        this.segmentBytes = segmentBytes;
    }

    /** Bytes of segments' files, the spare left out, as a share of what all files may have. */
    double fill() {
        return (double) (spare ? total - segmentBytes : total) / maxBytes;
    }

    /** A segment's file was found: its number and its size are taken. */
    void found(Segment segment) {
        taken(segment.number);
        total += segment.size;
    }

    /** This number, and all below, are never given again. */
    void taken(long number) {
        next = Math.max(next, number + 1);
    }

    /** Takes over the spare that was found, if it is whole and says which records it may still hold. */
    void foundSpare() throws IOException {
        try (var file = disk.openRead(dir.resolve(SPARE))) {
            var header = Scanner.header(file);
            if (header != null) {
                taken(header.number());
            }
            spare = header != null && file.size() == segmentBytes;
        } catch (IOException refused) {
            if (!disk.isRefused(refused)) {
                throw refused;
            }
        }
        if (spare) {
            total += segmentBytes;
        } else {
            disk.delete(dir.resolve(SPARE));
        }
    }

    /** The next segment, its file open; null if the log or the disk is full. */
    @Nullable Segment create(AckMark mark) throws IOException {
        full = null;
        if (spare && !isSpareUsable()) {
            spare = false;
            total -= segmentBytes;
        }
        if (!spare && (total + segmentBytes > maxBytes || !makeSpare())) {
            return null;
        }
        if (!prepare(mark)) {
            return null;
        }
        while (disk.exists(path(next))) {
            next++;
        }
        var segment = new Segment(next, path(next), segmentBytes);
        var file = disk.open(dir.resolve(SPARE));
        try {
            file.writeAt(Format.header(next), 0);
            if (!blank) {
                // else the power may take the header and leave records, which would be sound when the number is given
                // again
                file.force();
            }
            disk.move(dir.resolve(SPARE), segment.path);
            segment.named(disk);
        } catch (IOException e) {
            file.close();
            throw e;
        }
        next++;
        spare = false;
        dirty = true;
        segment.use(file);
        return segment;
    }

    /** Not where somebody has taken it away, put something else in its place, or keeps it. */
    private boolean isSpareUsable() throws IOException {
        try {
            disk.open(dir.resolve(SPARE)).close();
            return true;
        } catch (NoSuchFileException gone) {
            return false;
        } catch (IOException refused) {
            if (!disk.isRefused(refused)) {
                throw refused;
            }
            return false;
        }
    }

    private boolean makeSpare() throws IOException {
        var path = dir.resolve(SPARE);
        try (var file = disk.create(path)) {
            var zeros = ByteBuffer.allocate(Math.min(ZEROS, segmentBytes));
            for (var at = 0; at < segmentBytes; at += zeros.capacity()) {
                file.writeAt(zeros.clear().limit(Math.min(zeros.capacity(), segmentBytes - at)), at);
            }
        } catch (IOException e) {
            return giveUp(path, e);
        }
        spare = true;
        blank = true;
        total += segmentBytes;
        return true;
    }

    private boolean giveUp(Path path, IOException failure) throws IOException {
        try {
            if (disk.exists(path)) {
                disk.delete(path);
            }
        } catch (IOException e) {
            failure.addSuppressed(e);
            throw failure;
        }
        return noRoom(failure);
    }

    private boolean prepare(AckMark mark) throws IOException {
        try {
            mark.prepare();
            return true;
        } catch (IOException e) {
            return noRoom(e);
        }
    }

    private boolean noRoom(IOException failure) throws IOException {
        if (!disk.isFull(failure)) {
            throw failure;
        }
        full = failure;
        return false;
    }

    /** What the disk said when there was no room for the latest segment; null where there was, or the log itself is full. */
    @Nullable IOException full() {
        return full;
    }

    /** Ends the life of a segment's file; if that fails, it stays, and takes room. */
    void retire(Segment segment) throws IOException {
        segment.closeFile();
        if (spare || segment.size != segmentBytes) {
            disk.delete(segment.path);
            total -= segment.size;
        } else {
            disk.move(segment.path, dir.resolve(SPARE));
            spare = true;
            blank = false;
        }
    }

    /** The last segment was found, not made: its name may be in memory only. */
    void nameUnsynced() {
        dirty = true;
    }

    /** Puts the names of new segments on stable storage. */
    void sync() throws IOException {
        if (dirty) {
            disk.syncDirectory(dir);
            dirty = false;
        }
    }

    private Path path(long number) {
        return dir.resolve(Format.name(number));
    }
}
