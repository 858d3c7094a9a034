package io.walnutedge.daemon;

import io.walnutedge.event.EventListener;
import io.walnutedge.reading.Reading;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Whether the first reading was taken or the first connection made. Any thread. */
final class Readiness implements EventListener {
    private final CountDownLatch ready = new CountDownLatch(1);

    @Override
    public void readings(List<Reading> batch) {
        ready.countDown();
    }

    @Override
    public void link(boolean connected) {
        if (connected) {
            ready.countDown();
        }
    }

    /** False if the time is over before. */
    boolean await(Duration atMost) throws InterruptedException {
        return ready.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }
}
