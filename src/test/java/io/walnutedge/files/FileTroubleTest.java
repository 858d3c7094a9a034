package io.walnutedge.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FileTroubleTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "Read-only file system,remount",
        "No space left on device,the disk is full",
        "Disk quota exceeded,quota",
        "Input/output error,dmesg",
        "Too many open files,LimitNOFILE",
        "Too many open files in system,fs.file-max",
        "File too large,LimitFSIZE",
        "Operation not permitted,chattr",
        "Not a directory,move it away",
        "Is a directory,move it away"
    })
    void each_isToldAsItIs_withItsCure(String text, String cure) {
        var file = directory.resolve("mark");
        for (var failure : new IOException[] {
            new FileSystemException(file.toString(), null, text),
            new FileSystemException(file.toString(), "x", text),
            new IOException(text)
        }) {
            assertThat(FileTrouble.inOwnDirectory(failure, directory)).contains(text, cure);
            assertThat(FileTrouble.ofFile(failure, file)).contains(text, cure);
        }
    }

    @Test
    void mode_isTold_whereTheOwnerIsRight() throws IOException {
        var file = Files.createFile(directory.resolve("mark"));
        assertThat(FileTrouble.inOwnDirectory(new AccessDeniedException(file.toString()), directory))
                .isEqualTo("permission denied for " + file + " (its mode forbids it: sudo chmod -R u+rwX " + directory
                        + ")");
    }

    @Test
    void anotherOwner_isTold_withTheCommand() {
        var me = System.getProperty("user.name");
        assertThat(FileTrouble.ofFile(new AccessDeniedException("/proc/1/mem"), Path.of("/proc/1/mem")))
                .contains("permission denied for /proc/1/mem")
                .containsAnyOf("chown " + me + ": /proc/1/mem", "chmod");
    }

    @Test
    void directoryThatIsGone_isTold_withTheCommandThatMakesIt() {
        var gone = directory.resolve("gone");
        assertThat(FileTrouble.inOwnDirectory(new NoSuchFileException(gone.toString()), gone))
                .contains(gone + " is not there", "sudo install -d -o ", " -m 750 " + gone);
    }

    @Test
    void unknownError_isItsOwnWords() {
        assertThat(FileTrouble.inOwnDirectory(new IOException("Stale file handle"), directory))
                .isEqualTo("Stale file handle");
    }

    /** The C library has another text for each in each language; this one has all in disguise. */
    @ParameterizedTest
    @EnumSource(Errno.class)
    void textOfAnotherLocale_isUnderstood(Errno errno) {
        Map<Errno, String> translated = Arrays.stream(Errno.values())
                .collect(Collectors.toMap(Function.identity(), each -> "错误 " + each.name() + "."));
        assertThat(Errno.of("错误 " + errno.name() + ".", translated)).contains(errno);
        assertThat(Errno.of("etwas anderes", translated)).isEmpty();
    }

    /** What this machine's C library says of each, in the locale of the test. */
    @ParameterizedTest
    @EnumSource(Errno.class)
    void ownText_isUnderstood(Errno errno) {
        var said = new String(
                com.sun.jna.NativeLibrary.getInstance("c")
                        .getFunction("strerror")
                        .invokePointer(new Object[] {errno.number()})
                        .getString(0)
                        .getBytes(StandardCharsets.UTF_8),
                StandardCharsets.UTF_8);
        assertThat(Errno.of(new IOException(said))).contains(errno);
    }
}
