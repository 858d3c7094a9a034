package io.walnutedge.state;

import io.walnutedge.files.OwnFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The one process that may use a state directory: a lock on its file {@code lock}, which holds that process's id. The kernel
 * gives the lock back when the process ends, in whatever way (fcntl(2), F_SETLK); what the file says then is of no
 * account. One thread.
 */
public final class ProcessLock implements AutoCloseable {
    /** The file in the directory. */
    public static final String FILE = "lock";

    /** As much of the file is a process id. */
    private static final int MOST_DIGITS = 20;

    /** Another process has it. */
    public static final class HeldException extends Exception {
        private static final long serialVersionUID = 1;

        private final String holder;

        public HeldException(Path directory, String holder) {
            super(directory + " is in use by " + holder);
            this.holder = holder;
        }

        /** {@code "process 123"}. */
        public String holder() {
            return holder;
        }
    }

    private final FileChannel channel;

    private ProcessLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @param directory must exist
     * @throws IOException if the file cannot be made or used, which says nothing of other processes; also if it is a link
     *     of any kind
     */
    public static ProcessLock take(Path directory) throws IOException, HeldException {
        var file = directory.resolve(FILE);
        try {
            return new ProcessLock(locked(directory, file));
        } catch (AccessDeniedException another) {
            probe(directory, file);
            // of another user who has gone; who owns the directory may make it anew
            Files.delete(file);
            return new ProcessLock(locked(directory, file));
        }
    }

    private static FileChannel locked(Path directory, Path file) throws IOException, HeldException {
        var channel = FileChannel.open(
                file,
                Set.of(
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE,
                        LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
        try {
            if (!isLocked(channel, false)) {
                throw new HeldException(directory, holder(channel));
            }
            OwnFile.requireOneName(file);
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
            return channel;
        } catch (IOException | HeldException failed) {
            channel.close();
            throw failed;
        }
    }

    /** Who may only read the file sees whether it is locked. */
    private static void probe(Path directory, Path file) throws IOException, HeldException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            if (!isLocked(channel, true)) {
                throw new HeldException(directory, holder(channel));
            }
        }
    }

    private static boolean isLocked(FileChannel channel, boolean shared) throws IOException {
        try {
            return channel.tryLock(0, Long.MAX_VALUE, shared) != null;
        } catch (OverlappingFileLockException thisProcess) {
            return false;
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        var bytes = ByteBuffer.allocate(MOST_DIGITS);
        channel.read(bytes, 0);
        var text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).strip();
        return text.matches("[0-9]+") ? "process " + text : "another process";
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
