package io.walnutedge.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.outbox.Outbox.Lost;
import io.walnutedge.outbox.log.Loss;
import io.walnutedge.outbox.log.NioDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody removes or replaces the store's files while it is open: nothing is lost without a word, and it goes on. */
class LostFilesTest {
    private static final Duration NOTICED = Duration.ofSeconds(11);

    @TempDir
    private Path parent;

    private Path directory;
    private StoreWriterRig rig;

    /** What somebody does to the directory. */
    private enum Deed {
        EMPTIED {
            @Override
            void to(Path directory) throws IOException {
                for (var file : files(directory)) {
                    Files.delete(file);
                }
            }
        },
        REMOVED {
            @Override
            void to(Path directory) throws IOException {
                EMPTIED.to(directory);
                Files.delete(directory);
            }
        },
        RENAMED {
            @Override
            void to(Path directory) throws IOException {
                Files.move(directory, directory.resolveSibling("away"));
            }
        },
        REPLACED {
            @Override
            void to(Path directory) throws IOException {
                RENAMED.to(directory);
                Files.createDirectory(directory);
            }
        },
        /** As restoring a backup while it runs: the same names, other files. */
        COPIED {
            @Override
            void to(Path directory) throws IOException {
                RENAMED.to(directory);
                Files.createDirectory(directory);
                for (var file : files(directory.resolveSibling("away"))) {
                    Files.copy(file, directory.resolve(String.valueOf(file.getFileName())));
                }
            }
        };

        abstract void to(Path directory) throws IOException;
    }

