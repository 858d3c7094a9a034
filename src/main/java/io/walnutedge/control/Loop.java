package io.walnutedge.control;

import java.time.Duration;

/** Runs tasks one after another on the thread {@code outputs}. All methods from any thread. */
public interface Loop {
    /**
     * Enqueues a task; never blocks.
     *
     * @return false if the bounded queue is full; the task will not run then
     */
    boolean submit(Runnable task);

    /**
     * Runs a task once, after a time on the monotonic clock. Due timers go before submitted tasks and have no bound of
     * their own: each caller holds a fixed number of them.
     */
    Timer after(Duration delay, Runnable task);

    /** The monotonic clock, in nanoseconds. */
    long nanoTime();

    /** A task that waits for its time. */
    interface Timer {
        /** Its task will not run any more; without effect if it has run. */
        void cancel();
    }
}
