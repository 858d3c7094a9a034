package io.walnutedge.cli;

import io.walnutedge.logging.LogSetup;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ctrl-C and SIGTERM as an orderly end: the process waits until all is closed. Any thread. */
public final class Interruption {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    private Interruption() {}

    /** From now on a signal only asks. */
    public static Interruption handle() {
        var made = new Interruption();
        Runtime.getRuntime().addShutdownHook(new Thread(made::signal, "shutdown"));
        return made;
    }

    private void signal() {
        ask();
        try {
            ended.await(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            LogSetup.finish();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks for the end. */
    public void ask() {
        stop.countDown();
    }

    /** Waits for that; false if the time is over before. */
    public boolean await(Duration atMost) throws InterruptedException {
        return stop.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Everything is closed: the process may end. */
    public void done() {
        ended.countDown();
    }
}
