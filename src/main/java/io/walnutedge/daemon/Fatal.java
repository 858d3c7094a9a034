package io.walnutedge.daemon;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process when a thread died of an {@link Error}: memory is used up, or a class cannot be loaded because the
 * program's files were replaced. First the end is decided, with a limit that holds whatever else fails; then it is told,
 * which may fail for the same reason. What this class needs is loaded with it. Any thread.
 */
final class Fatal {
    private static final Logger LOG = LoggerFactory.getLogger(Fatal.class);

    /** An orderly stop takes less (outputs 2 s, link 3 s); what takes longer died, too. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static final int FAILED = 1;

    private final Runnable stop;
    private final IntConsumer halt;
    private final Duration limit;
    private final AtomicBoolean decided = new AtomicBoolean();
    /** Made before it is needed: then there may be no memory for it. */
    private final Thread deadline = new Thread(this::expire, "halt");

    /**
     * @param stop asks for an orderly end; must only enqueue
     * @param halt ends the process at once, {@link Runtime#halt}
     */
    Fatal(Runnable stop, IntConsumer halt) {
        this(stop, halt, LIMIT);
    }

    Fatal(Runnable stop, IntConsumer halt, Duration limit) {
        this.stop = stop;
        this.halt = halt;
        this.limit = limit;
        deadline.setDaemon(true);
    }

    /** The outermost frame of a dead thread: nothing that fails here may keep the process. */
    void died(Thread thread, Throwable error) {
        if (decided.getAndSet(true)) {
            return;
        }
        try {
            deadline.start();
            stop.run();
        } catch (Throwable noWay) {
            halt.accept(FAILED);
        }
        tell(thread, error);
    }

    private static void tell(Thread thread, Throwable error) {
        try {
            LOG.error("thread {} died; the process ends", thread.getName(), error);
        } catch (Throwable silent) {
            print(thread, error);
        }
    }

    /** With the classes of the virtual machine alone. */
    private static void print(Thread thread, Throwable error) {
        try {
            System.err.print("thread ".concat(thread.getName()).concat(" died; the process ends: "));
            error.printStackTrace();
        } catch (Throwable silent) {
            // the exit status says it
        }
    }

    private void expire() {
        try {
            TimeUnit.NANOSECONDS.sleep(limit.toNanos());
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        } finally {
            halt.accept(FAILED);
        }
    }
}
