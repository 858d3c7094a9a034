package io.walnutedge.mqtt;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Where other threads leave work for the thread {@code link} and wake it. It holds at most one task per message in
 * flight and a few per connection, because nothing else is posted.
 */
final class TaskQueue {
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private boolean woken;
    private int left;
    private int enough = 1;

    synchronized void post(Runnable task) {
        tasks.addLast(task);
        wake();
    }

    /** The same for what can wait for more of its kind, as long as the owner is {@linkplain #wakeAfter patient}. */
    synchronized void postLazily(Runnable task) {
        tasks.addLast(task);
        left++;
        wakeIfEnough();
    }

    /** From now on the owner is woken when so many have been {@linkplain #postLazily posted} since its last look. */
    synchronized void wakeAfter(int many) {
        enough = many;
        wakeIfEnough();
    }

    private void wakeIfEnough() {
        if (left >= enough) {
            wake();
        }
    }

    synchronized void wake() {
        woken = true;
        notifyAll();
    }

    /** Whether {@link #await} would return at once. */
    synchronized boolean isWoken() {
        return woken;
    }

    synchronized List<Runnable> takeAll() {
        woken = false;
        left = 0;
        var all = new ArrayList<>(tasks);
        tasks.clear();
        return all;
    }

    /** Returns when somebody has woken the owner since its last {@link #takeAll}, or after {@code nanos}. */
    synchronized void await(long nanos) throws InterruptedException {
        var deadline = System.nanoTime() + nanos;
        while (!woken) {
            var left = deadline - System.nanoTime();
            if (left <= 0) {
                return;
            }
            // rounded up: a wait of 0 ms would be one for ever
            wait(left / 1_000_000 + 1);
        }
    }
}
