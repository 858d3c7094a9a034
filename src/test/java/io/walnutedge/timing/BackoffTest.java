package io.walnutedge.timing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void pauses_doubleFromOneToSixtySeconds() {
        var backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60));
        assertThat(LongStream.generate(backoff::next).limit(9).map(nanos -> nanos / SECOND))
                .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
    }

    @Test
    void reset_beginsAnew() {
        var backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60));
        backoff.next();
        backoff.next();
        backoff.reset();
        assertThat(backoff.next()).isEqualTo(SECOND);
    }
}
