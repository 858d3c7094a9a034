package io.walnutedge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.walnutedge.config.OutboxConfig;
import io.walnutedge.testkit.CapturedLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoleRunTest {
    @RegisterExtension
    private final CapturedLog log = new CapturedLog(SoleRun.class);

    @TempDir
    private Path directory;

    private static OutboxConfig outbox(Path state, boolean enabled) {
        return new OutboxConfig(enabled, state.resolve("outbox"), 1, Duration.ZERO, Duration.ZERO, Duration.ZERO, 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void directoryThatIsALink_isLocked(boolean enabled) throws Exception {
        var real = Files.createDirectory(directory.resolve("card"));
        var link = Files.createSymbolicLink(directory.resolve("state"), real);
        try (var first = SoleRun.take(outbox(link, enabled))) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> SoleRun.take(outbox(real, enabled)))
                    .isInstanceOf(Cli.Failure.class)
                    .hasMessageContainingAll(
                            "another walnut-edge uses the state directory " + real + ": process "
                                    + ProcessHandle.current().pid(),
                            "an outbox.dir in a directory of its own (also where outbox.enabled = false)");
        }
        assertThat(log.list()).isEmpty();
    }

    @Test
    void lockWithAnotherName_isToldInWords() throws Exception {
        var other = Files.writeString(directory.resolve("other"), "mine");
        Files.createLink(directory.resolve("lock"), other);
        SoleRun.take(outbox(directory, true)).close();
        assertThat(other).hasContent("mine");
        assertThat(log.list().stream().map(ILoggingEvent::getFormattedMessage))
                .containsExactly("a second walnut-edge would not be noticed: " + directory.resolve("lock")
                        + ": has another name as well (a hard link) and is not written to");
    }

    @Test
    void withoutAStore_noDirectoryIsMade() throws Exception {
        var missing = directory.resolve("missing");
        SoleRun.take(outbox(missing, false)).close();
        assertThat(missing).doesNotExist();
        SoleRun.take(outbox(missing, true)).close();
        assertThat(missing.resolve("lock")).exists();
    }
}
