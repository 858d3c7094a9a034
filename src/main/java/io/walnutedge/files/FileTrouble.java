package io.walnutedge.files;

import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import io.walnutedge.natives.CLibrary;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the failure of a file operation means, and its cure, in words for people. Stateless; any thread. */
public final class FileTrouble {
    private static final Logger LOG = LoggerFactory.getLogger(FileTrouble.class);

    /** Of {@code struct statvfs} where a {@code long} has 64 bits: sizes, three counts of blocks, three of inodes ... */
    private static final int STATVFS_BYTES = 112;

    private static final int FILES = 5 * Long.BYTES;
    private static final int FILES_FREE_FOR_USERS = 7 * Long.BYTES;

    private FileTrouble() {}

    /** @param directory of this program's own, in which, or in making which, something failed */
    public static String inOwnDirectory(IOException failure, Path directory) {
        return explain(failure, directory, "sudo chown -R " + user() + ": " + directory);
    }

    /** @param file that failed; its directory may have others of other users */
    public static String ofFile(IOException failure, Path file) {
        var directory = file.toAbsolutePath().getParent();
        var place = Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? file : directory;
        return explain(failure, directory == null ? file : directory, "sudo chown " + user() + ": " + place);
    }

    private static String explain(IOException failure, Path directory, String chown) {
        var said = said(failure);
        return Errno.of(failure)
                .map(errno -> said + " (" + cure(errno, place(failure, directory), directory, chown) + ")")
                .orElse(said);
    }

    private static String said(IOException failure) {
        if (failure instanceof AccessDeniedException denied) {
            return "permission denied for " + denied.getFile();
        }
        if (failure instanceof NoSuchFileException missing) {
            return missing.getFile() + " is not there";
        }
        var message = failure.getMessage();
        return message == null ? failure.toString() : message;
    }

    private static Path place(IOException failure, Path directory) {
        var file = failure instanceof FileSystemException known ? known.getFile() : null;
        try {
            return file == null ? directory : Path.of(file);
        } catch (InvalidPathException notInThisCharacterSet) {
            return directory;
        }
    }

    private static String cure(Errno errno, Path place, Path directory, String chown) {
        return switch (errno) {
            case EACCES, EPERM -> ownership(errno, place, directory, chown);
            case EROFS ->
                "the kernel does so after errors of a card, see dmesg; then: sudo mount -o remount,rw "
                        + mount(directory);
            case ENOSPC ->
                isOutOfInodes(directory)
                        ? "there are bytes but no inodes left, see df -i " + directory + ": too many files; delete some"
                        : "the disk is full, see df " + directory + "; delete something";
            case EDQUOT -> "the disk is full for " + user() + ", whose quota is used up, see quota -u " + user();
            case EIO -> "the card may be worn out, see dmesg";
            case EMFILE ->
                "more descriptors than this process may have: raise LimitNOFILE= of the service, or ulimit -n";
            case ENFILE -> "more descriptors than the system may have: raise sysctl fs.file-max";
            case EFBIG -> "larger than a file may be: raise LimitFSIZE= of the service, or ulimit -f";
            case ENOENT -> Files.isDirectory(directory) ? "somebody has removed it" : make(directory);
            case ENOTDIR, EISDIR, ELOOP -> "something else is in its place; move it away";
        };
    }

    private static String ownership(Errno errno, Path place, Path directory, String chown) {
        try {
            if (!Files.exists(directory)) {
                return make(directory);
            }
            for (var path = place; path != null && path.startsWith(directory); path = path.getParent()) {
                var owner = Owner.foreign(path);
                if (owner.isPresent()) {
                    return path + " belongs to " + owner.get() + ", not to " + user() + ": " + chown;
                }
            }
        } catch (IOException unknown) {
            LOG.debug("whose {} is cannot be found out", place, unknown);
            return "it must belong to " + user() + ": " + chown;
        }
        return errno == Errno.EACCES
                ? "its mode forbids it: sudo chmod -R u+rwX " + directory
                : "it may be immutable, see lsattr: sudo chattr -R -i " + directory;
    }

    private static String make(Path directory) {
        return "the directory has to be made: sudo install -d -o " + user() + " -m 750 " + directory
                + "; the service makes its own when it starts";
    }

    private static String user() {
        try {
            return Owner.ofProcess();
        } catch (IOException unmounted) {
            return System.getProperty("user.name", "this user");
        }
    }

    private static String mount(Path directory) {
        try {
            // "/mnt/card (/dev/mmcblk0p2)"
            return Files.getFileStore(directory).toString().replaceFirst(" \\([^)]*\\)$", "");
        } catch (IOException unknown) {
            LOG.debug("where {} is mounted cannot be found out", directory, unknown);
            return directory.toString();
        }
    }

    /** A file system without a count of its own, such as btrfs, says 0 of 0. */
    private static boolean isOutOfInodes(Path directory) {
        try {
            return CLibrary.call(() -> hasNoInodes(directory));
        } catch (IOException unknown) {
            LOG.debug("cannot ask for inodes", unknown);
            return false;
        }
    }

    private static boolean hasNoInodes(Path directory) {
        try (var status = new Memory(STATVFS_BYTES)) {
            status.clear();
            var failed = NativeLibrary.getInstance("c")
                    .getFunction("statvfs")
                    .invokeInt(new Object[] {directory.toString(), status});
            return failed == 0 && status.getLong(FILES) > 0 && status.getLong(FILES_FREE_FOR_USERS) == 0;
        }
    }
}
