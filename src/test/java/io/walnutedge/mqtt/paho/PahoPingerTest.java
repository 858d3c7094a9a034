package io.walnutedge.mqtt.paho;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PahoPingerTest {
    private final ArrayDeque<Runnable> begun = new ArrayDeque<>();
    private final AtomicInteger changes = new AtomicInteger();
    private final PahoPinger pinger = new PahoPinger(begun::add, () -> false, changes::incrementAndGet);

    @Test
    void nothingIsDueBeforeItIsScheduled() {
        assertThat(pinger.turn()).isEqualTo(Long.MAX_VALUE);
        assertThat(begun).isEmpty();
    }

    @Test
    void whatIsNotDueYet_isLeft() {
        pinger.schedule(60_000);
        assertThat(changes).hasValue(1);
        assertThat(pinger.turn()).isBetween(TimeUnit.SECONDS.toNanos(1), TimeUnit.SECONDS.toNanos(60));
        assertThat(begun).isEmpty();
    }

    @Test
    void whatIsDue_isBegunOnce_onAThreadOfItsOwn() {
        pinger.schedule(0);
        assertThat(pinger.turn()).isEqualTo(Long.MAX_VALUE);
        assertThat(pinger.turn()).isEqualTo(Long.MAX_VALUE);
        assertThat(begun).hasSize(1);
        pinger.schedule(-1);
        pinger.turn();
        assertThat(begun).hasSize(2);
    }

    @Test
    void whatWasStopped_isNotDue() {
        pinger.schedule(0);
        pinger.stop();
        assertThat(pinger.turn()).isEqualTo(Long.MAX_VALUE);
        assertThat(begun).isEmpty();
    }
}
