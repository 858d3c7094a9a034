package io.walnutedge.sampling;

import io.walnutedge.sensor.Lane;
import io.walnutedge.text.TimeText;
import java.util.List;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/**
 * The sensors of a bus or of a port, and their one thread. A read that hangs holds the bus, so the thread is not replaced: the
 * sensors whose ticks it holds up go offline, and all goes on when it returns.
 */
final class BusLane extends SensorWorker {
    private final Condition turn = lock.newCondition();
    private @Nullable ReadAttempt current;

    private final String held;

    /** @param held what a read holds */
    BusLane(Lane lane, String held, List<Task> tasks, Context context) {
        super(lane, tasks, context);
        this.held = held;
    }

    @Override
    void wake() {
        turn.signal();
    }

    @Override
    void start() {
        thread(name(), this::loop).start();
    }

    private void loop() {
        try {
            for (var attempt = next(); attempt != null; attempt = next()) {
                run(attempt);
                end(attempt);
            }
        } finally {
            leave();
        }
    }

    /** Waits for the next attempt; null when closed. */
    private @Nullable ReadAttempt next() {
        lock.lock();
        try {
            while (!isClosed()) {
                var attempt = pollLocked();
                if (attempt != null) {
                    return attempt;
                }
                awaitDue(turn);
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void end(ReadAttempt attempt) {
        lock.lock();
        try {
            current = null;
            readEnded();
            take(attempt);
        } finally {
            lock.unlock();
        }
    }

    /** Everything that is due now, on the caller's thread: the loop without its waits. */
    void turn() {
        for (var attempt = pollLocked(); attempt != null; attempt = pollLocked()) {
            run(attempt);
            end(attempt);
        }
    }

    private @Nullable ReadAttempt pollLocked() {
        lock.lock();
        try {
            current = poll();
            return current;
        } finally {
            lock.unlock();
        }
    }

    @Override
    void housekeeping() {
        if (lock.tryLock()) {
            try {
                var now = now();
                if (current != null && isHanging(current, now)) {
                    holdUp(current, now);
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private void holdUp(ReadAttempt hanging, long now) {
        var limit = TimeText.of(hangLimit());
        hanging.task().stuck("its read has not returned for " + limit + " and holds the " + held);
        for (var task : agenda().tasks()) {
            task.blocked(
                    now,
                    "the " + held + " is held by " + hanging.task().id() + ", whose read has not returned for "
                            + limit);
        }
        deliver();
    }

    /** A thread that is in a read is a known state: a restart would not free the bus, and would take all else down. */
    @Override
    boolean isHealthy(long now) {
        return pulse().reading().isPresent() || pulse().age(now) < GRACE.toNanos();
    }

    @Override
    int setAside() {
        return 0;
    }
}
