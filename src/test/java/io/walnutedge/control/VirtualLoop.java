package io.walnutedge.control;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** The loop on virtual time: nothing runs before {@link #run} or {@link #advance}. */
public final class VirtualLoop implements Loop {
    private record Waiting(long due, long number, Runnable task) {}

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<Waiting> timers =
            new PriorityQueue<>(Comparator.comparingLong(Waiting::due).thenComparingLong(Waiting::number));
    private final int capacity;
    private long now = 1_000;
    private long made;

    public VirtualLoop() {
        this(1024);
    }

    public VirtualLoop(int capacity) {
        this.capacity = capacity;
    }

    @Override
    public boolean submit(Runnable task) {
        return tasks.size() < capacity && tasks.add(task);
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        var timer = new Waiting(now + delay.toNanos(), made++, task);
        timers.add(timer);
        return () -> timers.remove(timer);
    }

    @Override
    public long nanoTime() {
        return now;
    }

    /** Timers that wait. */
    public int timers() {
        return timers.size();
    }

    /** When the next one is due; far away where none waits. */
    public long nextTimer() {
        var next = timers.peek();
        return next == null ? Long.MAX_VALUE : next.due;
    }

    /** Runs what is due now. */
    public void run() {
        for (var task = next(); task != null; task = next()) {
            task.run();
        }
    }

    /** Lets time pass; each timer sees its own time. */
    public void advance(Duration time) {
        run();
        var end = now + time.toNanos();
        for (var timer = timers.peek(); timer != null && timer.due <= end; timer = timers.peek()) {
            now = timer.due;
            run();
        }
        now = end;
    }

    /** Time passes while the loop is busy with something else. */
    public void stall(Duration time) {
        now += time.toNanos();
    }

    private @Nullable Runnable next() {
        var timer = timers.peek();
        if (timer != null && timer.due <= now) {
            timers.remove();
            return timer.task;
        }
        return tasks.poll();
    }
}
