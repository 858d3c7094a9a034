package io.walnutedge.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.testkit.Command;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Somebody has put something in the place of each file that the store makes: nothing outside the directory is changed,
 * nothing hangs, what waits is sent, and what is new is stored.
 */
@Timeout(60)
class PlantedTest {
    private static final List<String> NAMES =
            List.of("lock", "mark", "spare.log", "0000000000000001.log", "0000000000000002.log", "damaged-0001-mark");

    /** What there may be in a file's place. */
    private enum Planted {
        LINK_TO_A_FILE,
        LINK_TO_A_DIRECTORY,
        LINK_TO_NOTHING,
        LINK_TO_A_SEGMENT,
        HARD_LINK,
        HARD_LINK_TO_A_SEGMENT,
        PIPE,
        DIRECTORY,
        FULL_DIRECTORY;

        void at(Path path, Path outside) throws IOException, InterruptedException {
            switch (this) {
                case LINK_TO_A_FILE -> Files.createSymbolicLink(path, outside.resolve("file"));
                case LINK_TO_A_DIRECTORY -> Files.createSymbolicLink(path, outside);
                case LINK_TO_NOTHING -> Files.createSymbolicLink(path, outside.resolve("new"));
                case LINK_TO_A_SEGMENT -> Files.createSymbolicLink(path, outside.resolve("segment"));
                case HARD_LINK -> Files.createLink(path, outside.resolve("file"));
                case HARD_LINK_TO_A_SEGMENT -> Files.createLink(path, outside.resolve("segment"));
                case PIPE -> Command.output("mkfifo", path.toString());
                case DIRECTORY -> Files.createDirectory(path);
                case FULL_DIRECTORY ->
                    Files.createFile(Files.createDirectory(path).resolve("file"));
            }
        }
    }

    @TempDir
    private Path parent;

    private Path directory;
    private Path outside;

    @BeforeEach
    void fill() throws IOException {
        directory = Files.createDirectory(parent.resolve("outbox"));
        outside = Files.createDirectory(parent.resolve("outside"));
        Files.writeString(outside.resolve("file"), "mine");
        var other = new StoreWriterRig(parent.resolve("other"), 64 * 1024, 1_000);
        other.writer.turn();
        other.add("cpu", 500);
        other.pass(Duration.ofSeconds(1));
        other.writer.close();
        Files.copy(parent.resolve("other/0000000000000001.log"), outside.resolve("segment"));
    }

    private static Stream<Arguments> places() {
        return NAMES.stream().flatMap(name -> Stream.of(Planted.values()).map(planted -> Arguments.of(name, planted)));
    }

    private Map<String, String> outside() throws IOException {
        var all = new TreeMap<String, String>();
        try (var files = Files.list(outside)) {
            for (var file : files.toList()) {
                all.put(String.valueOf(file.getFileName()), HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("places")
    void nothingOutsideIsChanged_andTheStoreIsUsed(String name, Planted planted) throws Exception {
        planted.at(directory.resolve(name), outside);
        var before = outside();
        var arrived = new ArrayList<Long>();
        var rig = new StoreWriterRig(directory, 4 * StoreWriterRig.SEGMENT, 1_000);
        for (var life = 0; life < 3; life++) {
            rig.writer.turn();
            rig.add(
                    "cpu",
                    LongStream.rangeClosed(20L * life + 1, 20L * life + 20).toArray());
            rig.pass(Duration.ofSeconds(1));
            assertThat(rig.outbox.counts().stored())
                    .as("%s", rig.troubles)
                    .isEqualTo(rig.outbox.counts().waiting());
            for (var item : rig.takeAll(true)) {
                arrived.add(StoreWriterRig.number(item));
                rig.outbox.remove(item);
            }
            rig.pass(Duration.ofSeconds(11));
            rig.restart(true);
        }
        assertThat(outside()).isEqualTo(before);
        assertThat(arrived).containsAll(LongStream.rangeClosed(1, 60).boxed().toList());
    }

    @Test
    void directoryThatIsALink_isNotUsed_andSaysSo() throws IOException {
        var link = Files.createSymbolicLink(parent.resolve("link"), outside);
        var rig = new StoreWriterRig(link, 64 * 1024, 1_000);
        rig.writer.turn();
        rig.add("cpu", 1);
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.troubles)
                .singleElement()
                .asString()
                .contains(link + ": is a symbolic link, which is not followed; name the directory itself");
        assertThat(outside()).containsOnlyKeys("file", "segment");
        assertThat(StoreWriterRig.numbers(rig.takeAll(false))).containsExactly(1L);
    }

    /** As after one run as another user whose files may be read, or may not. */
    @ParameterizedTest
    @MethodSource("foreign")
    void filesOfAnother_areSentIfTheyCanBeRead_andKeptIfNot(boolean readable, boolean directoryToo) throws IOException {
        var rig = new StoreWriterRig(directory, 8 * StoreWriterRig.SEGMENT, 1_000);
        rig.writer.turn();
        rig.add("cpu", LongStream.rangeClosed(1, 20).toArray());
        rig.pass(Duration.ofSeconds(1));
        rig.restart(true);
        var theirs = names();
        rig.fault = (operation, path) -> switch (operation) {
            case "open" -> theirs.contains(name(path)) ? denied(path) : null;
            case "read" -> !readable && theirs.contains(name(path)) ? denied(path) : null;
            case "create", "delete", "rename" -> directoryToo ? denied(path) : null;
            default -> null;
        };
        rig.writer.turn();
        rig.add("cpu", 21, 22);
        rig.pass(Duration.ofSeconds(1));
        var arrived = new ArrayList<Long>();
        for (var again = 0; again < 3; again++) {
            for (var item : rig.takeAll(true)) {
                arrived.add(StoreWriterRig.number(item));
                rig.outbox.remove(item);
            }
            rig.pass(Duration.ofSeconds(60));
        }
        assertThat(rig.troubles).first().asString().contains("permission denied for " + directory, "sudo ch");
        assertThat(arrived.contains(1L)).isEqualTo(readable);
        assertThat(arrived).as("once").doesNotHaveDuplicates();
        rig.fault = (operation, path) -> null;
        rig.pass(Duration.ofSeconds(11));
        rig.pass(Duration.ofSeconds(11));
        for (var backlog : List.of(true, false)) {
            StoreWriterRig.numbers(rig.takeAll(backlog)).forEach(arrived::add);
        }
        assertThat(arrived).containsAll(LongStream.rangeClosed(1, 22).boxed().toList());
        assertThat(arrived).as("once, also after the cure").doesNotHaveDuplicates();
        assertThat(rig.troubles).last().isEqualTo("");
    }

    private static Stream<Arguments> foreign() {
        return Stream.of(true, false)
                .flatMap(readable -> Stream.of(true, false).map(too -> Arguments.of(readable, too)));
    }

    private static IOException denied(Path path) {
        return new FileSystemException(path.toString(), null, "Permission denied") {
            @Override
            public String getMessage() {
                return "permission denied for " + path;
            }
        };
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .map(PlantedTest::name)
                    .toList();
        }
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}
