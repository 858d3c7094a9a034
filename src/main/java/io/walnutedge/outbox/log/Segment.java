package io.walnutedge.outbox.log;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A segment of the log and what of it waits; its file is opened when needed, to read only if it is sealed; single-threaded. */
final class Segment {
    final long number;
    final Path path;
    final int size;

    /** Where the first entry that is not done stands, or the end. */
    int start = Format.HEADER_BYTES;
    /** Behind the last sound record. */
    int end = Format.HEADER_BYTES;
    /** Entries that are not done. */
    long entries;
    /** Where the last entry stands, 0 if there was none. */
    int last;

    /** No record is added. */
    boolean sealed;
    /** It has damage that could not be bridged. */
    boolean torn;

    private @Nullable Object identity;
    private Disk.@Nullable DiskFile file;

    Segment(long number, Path path, int size) {
        this.number = number;
        this.path = path;
        this.size = size;
    }

    /** The position of the last entry, done or not. */
    long lastPosition() {
        return Format.position(number, last);
    }

    int bytes() {
        return end - start;
    }

    boolean hasRoom(int offset, int bodyLength) {
        return !sealed && bodyLength <= size - offset - Format.RECORD_BYTES;
    }

    void finish() {
        start = end;
        entries = 0;
    }

    void use(Disk.DiskFile opened) {
        file = opened;
    }

    Disk.DiskFile file(Disk disk) throws IOException {
        var open = file;
        if (open == null) {
            open = sealed ? disk.openRead(path) : disk.open(path);
            file = open;
            named(disk);
        }
        return open;
    }

    boolean isOpen() {
        return file != null;
    }

    /** The name belongs to this file now. */
    void named(Disk disk) throws IOException {
        identity = disk.identity(path);
    }

    /** Of a file that is not open its existence has to do: vfat and FUSE give it another inode number when they like. */
    boolean hasItsName(Disk disk) throws IOException {
        return file == null ? disk.exists(path) : identity != null && disk.isStill(path, identity);
    }

    void closeFile() throws IOException {
        if (file != null) {
            file.close();
            file = null;
        }
    }
}
