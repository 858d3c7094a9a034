package io.walnutedge.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void failed_doublesFromOneToSixtySeconds() {
        var backoff = new Backoff(Backoff.MAX_NANOS);
        assertThat(LongStream.generate(backoff::failed).limit(9).map(nanos -> nanos / SECOND))
                .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
    }

    @Test
    void succeeded_beginsAnew() {
        var backoff = new Backoff(Backoff.MAX_NANOS);
        backoff.failed();
        backoff.failed();
        backoff.succeeded();
        assertThat(backoff.failed()).isEqualTo(SECOND);
    }
}
