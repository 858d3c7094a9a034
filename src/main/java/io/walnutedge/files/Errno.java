package io.walnutedge.files;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import io.walnutedge.natives.CLibrary;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The kernel's errors of files that there is something to say about; asm-generic/errno-base.h and errno.h. */
public enum Errno {
    EPERM(1, "Operation not permitted"),
    ENOENT(2, "No such file or directory"),
    EIO(5, "Input/output error"),
    EACCES(13, "Permission denied"),
    ENOTDIR(20, "Not a directory"),
    EISDIR(21, "Is a directory"),
    ENFILE(23, "Too many open files in system"),
    EMFILE(24, "Too many open files"),
    EFBIG(27, "File too large"),
    ENOSPC(28, "No space left on device"),
    EROFS(30, "Read-only file system"),
    ELOOP(40, "Too many levels of symbolic links"),
    EDQUOT(122, "Disk quota exceeded");

    private static final Logger LOG = LoggerFactory.getLogger(Errno.class);

    private final int number;
    private final String english;

    Errno(int number, String english) {
        this.number = number;
        this.english = english;
    }

    int number() {
        return number;
    }

    /** Java tells most of them by their text alone, which the C library translates where a locale is set. */
    public static Optional<Errno> of(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return Optional.of(EACCES);
        }
        if (failure instanceof NoSuchFileException) {
            return Optional.of(ENOENT);
        }
        var said = failure instanceof FileSystemException file ? file.getReason() : failure.getMessage();
        return said == null ? Optional.empty() : of(said, Texts.OF_THIS_LOCALE);
    }

    static Optional<Errno> of(String said, Map<Errno, String> texts) {
        return Arrays.stream(values())
                .filter(errno ->
                        said.startsWith(errno.english) || said.startsWith(texts.getOrDefault(errno, errno.english)))
                .findFirst();
    }

    /** Asked for once, and only after something failed. */
    private static final class Texts {
        static final Map<Errno, String> OF_THIS_LOCALE = ask();

        private static Map<Errno, String> ask() {
            var texts = new EnumMap<Errno, String>(Errno.class);
            try {
                return CLibrary.call(() -> {
                    // strerror(3), as Java itself: the same locale, the same encoding
                    var strerror = NativeLibrary.getInstance("c").getFunction("strerror");
                    for (var errno : values()) {
                        texts.put(errno, text(strerror, errno.number));
                    }
                    return texts;
                });
            } catch (IOException none) {
                LOG.debug("the C library cannot be asked; its words are taken to be English", none);
                return texts;
            }
        }

        private static String text(Function strerror, int number) {
            return strerror.invokePointer(new Object[] {number})
                    .getString(0, System.getProperty("sun.jnu.encoding", "UTF-8"));
        }
    }
}
