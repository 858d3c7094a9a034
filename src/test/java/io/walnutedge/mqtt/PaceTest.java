package io.walnutedge.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long SECOND = 1_000_000_000;

    private long now = 5;

    private int spendAll(Pace pace) {
        var spent = 0;
        for (; pace.untilNext() == 0; spent++) {
            pace.spend();
        }
        return spent;
    }

    @Test
    void rate_isKeptOverASecond_whateverTheTurns() {
        for (var turns : new int[] {10, 100, 1_000}) {
            var pace = new Pace(500, () -> now);
            spendAll(pace);
            var spent = 0;
            for (var i = 0; i < turns; i++) {
                now += SECOND / turns;
                spent += spendAll(pace);
            }
            assertThat(spent).isBetween(499, 501);
        }
    }

    @Test
    void afterAPause_oneTenthOfASecondComesAtOnce() {
        var pace = new Pace(500, () -> now);
        now += 1_000 * SECOND;
        assertThat(spendAll(pace)).isEqualTo(50);
    }

    @Test
    void slowestRate_tellsWhenToComeBack() {
        var pace = new Pace(1, () -> now);
        assertThat(spendAll(pace)).isEqualTo(1);
        assertThat(pace.untilNext()).isEqualTo(SECOND);
        now += SECOND;
        assertThat(pace.untilNext()).isZero();
    }
}
