package io.walnutedge.daemon;

import io.walnutedge.systemd.Notifier;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a {@link Daemon} as a service: tells systemd when it is ready (with the first reading or the first connection, and
 * after 30 s in any case), how it is and that it lives, until it is asked to stop. {@link #run} on the thread {@code main}; {@link #stop} and {@link #fatal} from any thread.
 */
public final class Service {
    private static final Logger LOG = LoggerFactory.getLogger(Service.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    /** Systemd is not kept waiting longer by a board with neither a sensor nor a broker: it would start it again and again. */
    private static final int PATIENCE = 30;

    private final Notifier systemd;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile boolean failed;

    public Service(Notifier systemd) {
        this.systemd = systemd;
    }

    /** Runs the daemon until {@link #stop}; false if it ended because of an {@link Error}. */
    public boolean run(Daemon daemon) throws InterruptedException {
        try {
            daemon.start();
            var ready = false;
            var looks = 0;
            var said = "";
            do {
                daemon.housekeeping();
                if (!ready && (daemon.awaitReady(Duration.ZERO) || ++looks > PATIENCE)) {
                    ready = true;
                    systemd.ready(daemon.linkStatus().sentence());
                }
                var status = daemon.linkStatus().sentence();
                if (!status.equals(said)) {
                    said = status;
                    systemd.status(status);
                }
                feedWatchdog(daemon);
            } while (!stop.await(LOOK.toNanos(), TimeUnit.NANOSECONDS));
            systemd.stopping("stopping");
        } finally {
            daemon.stop();
        }
        return !failed;
    }

    private void feedWatchdog(Daemon daemon) {
        if (daemon.healthy(System.nanoTime())) {
            systemd.alive();
        } else {
            LOG.warn("a loop makes no progress; the watchdog is not fed");
        }
    }

    /** Asks {@link #run} to end. */
    public void stop() {
        stop.countDown();
    }

    /** A thread died of an {@link Error}: the process must not go on without it. */
    public void fatal(Thread thread, Throwable error) {
        LOG.error("thread {} died; the process ends", thread.getName(), error);
        failed = true;
        stop();
    }
}
