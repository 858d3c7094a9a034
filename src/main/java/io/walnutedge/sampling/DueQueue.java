package io.walnutedge.sampling;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** The sensors of a lane in the order of the configuration. Under the lane's lock, save for {@link #tasks()}. */
final class DueQueue {
    /** How long a lane sleeps that has nothing to wait for. */
    private static final long IDLE_NANOS = 3_600_000_000_000L;

    /** Changed under the lock, read by any thread. */
    private volatile List<Task> tasks;

    private final long quickNanos;

    /** @param quickNanos a sensor whose last read took longer is read after the others */
    DueQueue(List<Task> tasks, long quickNanos) {
        this.tasks = List.copyOf(tasks);
        this.quickNanos = quickNanos;
    }

    List<Task> tasks() {
        return tasks;
    }

    void tasks(List<Task> others) {
        tasks = List.copyOf(others);
    }

    /** When the next of the waiting sensors is due. */
    long nextDue(long now) {
        var wait = IDLE_NANOS;
        for (var task : tasks) {
            if (task.isWaiting()) {
                wait = Math.min(wait, task.due() - now);
            }
        }
        return now + wait;
    }

    /** Moves what is due to the round, steady sensors first. */
    void takeDue(long now, Queue<Task> round) {
        // without streams: at each tick all sensors pass here
        var others = new ArrayDeque<Task>();
        for (var task : tasks) {
            if (task.queueIfDue(now)) {
                (task.isSteady(quickNanos) ? round : others).add(task);
            }
        }
        round.addAll(others);
    }
}
