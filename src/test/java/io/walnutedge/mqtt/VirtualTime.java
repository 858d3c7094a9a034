package io.walnutedge.mqtt;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A clock that jumps from one thing that is due to the next. */
final class VirtualTime {
    private record Due(long at, long number, Runnable task) {}

    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::number));
    private long now = Duration.ofHours(1).toNanos();
    private long number;

    long now() {
        return now;
    }

    double seconds() {
        return now / 1e9;
    }

    void at(long when, Runnable task) {
        due.add(new Due(Math.max(now, when), number++, task));
    }

    void after(Duration time, Runnable task) {
        at(now + time.toNanos(), task);
    }

    void run(Duration time) {
        var end = now + time.toNanos();
        while (!due.isEmpty() && due.peek().at() - end <= 0) {
            var next = due.remove();
            now = next.at();
            next.task().run();
        }
        now = end;
    }
}
