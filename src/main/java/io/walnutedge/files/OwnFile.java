package io.walnutedge.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * Opens and replaces files that this program makes. The last part of a path is never followed if it is a link, and never
 * waited for if it is a pipe. Stateless; any thread.
 */
public final class OwnFile {
    private OwnFile() {}

    /**
     * Opens an ordinary file for reading.
     *
     * @throws UnusableFileException if it is a link, a directory, a pipe, a socket or a device
     */
    public static FileChannel read(Path path) throws IOException {
        requireFile(path);
        return FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Opens an ordinary file for reading and writing.
     *
     * @throws UnusableFileException as {@link #read}, and if the file has another name as well (a hard link)
     */
    public static FileChannel change(Path path) throws IOException {
        requireFile(path);
        requireOneName(path);
        return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    }

    /** @throws UnusableFileException if the file has another name as well (a hard link) */
    public static void requireOneName(Path path) throws IOException {
        if ((Integer) Files.getAttribute(path, "unix:nlink", LinkOption.NOFOLLOW_LINKS) > 1) {
            throw new UnusableFileException(path, "has another name as well (a hard link) and is not written to");
        }
    }

    /** Opens a file to lock it, made if missing; it is never written to, and may have other names. */
    public static FileChannel openOrCreate(Path path) throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            requireFile(path);
        }
        return FileChannel.open(
                path,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.CREATE,
                LinkOption.NOFOLLOW_LINKS);
    }

    /** Makes a new file for reading and writing; what had its name loses it, but a directory is left alone. */
    public static FileChannel create(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new UnusableFileException(path, "is a directory; move it away");
        }
        Files.deleteIfExists(path);
        // O_EXCL: open(2) does not follow a link then
        return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    }

    /** The content of an ordinary file of at most so many bytes. */
    public static byte[] content(Path path, int atMost) throws IOException {
        try (var channel = read(path)) {
            if (channel.size() > atMost) {
                throw new UnusableFileException(path, "is larger than " + atMost + " bytes");
            }
            var bytes = ByteBuffer.allocate((int) channel.size());
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // as far as it goes
            }
            return bytes.array();
        }
    }

    /**
     * Writes a new file beside it, brings it to stable storage, and renames it over the old one: after a power cut in the
     * meantime it is the one or the other, after a return it is the new one.
     */
    public static void replace(Path file, byte[] content) throws IOException {
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new UnusableFileException(file, "is a directory; move it away");
        }
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        try (var channel = create(fresh)) {
            var bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncDirectory(file.resolveSibling("."));
    }

    /** Puts the names in a directory (created, moved, deleted) on stable storage. */
    public static void syncDirectory(Path directory) throws IOException {
        // Linux opens a directory for reading and takes fsync(2) on it
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /**
     * What stays the same as long as it is the same file, whatever its name: device and inode. The inode of a file that is not
     * open may be given to another.
     */
    public static Object identity(Path path) throws IOException {
        return look(path).fileKey();
    }

    /** Whether a name still belongs to the file that had it before, and which is open. */
    public static boolean isStill(Path path, Object identity) throws IOException {
        try {
            return identity.equals(identity(path));
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    /** What stays the same as long as nobody else has replaced or changed a file. */
    public record Version(Object identity, FileTime modified, long size) {
        /** Of the file as it is now. */
        public static Version of(Path path) throws IOException {
            var found = look(path);
            return new Version(found.fileKey(), found.lastModifiedTime(), found.size());
        }

        /** Whether it is the same now. */
        public boolean isStill(Path path) throws IOException {
            try {
                var now = of(path);
                return identity.equals(now.identity) && modified.equals(now.modified) && size == now.size;
            } catch (NoSuchFileException gone) {
                return false;
            }
        }
    }

    private static BasicFileAttributes look(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** Makes a directory and its parents where there is neither a directory nor a link to one. */
    public static void ensureDirectory(Path directory) throws IOException {
        // early updates of Java 17 have createDirectories refuse the link (JDK-8294193)
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory);
        }
    }

    /** Makes a directory and its parents, and uses no link; true if it was not there. */
    public static boolean createDirectories(Path directory) throws IOException {
        if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        if (Files.isSymbolicLink(directory)) {
            throw new UnusableFileException(
                    directory, "is a symbolic link, which is not followed; name the directory itself");
        }
        Files.createDirectories(directory);
        return true;
    }

    private static void requireFile(Path path) throws IOException {
        var found = look(path);
        if (!found.isRegularFile()) {
            throw new UnusableFileException(
                    path,
                    found.isSymbolicLink()
                            ? "is a symbolic link, which is not followed; move it away"
                            : "is " + (found.isDirectory() ? "a directory" : "no ordinary file") + "; move it away");
        }
    }
}
