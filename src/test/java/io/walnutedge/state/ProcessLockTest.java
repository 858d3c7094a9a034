package io.walnutedge.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessLockTest {
    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("lock");
    }

    @Test
    void second_isRefused_withTheFirstOnesId_untilThatHasGone() throws Exception {
        var id = ProcessHandle.current().pid();
        try (var first = ProcessLock.take(directory)) {
            assertThat(first).isNotNull();
            assertThat(file()).hasContent(Long.toString(id));
            assertThatThrownBy(() -> ProcessLock.take(directory))
                    .isInstanceOf(ProcessLock.HeldException.class)
                    .hasMessage(directory + " is in use by process " + id);
        }
        ProcessLock.take(directory).close();
    }

    @Test
    void whatIsLeftOfAProcessThatWasKilled_isNoObstacle() throws Exception {
        for (var left : new String[] {"1", "999999999", "", "garbage\n\n", "\0\0\0", "9".repeat(4096)}) {
            Files.writeString(file(), left);
            try (var taken = ProcessLock.take(directory)) {
                assertThat(taken).isNotNull();
                assertThat(file())
                        .hasContent(Long.toString(ProcessHandle.current().pid()));
            }
        }
    }

    @Test
    void link_isNotFollowed() throws Exception {
        var target = Files.writeString(directory.resolve("target"), "precious");
        Files.createSymbolicLink(file(), target);
        assertThatThrownBy(() -> ProcessLock.take(directory)).isInstanceOf(IOException.class);
        assertThat(target).hasContent("precious");
    }

    @Test
    void fileWithAnotherName_isNotWrittenTo() throws Exception {
        var target = Files.writeString(directory.resolve("target"), "precious");
        Files.createLink(file(), target);
        for (var again = 0; again < 2; again++) {
            assertThatThrownBy(() -> ProcessLock.take(directory))
                    .isInstanceOf(IOException.class)
                    .hasMessage(file() + ": has another name as well (a hard link) and is not written to");
        }
        assertThat(target).hasContent("precious");
        Files.delete(target);
        ProcessLock.take(directory).close();
    }

    @Test
    void whatIsNoFile_isToldAndNotHeld() throws Exception {
        Files.createDirectory(file());
        assertThatThrownBy(() -> ProcessLock.take(directory)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> ProcessLock.take(directory.resolve("missing"))).isInstanceOf(IOException.class);
    }
}
