package io.walnutedge.control;

import java.time.Duration;

/** Runs tasks one after another on the thread {@code outputs}. {@link #submit} from any thread, the rest from its own. */
public interface Loop {
    /**
     * Enqueues a task; never blocks.
     *
     * @return false if the bounded queue is full; the task will not run then
     */
    boolean submit(Runnable task);

    /** Runs a task once, after a time on the monotonic clock. */
    Timer after(Duration delay, Runnable task);

    /** The monotonic clock, in nanoseconds. */
    long nanoTime();

    /** A task that waits for its time. */
    interface Timer {
        /** Its task will not run any more; without effect if it has run. */
        void cancel();
    }
}