    private static List<Path> files(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.sorted(Comparator.naturalOrder()).toList();
        }
    }

    @BeforeEach
    void open() {
        directory = parent.resolve("outbox");
        rig = new StoreWriterRig(directory, 64 * 1024, 1_000);
        rig.writer.turn();
    }

    private void store(long from, long to) {
        rig.add("cpu", LongStream.rangeClosed(from, to).toArray());
        rig.pass(Duration.ofSeconds(1));
    }

    private Set<Long> arrivedAfterARestart() throws IOException {
        rig.restart(false);
        rig.writer.turn();
        return new TreeSet<>(StoreWriterRig.numbers(rig.takeAll(true)));
    }

    private long lost() {
        return rig.outbox.counts().lost().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    @ParameterizedTest
    @EnumSource(Deed.class)
    void openFiles_areReadOnceMore_andNothingIsLost(Deed deed) throws IOException {
        store(1, 5);
        deed.to(directory);
        rig.pass(NOTICED);
        store(6, 8);
        rig.pass(NOTICED);
        assertThat(lost()).isZero();
        assertThat(rig.outbox.counts().waiting()).isGreaterThanOrEqualTo(8);
        assertThat(arrivedAfterARestart())
                .containsAll(LongStream.rangeClosed(1, 8).boxed().toList());
    }

    @ParameterizedTest
    @EnumSource(Deed.class)
    void beforeTheNextWrite_itIsNoticed(Deed deed) throws IOException {
        store(1, 5);
        deed.to(directory);
        store(6, 6);
        rig.pass(Duration.ofSeconds(1));
        assertThat(lost()).isZero();
        assertThat(arrivedAfterARestart()).contains(1L, 5L, 6L);
    }

    @ParameterizedTest
    @EnumSource(Deed.class)
    void atTheEnd_itIsNoticed(Deed deed) throws IOException {
        store(1, 5);
        rig.add("cpu", 6);
        deed.to(directory);
        rig.writer.close();
        rig.log = null;
        assertThat(arrivedAfterARestart()).contains(1L, 5L, 6L);
    }

    @ParameterizedTest
    @EnumSource(
            value = Deed.class,
            names = {"EMPTIED", "REMOVED", "RENAMED", "REPLACED"})
    void closedFiles_areLost_andCounted(Deed deed) throws IOException {
        store(1, 100);
        assertThat(files(directory)).hasSizeGreaterThan(5);
        deed.to(directory);
        rig.pass(NOTICED);
        var lost = rig.outbox.counts().lost();
        assertThat(lost).containsOnlyKeys(new Lost(StoredItems.UNKNOWN, Loss.FILES_GONE));
        rig.pass(Duration.ofSeconds(1));
        assertThat(lost()).isBetween(1L, 99L);
        var items = rig.takeAll(false);
        items.addAll(rig.takeAll(true));
        assertThat(items.stream().filter(item -> item.gap().isEmpty()).count() + lost())
                .isEqualTo(100);
        assertThat(items.stream().flatMap(item -> item.gap().stream()))
                .as("told once")
                .singleElement()
                .satisfies(gap -> assertThat(gap.count()).isEqualTo(lost()));
    }

    @ParameterizedTest
    @EnumSource(Deed.class)
    void whatIsOnItsWay_isNotSentTwice_norLost(Deed deed) throws IOException {
        store(1, 3);
        var items = rig.takeAll(true);
        rig.add("cpu", 4);
        items.addAll(rig.takeAll(false));
        rig.pass(Duration.ofSeconds(1));
        rig.outbox.remove(items.get(0));
        deed.to(directory);
        rig.pass(NOTICED);
        rig.outbox.giveBack();
        var again = new ArrayList<>(StoreWriterRig.numbers(rig.takeAll(false)));
        assertThat(again).contains(2L, 3L, 4L);
        if (deed != Deed.COPIED) {
            again.addAll(StoreWriterRig.numbers(rig.takeAll(true)));
            assertThat(again).containsExactly(2L, 3L, 4L);
        }
        assertThat(lost()).isZero();
    }

    /** The bound of the memory is for what the disk could not take; these it had. */
    @ParameterizedTest
    @EnumSource(Deed.class)
    void moreThanTheMemoryMayHold_isRescued_andWrittenInTheSameTurn(Deed deed) throws IOException {
        for (var ageIsKnown : new boolean[] {true, false}) {
            directory = Files.createDirectory(parent.resolve("age known " + ageIsKnown))
                    .resolve("outbox");
            rig = new StoreWriterRig(directory, 64 * 1024, 5);
            rig.writer.turn();
            store(1, 5);
            store(6, 10);
            if (!ageIsKnown) {
                rig.synced = false;
                rig.reboot();
                rig.writer.turn();
            }
            deed.to(directory);
            rig.pass(NOTICED);
            assertThat(rig.outbox.counts().stored()).isGreaterThanOrEqualTo(10);
            rig.add("cpu", 11, 12, 13, 14, 15);
            assertThat(lost()).isZero();
            rig.pass(Duration.ofSeconds(1));
            assertThat(arrivedAfterARestart())
                    .containsAll(LongStream.rangeClosed(1, 15).boxed().toList());
        }
    }

    @ParameterizedTest
    @EnumSource(Deed.class)
    void emptyStore_goesOn(Deed deed) throws IOException {
        deed.to(directory);
        rig.pass(NOTICED);
        store(1, 3);
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.outbox.counts()).isEqualTo(new Outbox.Counts(3, 3, Map.of()));
        assertThat(arrivedAfterARestart()).containsExactly(1L, 2L, 3L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lock", "mark", "0000000000000001.log", "spare.log"})
    void oneFileRemoved_costsNothing(String name) throws IOException {
        // a spare and a mark there are, too
        store(1, 30);
        rig.takeAll(true).forEach(rig.outbox::remove);
        rig.writer.turn();
        store(31, 33);
        Files.deleteIfExists(directory.resolve(name));
        rig.pass(NOTICED);
        store(34, 60);
        rig.pass(NOTICED);
        assertThat(lost()).isZero();
        assertThat(files(directory).stream().map(file -> String.valueOf(file.getFileName())))
                .contains("lock", "mark");
        assertThat(arrivedAfterARestart())
                .containsAll(LongStream.rangeClosed(31, 60).boxed().toList());
    }

    @Test
    void newDirectory_isLocked_andTheOldOneIsNot() throws IOException {
        store(1, 1);
        Deed.REPLACED.to(directory);
        rig.pass(NOTICED);
        var disk = new NioDisk();
        disk.lock(directory.resolveSibling("away").resolve("lock")).close();
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> disk.lock(directory.resolve("lock")))
                .hasMessageContaining("is locked");
    }

    @Test
    void whereNoDirectoryCanBeMade_itWaitsInMemory_andTheCureIsTold() throws IOException {
        store(1, 3);
        Deed.REMOVED.to(directory);
        rig.fault = (operation, path) ->
                operation.equals("mkdir") ? new java.nio.file.AccessDeniedException(path.toString()) : null;
        rig.pass(NOTICED);
        rig.pass(NOTICED);
        assertThat(rig.troubles).singleElement().asString().contains("sudo install -d -o ", directory.toString());
        assertThat(StoreWriterRig.numbers(rig.takeAll(false))).containsExactly(1L, 2L, 3L);
        assertThat(lost()).isZero();
    }
}
