package io.walnutedge.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.outbox.log.AckMark;
import io.walnutedge.outbox.log.Gap;
import io.walnutedge.outbox.log.Loss;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreWriterTest {
    private static final Duration COMMITTED = Duration.ofMillis(800);
    private static final Duration COMMITTED_WHEN_DOWN = Duration.ofMillis(500);

    @TempDir
    private Path directory;

    private StoreWriterRig rig;

    @BeforeEach
    void open() {
        rig = new StoreWriterRig(directory, 64 * 1024, 1_000);
        rig.writer.turn();
    }

    @Test
    void whatIsDelivered_isNeverWritten() throws IOException {
        var before = files();
        for (var number = 1; number <= 100; number++) {
            rig.add("cpu", number);
            rig.takeAll(false).forEach(rig.outbox::remove);
            rig.pass(Duration.ofMillis(700));
        }
        assertThat(files()).isEqualTo(before);
        assertThat(rig.outbox.counts().waiting()).isZero();
    }

    private Map<String, FileTime> files() throws IOException {
        var files = new TreeMap<String, FileTime>();
        try (var all = Files.list(directory)) {
            for (var file : all.toList()) {
                files.put(file.getFileName() + " " + Files.size(file), Files.getLastModifiedTime(file));
            }
        }
        return files;
    }

    @Test
    void whatIsNotDelivered_isWrittenWithinASecond() throws IOException {
        rig.add("cpu", 1, 2);
        rig.pass(Duration.ofMillis(799));
        assertThat(rig.outbox.counts().stored()).isZero();
        rig.pass(Duration.ofMillis(1));

        assertThat(rig.outbox.counts()).isEqualTo(new Outbox.Counts(2, 2, Map.of()));
        rig.restart(false);
        assertThat(StoreWriterRig.numbers(rig.takeAll(true))).containsExactly(1L, 2L);
        assertThat(rig.found).containsExactly(1L, 2L);
    }

    @Test
    void ageOfTheOldest_isKnown_inMemoryOnTheDiskAndAfterARestart() throws IOException {
        assertThat(rig.outbox.oldest()).isEmpty();
        var begin = rig.clock.nanoTime();
        rig.add("cpu", 1);
        rig.pass(Duration.ofSeconds(5));
        rig.add("cpu", 2);
        assertThat(rig.outbox.oldest()).hasValue(begin);
        rig.pass(COMMITTED);
        assertThat(rig.outbox.counts().stored()).isEqualTo(2);
        var age = rig.clock.nanoTime() - rig.outbox.oldest().orElseThrow();
        assertThat(Duration.ofNanos(age)).isCloseTo(Duration.ofSeconds(5), Duration.ofSeconds(2));
        assertThat(rig.outbox.fill()).isBetween(0.0, 1.0).isPositive();
    }

    @Test
    void withoutAConnection_itIsWrittenSooner() {
        rig.outbox.giveBack();
        rig.add("cpu", 1);
        rig.pass(COMMITTED_WHEN_DOWN);
        assertThat(rig.outbox.counts().stored()).isEqualTo(1);
    }

    @Test
    void whatIsWritten_comesAsHistorical_andWhatIsNew_doesNot() {
        rig.add("cpu", 1);
        rig.pass(COMMITTED);
        rig.add("cpu", 2);

        assertThat(rig.takeAll(false)).singleElement().satisfies(item -> {
            assertThat(StoreWriterRig.number(item)).isEqualTo(2);
            assertThat(item.historical()).isFalse();
        });
        assertThat(rig.takeAll(true)).singleElement().satisfies(item -> {
            assertThat(StoreWriterRig.number(item)).isEqualTo(1);
            assertThat(item.source()).isEqualTo("cpu");
            assertThat(item.historical()).isTrue();
        });
    }

    @Test
    void anItemOnItsWay_isWritten_butNotOfferedTwice() throws IOException {
        rig.add("cpu", 1);
        var item = rig.takeAll(false).get(0);
        rig.pass(COMMITTED);

        assertThat(rig.outbox.counts().stored()).isEqualTo(1);
        assertThat(rig.takeAll(true)).isEmpty();
        rig.outbox.remove(item);
        rig.writer.turn();
        assertThat(rig.outbox.counts()).isEqualTo(new Outbox.Counts(0, 0, Map.of()));
        rig.restart(false);
        assertThat(rig.takeAll(true)).isEmpty();
    }

    @Test
    void anItemOnItsWay_thatComesBack_comesFirst() {
        rig.add("cpu", 1, 2);
        rig.takeAll(false);
        rig.pass(COMMITTED);
        rig.add("cpu", 3);
        rig.pass(COMMITTED);
        rig.outbox.giveBack();

        assertThat(StoreWriterRig.numbers(rig.takeAll(false))).containsExactly(1L, 2L);
        assertThat(StoreWriterRig.numbers(rig.takeAll(true))).containsExactly(3L);
    }

    @Test
    void whatWasAcknowledged_isNotSentAgainAfterARestart() throws IOException {
        rig.add("cpu", 1, 2, 3, 4);
        rig.pass(COMMITTED);
        var items = rig.takeAll(true);
        rig.outbox.remove(items.get(1));
        rig.writer.turn();
        assertThat(rig.outbox.counts().waiting()).as("2 is done, 1 is not").isEqualTo(3);
        rig.outbox.remove(items.get(0));
        rig.writer.turn();

        rig.restart(false);
        assertThat(StoreWriterRig.numbers(rig.takeAll(true))).containsExactly(3L, 4L);
    }

    @Test
    void anOrderlyEnd_writesWhatIsLeft() throws IOException {
        rig.add("cpu", 1, 2);
        rig.outbox.take();
        rig.outbox.giveBack();
        rig.restart(true);
        assertThat(StoreWriterRig.numbers(rig.takeAll(true))).containsExactly(1L, 2L);
    }

    @Test
    void fullStore_dropsTheOldest_andTellsHowMany() {
        rig = new StoreWriterRig(directory.resolve("small"), 4 * StoreWriterRig.SEGMENT, 1_000);
        rig.writer.turn();
        for (var number = 1; number <= 200; number++) {
            rig.add(number % 2 == 0 ? "even" : "odd", number);
            rig.pass(COMMITTED);
        }
        var dropped = dropped();
        var items = rig.takeAll(true);
        var arrived = items.stream().filter(item -> item.gap().isEmpty()).toList();

        assertThat(StoreWriterRig.numbers(arrived))
                .as("the newest")
                .containsExactlyElementsOf(LongStream.rangeClosed(201 - arrived.size(), 200)
                        .boxed()
                        .toList());
        assertThat(arrived.size() + sum(dropped)).isEqualTo(200);
        assertThat(told(items)).as("each loss told once").isEqualTo(new TreeMap<>(dropped));
        assertThat(items.stream().flatMap(item -> item.gap().stream()).map(Gap::from))
                .contains(Instant.parse("2026-01-02T03:04:05Z"));
    }

    /** By source, whatever the reason. */
    private Map<String, Long> dropped() {
        var dropped = new TreeMap<String, Long>();
        rig.outbox.counts().lost().forEach((lost, count) -> dropped.merge(lost.source(), count, Long::sum));
        return dropped;
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static Map<String, Long> told(List<Outbox.Item> items) {
        var told = new TreeMap<String, Long>();
        items.forEach(item -> item.gap().ifPresent(gap -> told.merge(item.source(), gap.count(), Long::sum)));
        return told;
    }

    @Test
    void oneBatchLargerThanTheStore_losesItsOldest_andNothingInSilence() {
        rig = new StoreWriterRig(directory.resolve("small"), 2 * StoreWriterRig.SEGMENT, 1_000);
        rig.writer.turn();
        LongStream.rangeClosed(1, 100).forEach(number -> rig.add("cpu", number));
        var onTheirWay = List.of(rig.outbox.take(), rig.outbox.take());
        rig.pass(COMMITTED);
        rig.outbox.giveBack();

        assertThat(onTheirWay).doesNotContainNull();
        var items = rig.takeAll(false);
        items.addAll(rig.takeAll(true));
        var arrived = items.stream().filter(item -> item.gap().isEmpty()).count();
        assertThat(arrived + sum(dropped())).isEqualTo(100);
        assertThat(told(items)).isEqualTo(dropped());
    }

    @Test
    void failingStore_isToldOnce_andEverythingGoesOnInMemory() {
        rig.failure = "Input/output error";
        rig.add("cpu", 1);
        rig.pass(COMMITTED);
        rig.add("cpu", 2);
        rig.pass(Duration.ofSeconds(11));
        rig.pass(Duration.ofSeconds(11));

        assertThat(rig.troubles).singleElement().asString().contains("Input/output error", directory.toString());
        rig.failure = null;
        rig.pass(Duration.ofSeconds(11));
        assertThat(rig.troubles).hasSize(2).endsWith("");
        assertThat(rig.outbox.counts().stored()).isEqualTo(2);
        assertThat(StoreWriterRig.numbers(rig.takeAll(true))).containsExactly(1L, 2L);
    }

    @Test
    void failingStore_losesNoItemOnItsWay() {
        rig.add("cpu", 1, 2);
        rig.takeAll(false);
        rig.pass(COMMITTED);
        rig.failure = "Input/output error";
        rig.add("cpu", 3);
        rig.pass(COMMITTED);
        rig.outbox.giveBack();
        assertThat(StoreWriterRig.numbers(rig.takeAll(false))).containsExactly(1L, 2L, 3L);
    }

    /** It tells after a restart what is done; until then this process knows. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Input/output error",
                "Too many open files",
                "File too large",
                "Permission denied",
                "Read-only file system",
                "No space left on device",
                "something new"
            })
    void markThatCannotBeWritten_isToldOnce_andTheStoreIsNotRecoveredForEach(String error) throws IOException {
        rig.add("cpu", LongStream.rangeClosed(1, 60).toArray());
        rig.pass(COMMITTED);
        var recoveries = new AtomicInteger();
        rig.fault = (operation, path) -> {
            if (operation.equals("lock")) {
                recoveries.incrementAndGet();
            }
            return operation.equals("write") && path.endsWith(AckMark.NAME)
                    ? new FileSystemException(path.toString(), null, error)
                    : null;
        };
        var items = rig.takeAll(true);
        assertThat(StoreWriterRig.numbers(items))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 60).boxed().toList());
        for (var item : items) {
            rig.outbox.remove(item);
            rig.pass(Duration.ofMillis(100));
        }
        assertThat(rig.outbox.counts().waiting()).isZero();
        rig.pass(Duration.ofSeconds(60));
        assertThat(recoveries).hasValue(0);
        assertThat(rig.troubles).hasSizeLessThanOrEqualTo(1).allMatch(told -> told.contains(error));

        rig.fault = (operation, path) -> null;
        rig.pass(Duration.ofSeconds(11));
        rig.add("cpu", 61);
        rig.pass(COMMITTED);
        rig.takeAll(true).forEach(rig.outbox::remove);
        rig.pass(COMMITTED);
        rig.restart(false);
        assertThat(rig.takeAll(true)).as("the mark is written again").isEmpty();
    }

    @Test
    void memory_isBounded_andItsLossIsCounted() {
        rig = new StoreWriterRig(directory.resolve("small"), 4 * StoreWriterRig.SEGMENT, 10);
        rig.failure = "Read-only file system";
        rig.writer.turn();
        LongStream.rangeClosed(1, 25).forEach(number -> rig.add("cpu", number));

        assertThat(rig.outbox.counts())
                .isEqualTo(new Outbox.Counts(10, 0, Map.of(new Outbox.Lost("cpu", Loss.FULL), 15L)));
        assertThat(StoreWriterRig.numbers(rig.takeAll(false)))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(16, 25).boxed().toList());
        assertThat(StoreWriterRig.numbers(rig.takeAll(true))).containsExactly(-15L);
    }

    @Test
    void aGap_isToldAgain_ifTheConnectionWasLost() throws IOException {
        rig = new StoreWriterRig(directory.resolve("small"), 4 * StoreWriterRig.SEGMENT, 2);
        rig.add("cpu", 1, 2, 3);
        rig.takeAll(false);
        assertThat(StoreWriterRig.numbers(rig.takeAll(true))).containsExactly(-1L);
        rig.outbox.giveBack();
        rig.restart(true);
        assertThat(StoreWriterRig.numbers(rig.takeAll(true))).containsExactlyInAnyOrder(2L, 3L, -1L);
    }
}
