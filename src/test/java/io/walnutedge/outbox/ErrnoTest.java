package io.walnutedge.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.walnutedge.testkit.CapturedLog;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each error of the kernel at each operation on each of the store's files, for an hour, with a broker that takes everything:
 * it is told as what it is, nothing is lost without a word, and what only has to be read is sent all the same.
 */
class ErrnoTest {
    private static final List<String> ERRORS = List.of(
            "Permission denied",
            "Operation not permitted",
            "Read-only file system",
            "No space left on device",
            "Disk quota exceeded",
            "Input/output error",
            "Too many open files",
            "Too many open files in system",
            "No such file or directory",
            "File too large");
    /** Those that a store is read without. */
    private static final List<String> CHANGES = List.of("open", "create", "write", "sync", "rename", "delete");

    /** Where the oldest are dropped, and told, to make room. */
    private static final List<String> FULL = List.of("No space left on device", "Disk quota exceeded");

    private static final List<String> OTHERS = List.of("mkdir", "list", "lock", "read");
    private static final long LINES_AN_HOUR = 20;

    @TempDir
    private Path directory;

    @RegisterExtension
    private final CapturedLog log = new CapturedLog(StoreWriter.class);

    private static Stream<Arguments> faults() {
        return Stream.concat(CHANGES.stream(), OTHERS.stream())
                .flatMap(operation -> ERRORS.stream().map(error -> Arguments.of(operation, error)));
    }

    private static IOException error(String text, Path path) {
        return switch (text) {
            case "Permission denied" -> new AccessDeniedException(path.toString());
            case "No such file or directory" -> new NoSuchFileException(path.toString());
            default -> new FileSystemException(path.toString(), null, text);
        };
    }

    @ParameterizedTest
    @MethodSource("faults")
    void errorAtAnOperation_losesNothing_isToldAsItIs_andRarely(String operation, String text) throws IOException {
        var rig = new StoreWriterRig(directory, 8 * StoreWriterRig.SEGMENT, 1_000);
        rig.writer.turn();
        // enough for three segments
        rig.add("cpu", LongStream.rangeClosed(1, 20).toArray());
        rig.pass(Duration.ofSeconds(1));
        rig.restart(true);
        rig.fault = (name, path) -> name.equals(operation) ? error(text, path) : null;

        var arrived = new TreeSet<Long>();
        for (var second = 10; second <= 3_600; second += 10) {
            if (second % 60 == 0) {
                rig.add("cpu", 100 + second / 60);
            }
            rig.pass(Duration.ofSeconds(10));
            if (second >= 120) {
                deliver(rig, arrived);
            }
        }
        if (CHANGES.contains(operation)) {
            assertThat(arrived).as("sent while nothing could be changed").contains(101L, 160L);
            assertThat(arrived.contains(20L) || FULL.contains(text)).isTrue();
        }
        assertThat(log.list().stream().filter(event -> event.getLevel().isGreaterOrEqual(Level.INFO)))
                .hasSizeLessThanOrEqualTo((int) LINES_AN_HOUR);
        if (!rig.troubles.isEmpty()) {
            assertThat(rig.troubles.get(0)).contains(said(text)).contains("(");
        }

        rig.fault = (name, path) -> null;
        rig.pass(Duration.ofSeconds(11));
        rig.pass(Duration.ofSeconds(11));
        deliver(rig, arrived);
        var told = rig.outbox.counts().lost().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        if (!FULL.contains(text)) {
            assertThat(told).isZero();
        }
        arrived.removeIf(number -> number < 0);
        assertThat(arrived.size() + told).as("%s", arrived).isEqualTo(20 + 60);
    }

    private static String said(String text) {
        return switch (text) {
            case "Permission denied" -> "permission denied for ";
            case "No such file or directory" -> " is not there";
            default -> text;
        };
    }

    private static void deliver(StoreWriterRig rig, Set<Long> arrived) {
        for (var backlog : List.of(true, false)) {
            for (var item : rig.takeAll(backlog)) {
                arrived.add(StoreWriterRig.number(item));
                rig.outbox.remove(item);
            }
        }
    }
}
