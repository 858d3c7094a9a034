package io.walnutedge.daemon;

import io.walnutedge.hocon.ConfigException;
import io.walnutedge.plan.Plan;
import io.walnutedge.systemd.Notifier;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a {@link Daemon} as a service: tells systemd when it is ready (with the first reading or the first connection, and
 * after 30 s in any case), how it is and that it lives, until it is asked to stop. {@link #run} on the thread {@code main};
 * {@link #stop}, {@link #reload} and {@link #fatal} from any thread.
 */
public final class Service {
    private static final Logger LOG = LoggerFactory.getLogger(Service.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    /** Systemd is not kept waiting longer by a board with neither a sensor nor a broker: it would start it again and again. */
    private static final int PATIENCE = 30;
    /** Between the end of one loading and the begin of the next: who asks more often gets what was written last. */
    private static final Duration RELOAD_GAP = Duration.ofSeconds(2);

    /** Reads the configuration again. */
    @FunctionalInterface
    public interface Loading {
        Plan load() throws ConfigException;
    }

    private final Notifier systemd;
    private final Loading loading;
    private final Semaphore wake = new Semaphore(0);
    private final AtomicBoolean reload = new AtomicBoolean();
    private final Fatal fatal = new Fatal(this::fail, Runtime.getRuntime()::halt);
    private long reloadNotBefore = System.nanoTime();
    private volatile boolean stopping;
    private volatile boolean failed;
    private volatile boolean again;

    public Service(Notifier systemd, Loading loading) {
        this.systemd = systemd;
        this.loading = loading;
    }

    /** What the daemon may ask of this service. */
    public Requests requests() {
        return new Requests(this::reload, this::restart, this::fatal);
    }

    /** Runs the daemon until {@link #stop}; false if it ended because of an {@link Error}. */
    public boolean run(Daemon daemon) throws InterruptedException {
        try {
            daemon.listen();
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
                if (System.nanoTime() - reloadNotBefore >= 0 && reload.getAndSet(false)) {
                    reload(daemon);
                    reloadNotBefore = System.nanoTime() + RELOAD_GAP.toNanos();
                    // what systemd waits for after it was told of the reload
                    systemd.ready(daemon.linkStatus().sentence());
                    ready = true;
                }
                var status = daemon.linkStatus().sentence();
                if (!status.equals(said)) {
                    said = status;
                    systemd.status(status);
                }
                feedWatchdog(daemon);
                wake.tryAcquire(LOOK.toNanos(), TimeUnit.NANOSECONDS);
                wake.drainPermits();
            } while (!stopping);
            systemd.stopping(again ? "restarting" : "stopping");
        } catch (Error died) {
            // before the stop, which may not end any more
            fatal(Thread.currentThread(), died);
        } finally {
            // an interrupt asks for the end as well; the stop itself is not to be cut short
            Thread.interrupted();
            daemon.stop();
        }
        return !failed;
    }

    private void reload(Daemon daemon) throws InterruptedException {
        systemd.reloading(System.nanoTime());
        Plan next;
        try {
            next = loading.load();
        } catch (ConfigException mistakes) {
            LOG.error("the configuration was not loaded again, all goes on as before:\n{}", mistakes.getMessage());
            daemon.reloader().refuse(mistakes);
            return;
        }
        var change = daemon.reloader().reload(next);
        LOG.info("configuration loaded again: {}", change);
        if (!change.restart().isEmpty()) {
            LOG.warn("changed, and read at the next start only: {}", String.join(", ", change.restart()));
        }
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
        stopping = true;
        wake.release();
    }

    /** Asks {@link #run} to end, because the daemon is to be started again. */
    private boolean restart() {
        LOG.info("a command asks for a restart");
        again = true;
        stop();
        return true;
    }

    /** Whether it ended to be started again. */
    public boolean isRestart() {
        return again;
    }

    /** Asks {@link #run} to load the configuration again; several at once are one. */
    public boolean reload() {
        reload.set(true);
        wake.release();
        return true;
    }

    /**
     * A thread died, of an {@link Error} or a fault: the process must not go on without it, and ends within 5 s even if
     * nothing else works any more.
     */
    public void fatal(Thread thread, Throwable error) {
        fatal.died(thread, error);
    }

    private void fail() {
        failed = true;
        stop();
    }
}
