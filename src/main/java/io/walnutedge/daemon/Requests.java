package io.walnutedge.daemon;

import java.util.function.BooleanSupplier;

/**
 * What the daemon asks of the process that it runs in. Any thread; only enqueues.
 *
 * @param reload to load the configuration again; false where it is never loaded again
 * @param restart to stop the daemon and to start it again; false where nobody would do that
 * @param fatal called for an {@link Error} on any thread of the daemon; must end the process
 */
public record Requests(BooleanSupplier reload, BooleanSupplier restart, Thread.UncaughtExceptionHandler fatal) {
    /** Of a process that neither loads the configuration again nor restarts. */
    public static Requests none(Thread.UncaughtExceptionHandler fatal) {
        return new Requests(() -> false, () -> false, fatal);
    }
}
