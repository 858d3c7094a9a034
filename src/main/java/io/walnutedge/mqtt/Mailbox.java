package io.walnutedge.mqtt;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Where other threads leave work for the thread {@code link} and wake it. It holds at most one task per message in
 * flight and a few per connection, because nothing else is posted.
 */
final class Mailbox {
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private boolean woken;

    synchronized void post(Runnable task) {
        tasks.addLast(task);
        wake();
    }

    synchronized void wake() {
        woken = true;
        notifyAll();
    }

    synchronized List<Runnable> takeAll() {
        woken = false;
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
