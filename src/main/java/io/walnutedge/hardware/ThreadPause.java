package io.walnutedge.hardware;

import java.time.Duration;

/** Lets the calling thread sleep, never shorter than asked: a conversion read too early is the one before. */
final class ThreadPause implements Pause {
    private static final long NANOS_PER_MILLI = 1_000_000;

    @Override
    public void pause(Duration duration) throws InterruptedException {
        Thread.sleep((duration.toNanos() + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
    }
}
