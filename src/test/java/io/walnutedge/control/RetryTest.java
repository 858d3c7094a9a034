package io.walnutedge.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryTest {
    private final VirtualLoop loop = new VirtualLoop();
    private final List<Long> attempts = new ArrayList<>();
    private final Retry retry = new Retry(loop, () -> attempts.add(loop.nanoTime()));

    @Test
    void pauses_doubleFromOneSecondToSixty() {
        var pauses = new ArrayList<Long>();
        for (var i = 0; i < 9; i++) {
            pauses.add(retry.schedule().toSeconds());
        }
        assertThat(pauses).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
    }

    @Test
    void pause_afterASuccess_isTheFirstAgain() {
        retry.schedule();
        retry.schedule();
        retry.succeeded();
        assertThat(retry.schedule()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void schedule_twice_leavesOneAttempt() {
        retry.schedule();
        retry.schedule();
        loop.advance(Duration.ofMinutes(1));
        assertThat(attempts).hasSize(1);
    }

    @Test
    void cancel_leavesNone() {
        retry.schedule();
        retry.cancel();
        loop.advance(Duration.ofMinutes(1));
        assertThat(attempts).isEmpty();
        assertThat(loop.timers()).isZero();
    }
}
