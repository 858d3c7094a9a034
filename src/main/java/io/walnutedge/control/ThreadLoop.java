package io.walnutedge.control;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread {@code outputs}. A task that throws is counted, logged once per kind of exception, and the loop goes on; an
 * {@link Error} ends it and is handed to {@code onFatal}.
 */
public final class ThreadLoop implements Loop, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadLoop.class);
    /** How often who waits for a task looks whether the thread still lives. */
    private static final long LOOK_NANOS = Duration.ofMillis(100).toNanos();

    /** A timer; its number tells it from all others. */
    private record Waiting(long due, long number, Runnable task) {
        /** By the difference: the monotonic clock may wrap round. */
        static int compare(Waiting one, Waiting other) {
            return one.due == other.due ? Long.compare(one.number, other.number) : Long.signum(one.due - other.due);
        }
    }

    private final LongSupplier nanoTime;
    private final int capacity;
    private final Duration closeTimeout;
    private final Consumer<Throwable> onFatal;
    private final Thread thread = new Thread(this::run, "outputs");

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<Waiting> timers = new PriorityQueue<>(Waiting::compare);
    private final Set<String> kindsLogged = new HashSet<>();
    private long timersMade;
    private boolean closed;

    private final AtomicLong progress = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private volatile boolean busy;
    private volatile long busySince;
    /** Whether submitted tasks wait, and since when the first of them has been the next. */
    private volatile boolean handed;

    private volatile long handedSince;

    /**
     * @param nanoTime the monotonic clock, {@link System#nanoTime}
     * @param capacity submitted tasks that may wait
     * @param closeTimeout how long {@link #close} waits for the task that is running
     * @param onFatal called on this loop's thread, which ends then
     */
    public ThreadLoop(LongSupplier nanoTime, int capacity, Duration closeTimeout, Consumer<Throwable> onFatal) {
        this.nanoTime = nanoTime;
        this.capacity = capacity;
        this.closeTimeout = closeTimeout;
        this.onFatal = onFatal;
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    @Override
    public long nanoTime() {
        return nanoTime.getAsLong();
    }

    @Override
    public boolean submit(Runnable task) {
        lock.lock();
        try {
            if (closed || tasks.size() >= capacity) {
                return false;
            }
            if (tasks.isEmpty()) {
                handedSince = nanoTime();
                handed = true;
            }
            tasks.add(task);
            changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        lock.lock();
        try {
            var timer = new Waiting(nanoTime() + delay.toNanos(), timersMade++, task);
            timers.add(timer);
            changed.signal();
            return () -> cancel(timer);
        } finally {
            lock.unlock();
        }
    }

    private void cancel(Waiting timer) {
        lock.lock();
        try {
            timers.remove(timer);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Runs a task on the loop before anything submitted, and waits for it: for an orderly start and stop. Not from the
     * loop's own thread.
     *
     * @throws TimeoutException if it has not ended in time, or the thread died; if it has not begun by then it never will
     */
    public void call(Runnable task, Duration timeout) throws TimeoutException, InterruptedException {
        if (Thread.currentThread() == thread) {
            throw new IllegalStateException("the loop cannot wait for itself");
        }
        var future = new FutureTask<>(task, true);
        var timer = after(Duration.ZERO, future);
        try {
            await(future, timeout);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Error fatal) {
                throw fatal;
            }
            throw new IllegalStateException(failed.getCause());
        } finally {
            timer.cancel();
            future.cancel(false);
        }
    }

    private void await(FutureTask<?> task, Duration timeout)
            throws TimeoutException, InterruptedException, ExecutionException {
        var until = System.nanoTime() + timeout.toNanos();
        while (true) {
            var left = until - System.nanoTime();
            try {
                task.get(Math.min(left, LOOK_NANOS), TimeUnit.NANOSECONDS);
                return;
            } catch (TimeoutException notYet) {
                if (left <= LOOK_NANOS || !thread.isAlive()) {
                    throw notYet;
                }
            }
        }
    }

    /** Tasks and timers run so far; a watchdog sees it grow while there is work. */
    public long progress() {
        return progress.get();
    }

    /** Tasks that threw so far. */
    public long failures() {
        return failures.get();
    }

    /** Whether its thread runs. */
    public boolean isAlive() {
        return thread.isAlive();
    }

    /** False if the thread has ended, or one task has been running, or was next and not taken, for longer than {@code limit}. */
    public boolean healthy(Duration limit) {
        return thread.isAlive() && !isOver(busySince, busy, limit) && !isOver(handedSince, handed, limit);
    }

    /** The moment is read before its flag: one that is newer than the flag would look long ago. */
    private boolean isOver(long since, boolean lasts, Duration limit) {
        return lasts && nanoTime() - since > limit.toNanos();
    }

    /** Lets the running task end, runs nothing more, and waits for the thread within its time; may be called twice. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            tasks.clear();
            timers.clear();
            changed.signal();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(Math.max(1, closeTimeout.toMillis()));
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn("a task on thread {} still runs; not waiting for it any longer", thread.getName());
        }
    }

    private void run() {
        try {
            for (var task = next(); task != null; task = next()) {
                busySince = nanoTime();
                busy = true;
                runGuarded(task);
                busy = false;
                progress.incrementAndGet();
            }
        } catch (Error | RuntimeException fatal) {
            // of a task, or of the loop itself
            onFatal.accept(fatal);
        }
    }

    /** The loop's outermost frame. */
    private void runGuarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException failed) {
            var count = failures.incrementAndGet();
            if (kindsLogged.add(failed.getClass().getName())) {
                LOG.error("a task failed; the loop goes on, and further ones of this kind are only counted", failed);
            } else {
                LOG.debug("a task failed, failure {}", count, failed);
            }
        }
    }

    /** The next task, or null once closed. */
    private @Nullable Runnable next() {
        while (true) {
            try {
                return await();
            } catch (InterruptedException notTheWayToStop) {
                LOG.debug("interrupted; only close() ends this loop", notTheWayToStop);
            }
        }
    }

    private @Nullable Runnable await() throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                var timer = timers.peek();
                var wait = timer == null ? Long.MAX_VALUE : timer.due - nanoTime();
                if (timer != null && wait <= 0) {
                    timers.remove();
                    return timer.task;
                }
                var task = tasks.poll();
                if (task != null) {
                    handedSince = nanoTime();
                    handed = !tasks.isEmpty();
                    return task;
                }
                changed.awaitNanos(wait);
            }
            return null;
        } finally {
            lock.unlock();
        }
    }
}
