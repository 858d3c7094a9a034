package io.walnutedge.timing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final long SECOND = 1_000_000_000;

    private long now = 5;

    private int spendAll(TokenBucket bucket) {
        var spent = 0;
        for (; bucket.untilNext() == 0; spent++) {
            bucket.spend();
        }
        return spent;
    }

    @Test
    void rate_isKeptOverASecond_whateverTheTurns() {
        for (var turns : new int[] {10, 100, 1_000}) {
            var bucket = new TokenBucket(500, 50, () -> now);
            spendAll(bucket);
            var spent = 0;
            for (var i = 0; i < turns; i++) {
                now += SECOND / turns;
                spent += spendAll(bucket);
            }
            assertThat(spent).isBetween(499, 501);
        }
    }

    @Test
    void afterAPause_theCapacityComesAtOnce() {
        var bucket = new TokenBucket(500, 50, () -> now);
        now += 1_000 * SECOND;
        assertThat(spendAll(bucket)).isEqualTo(50);
    }

    @Test
    void slowestRate_tellsWhenToComeBack() {
        var bucket = new TokenBucket(1, 1, () -> now);
        assertThat(spendAll(bucket)).isEqualTo(1);
        assertThat(bucket.untilNext()).isEqualTo(SECOND);
        now += SECOND;
        assertThat(bucket.untilNext()).isZero();
    }
}
