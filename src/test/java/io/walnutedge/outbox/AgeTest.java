package io.walnutedge.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.outbox.Outbox.Lost;
import io.walnutedge.outbox.log.Loss;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How long something has waited is the time that passed, whatever the wall clock says. At most 7 days are allowed here. */
class AgeTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Map<Lost, Long> ONE_TOO_OLD = Map.of(new Lost("cpu", Loss.TOO_OLD), 1L);

    /** What happens between writing a reading and reading it again. */
    private enum Meanwhile {
        OUTAGE,
        RESTART,
        REBOOT;

        void happensTo(StoreWriterRig rig) throws IOException {
            switch (this) {
                // read ahead it was before
                case OUTAGE -> rig.reopen();
                case RESTART -> rig.restart(false);
                case REBOOT -> rig.reboot();
            }
        }
    }

    @TempDir
    private Path directory;

    private StoreWriterRig rig;

    @BeforeEach
    void open() {
        rig = new StoreWriterRig(directory, 64 * 1024, 1_000);
        rig.writer.turn();
    }

    private void store() {
        rig.add("cpu", 1);
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.outbox.counts().stored()).isEqualTo(1);
    }

    /** Time passes by all clocks, with nobody at work. */
    private void sleep(Duration time) {
        rig.nanos += time.toNanos();
        rig.wall = rig.wall.plus(time);
    }

    private void expect(boolean kept) {
        // opens the store, if it is not open, and reads ahead
        rig.writer.turn();
        assertThat(StoreWriterRig.numbers(rig.takeAll(true))).containsExactly(kept ? 1L : -1L);
        assertThat(rig.outbox.counts().lost()).isEqualTo(kept ? Map.of() : ONE_TOO_OLD);
    }

    private static Stream<Arguments> steps() {
        return Stream.of(
                        Duration.ofHours(1),
                        Duration.ofHours(-1),
                        Duration.ofDays(8),
                        Duration.ofDays(-8),
                        Duration.between(Instant.EPOCH, NOW),
                        Duration.between(NOW, Instant.EPOCH),
                        Duration.ofDays(40_000))
                .flatMap(step -> Stream.of(Meanwhile.OUTAGE, Meanwhile.RESTART)
                        .flatMap(meanwhile -> Stream.of(true, false)
                                .flatMap(before -> Stream.of(true, false)
                                        .map(after -> Arguments.of(step, meanwhile, before, after)))));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void stepOfTheClock_withinABoot_makesNothingOlder(
            Duration step, Meanwhile meanwhile, boolean syncedBefore, boolean syncedAfter) throws IOException {
        rig.wall = step.isNegative() ? NOW : NOW.minus(step.compareTo(Duration.ofDays(9)) > 0 ? step : Duration.ZERO);
        rig.synced = syncedBefore;
        store();
        sleep(Duration.ofMinutes(1));
        rig.wall = rig.wall.plus(step);
        rig.synced = syncedAfter;
        meanwhile.happensTo(rig);
        rig.writer.turn();
        var age = rig.outbox.oldest().orElseThrow();
        assertThat(Duration.ofNanos(rig.nanos - age)).isEqualTo(Duration.ofSeconds(61));
        expect(true);
    }

    @ParameterizedTest
    @CsvSource({
        "OUTAGE,true,0",
        "OUTAGE,false,0",
        "RESTART,true,0",
        "RESTART,false,0",
        // the clock is set back by what has passed
        "OUTAGE,true,-8",
        "OUTAGE,false,-8",
        "RESTART,true,-8",
        "RESTART,false,-8",
        "REBOOT,true,0"
    })
    void whatWaitedTooLong_isDropped_andThatIsTheReasonTold(Meanwhile meanwhile, boolean synced, long stepDays)
            throws IOException {
        rig.synced = synced;
        store();
        sleep(Duration.ofDays(8));
        rig.wall = rig.wall.plus(Duration.ofDays(stepDays));
        meanwhile.happensTo(rig);
        expect(false);
    }

    @ParameterizedTest
    @EnumSource(Meanwhile.class)
    void whatWaitedAlmostTooLong_isKept(Meanwhile meanwhile) throws IOException {
        store();
        sleep(Duration.ofDays(7).minusSeconds(30));
        meanwhile.happensTo(rig);
        expect(true);
    }

    @ParameterizedTest
    @CsvSource({"false,false", "false,true", "true,false"})
    void acrossAReboot_withoutAClockThatWasSetBothTimes_nothingIsTooOld(boolean before, boolean after)
            throws IOException {
        rig.synced = before;
        store();
        sleep(Duration.ofDays(80));
        rig.synced = after;
        rig.reboot();
        expect(true);
    }

    @ParameterizedTest
    @CsvSource({"-1", "-8", "-20000"})
    void acrossAReboot_aClockThatWentBack_makesNothingOlder(long days) throws IOException {
        store();
        rig.wall = rig.wall.plus(Duration.ofDays(days));
        rig.reboot();
        expect(true);
    }

    @Test
    void withoutABootId_theWallClockCounts_ifItWasSet() throws IOException {
        rig.clock = new OutboxClock(() -> rig.nanos, () -> rig.wall, () -> rig.synced, "");
        rig.restart(false);
        rig.writer.turn();
        store();
        sleep(Duration.ofDays(8));
        rig.restart(false);
        expect(false);
    }

    @Test
    void lossForWantOfRoom_isToldAsSuch_besideOneOfAge() throws IOException {
        rig = new StoreWriterRig(directory.resolve("small"), 64 * 1024, 2);
        rig.writer.turn();
        store();
        rig.failure = "Input/output error";
        rig.add("cpu", 2, 3, 4);
        rig.failure = null;
        sleep(Duration.ofDays(8));
        rig.reopen();
        rig.writer.turn();
        assertThat(rig.outbox.counts().lost())
                .containsEntry(new Lost("cpu", Loss.FULL), 1L)
                .containsKey(new Lost("cpu", Loss.TOO_OLD));
    }
}
