package io.walnutedge.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TickerTest {
    private static final long MS = 1_000_000;

    @ParameterizedTest
    @ValueSource(longs = {0, -7, 1_000_000_007, Long.MAX_VALUE - 10})
    void due_isOnTheGrid_whateverTheEpoch(long epoch) {
        var ticker = new Ticker(epoch, Duration.ofMillis(100));
        assertThat(ticker.due()).isEqualTo(epoch);
        assertThat(ticker.take(epoch + 3 * MS)).isEqualTo(new Ticker.Tick(0, 0));
        assertThat(ticker.due() - epoch).isEqualTo(100 * MS);
    }

    @Test
    void take_late_doesNotShiftTheGrid() {
        var ticker = new Ticker(0, Duration.ofMillis(100));
        for (var k = 0; k < 100_000; k++) {
            assertThat(ticker.take(ticker.due() + 97 * MS).missed()).isZero();
        }
        assertThat(ticker.due()).isEqualTo(100_000 * 100 * MS);
    }

    @Test
    void take_severalIntervalsLate_missesAllButTheLatest() {
        var ticker = new Ticker(0, Duration.ofMillis(100));
        assertThat(ticker.take(350 * MS)).isEqualTo(new Ticker.Tick(3, 3));
        assertThat(ticker.due()).isEqualTo(400 * MS);
    }

    @Test
    void isDue_withinSlack_butNeverATenthOfTheIntervalEarly() {
        var slow = new Ticker(1000 * MS, Duration.ofSeconds(1));
        assertThat(slow.isDue(998 * MS)).isTrue();
        assertThat(slow.isDue(998 * MS - 1)).isFalse();
        var quick = new Ticker(1000 * MS, Duration.ofMillis(10));
        assertThat(quick.isDue(999 * MS)).isTrue();
        assertThat(quick.isDue(999 * MS - 1)).isFalse();
    }

    @Test
    void take_early_isNotTakenAgainWhenItIsDue() {
        var ticker = new Ticker(0, Duration.ofSeconds(1));
        ticker.take(0);
        assertThat(ticker.take(999 * MS).index()).isEqualTo(1);
        assertThat(ticker.isDue(1000 * MS)).isFalse();
        ticker.rewindTo(999 * MS);
        assertThat(ticker.due()).isEqualTo(2000 * MS);
    }

    @Test
    void pass_givesUpWhatIsDue() {
        var ticker = new Ticker(0, Duration.ofMillis(100));
        ticker.take(0);
        assertThat(ticker.pass(250 * MS)).isEqualTo(2);
        assertThat(ticker.due()).isEqualTo(300 * MS);
        assertThat(ticker.pass(250 * MS)).isZero();
    }

    @Test
    void skipTo_keepsTheGrid_andNeverGoesBack() {
        var ticker = new Ticker(0, Duration.ofMillis(300));
        ticker.take(0);
        ticker.skipTo(1000 * MS);
        assertThat(ticker.due()).isEqualTo(1200 * MS);
        ticker.skipTo(500 * MS);
        assertThat(ticker.due()).isEqualTo(1200 * MS);
        ticker.skipTo(1500 * MS);
        assertThat(ticker.due()).isEqualTo(1500 * MS);
    }

    @Test
    void rewindTo_forgetsTheSkip_butNotTheTicksTaken() {
        var ticker = new Ticker(0, Duration.ofMillis(100));
        ticker.take(300 * MS);
        ticker.skipTo(60_000 * MS);
        ticker.rewindTo(420 * MS);
        assertThat(ticker.due()).isEqualTo(500 * MS);
        ticker.rewindTo(0);
        assertThat(ticker.due()).isEqualTo(400 * MS);
    }
}
