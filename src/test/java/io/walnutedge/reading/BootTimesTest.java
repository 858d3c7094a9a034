package io.walnutedge.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class BootTimesTest {
    private static final long SECOND = 1_000_000_000;
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Instant BELIEVED = Instant.parse("1970-01-01T00:00:20Z");

    private boolean synced;
    private final BootTimes times = new BootTimes(() -> 100 * SECOND, () -> NOW, () -> synced, "this");

    private static Stamp unsynced(String boot, long second) {
        return new Stamp(boot, 7, second * SECOND, BELIEVED, false);
    }

    @Test
    void beforeTheClockIsRight_theStampStaysAsItIs() {
        assertThat(times.settle(unsynced("this", 40))).isEqualTo(unsynced("this", 40));
    }

    @Test
    void afterwards_theTimeIsComputedBack() {
        synced = true;
        assertThat(times.settle(unsynced("this", 40)))
                .isEqualTo(new Stamp("this", 7, 40 * SECOND, NOW.minusSeconds(60), true));
    }

    @Test
    void aStampThatWasRight_isNotTouched() {
        synced = true;
        var right = new Stamp("this", 7, 40 * SECOND, BELIEVED, true);
        assertThat(times.settle(right)).isEqualTo(right);
    }

    @Test
    void anEarlierBoot_isSettledByItsOwnLaterReadings() {
        synced = true;
        assertThat(times.settle(unsynced("other", 40)))
                .as("nothing is known of it")
                .isEqualTo(unsynced("other", 40));
        times.learn(unsynced("other", 45));
        assertThat(times.settle(unsynced("other", 40)).synced()).isFalse();
        times.learn(new Stamp("other", 9, 50 * SECOND, NOW.minusSeconds(1_000), true));
        assertThat(times.settle(unsynced("other", 40)))
                .isEqualTo(new Stamp("other", 7, 40 * SECOND, NOW.minusSeconds(1_010), true));
    }

    @Test
    void withoutABootId_nothingIsComputed() {
        synced = true;
        var nameless = new BootTimes(() -> 100 * SECOND, () -> NOW, () -> true, "");
        assertThat(nameless.settle(unsynced("", 40))).isEqualTo(unsynced("", 40));
    }
}
