package io.walnutedge.outbox.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** What the log needs of a disk, so that tests can inject faults and record writes and syncs; single-threaded. */
public interface Disk {
    /** An entry of a directory; regular means an ordinary file, not a link, directory, pipe or device. */
    record Listed(String name, boolean regular) {}

    /** Makes the directory and its parents; true if it was not there. */
    boolean createDirectories(Path dir) throws IOException;

    List<Listed> list(Path dir) throws IOException;

    boolean exists(Path path);

    /** What a file keeps as long as it is the same, whatever its name (device and inode). */
    Object identity(Path path) throws IOException;

    /** Opens an existing file for reading only; as {@link #open}, never through a link. */
    DiskFile openRead(Path path) throws IOException;

    /** Opens an existing file for reading and writing, unless it has another name as well (a hard link). */
    DiskFile open(Path path) throws IOException;

    /** Makes a file anew for reading and writing; what had its name, unless a directory, loses it. */
    DiskFile create(Path path) throws IOException;

    void delete(Path path) throws IOException;

    /** Renames within a directory, atomically. */
    void move(Path from, Path to) throws IOException;

    /** Puts the names in a directory (created, moved, deleted) on stable storage. */
    void syncDirectory(Path dir) throws IOException;

    /**
     * Locks a file against other processes, made if missing, until closed. One that cannot be written is made anew; where
     * that is not possible either, it is only looked at: what could this process do that another would mind?
     *
     * @throws IOException also if somebody else has the lock, and then it says so
     */
    Closeable lock(Path path) throws IOException;

    /** Whether it failed for want of room (or inodes, or quota). */
    boolean isFull(IOException failure);

    /** Whether it failed because of whose the file is, or what; it fails again until somebody changes that. */
    boolean isRefused(IOException failure);

    /** Whether a name still belongs to the file that had it before. */
    default boolean isStill(Path path, Object identity) throws IOException {
        try {
            return identity.equals(identity(path));
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    /** An open file. */
    interface DiskFile extends Closeable {
        long size() throws IOException;

        /** Reads into the rest of the buffer, at least a byte; -1 at the end of the file. */
        int readAt(ByteBuffer to, long position) throws IOException;

        /** Writes all that is left in the buffer. */
        void writeAt(ByteBuffer from, long position) throws IOException;

        /** Puts contents and size on stable storage. */
        void force() throws IOException;
    }
}
