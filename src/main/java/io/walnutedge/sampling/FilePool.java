package io.walnutedge.sampling;

import io.walnutedge.sensor.Lane;
import io.walnutedge.text.TimeText;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The file-like sensors and their threads. The leader waits for what is due and reads it. The follower wakes a moment
 * after each due time; if it finds the leader in a read for longer than patience allows, it hands on what has been read,
 * leads the rest of the round, and another follower is hired. A thread that was overtaken hands on its own result when it
 * has one and waits as a spare or ends.
 *
 * <p>A read beyond the limit is abandoned: its thread is interrupted, set aside and ends when it returns, its sensor is offline, and is
 * tried again at the next tick after that return, or once more in any case after a minute, which costs another thread.
 * At most {@link Task#MAX_HUNG} threads hang for one sensor, and no second one is risked while {@link #MAX_AWAY} are away:
 * then the sensor stays offline until a thread returns. A first hang is always replaced, so that threads number at most
 * MAX_AWAY, or one per sensor where there are more, and the four that are seated.
 */
final class FilePool extends SensorWorker {
    static final int MAX_AWAY = 16;
    private static final int MAX_SPARES = 2;

    /** Once one read of a round was slow, the next is suspected sooner: many files of one dead source hang together. */
    private static final int HURRY = 4;

    private final Condition leaderTurn = lock.newCondition();
    private final Condition followerTurn = lock.newCondition();
    private final Condition spareTurn = lock.newCondition();
    private final Set<Worker> workers = new HashSet<>();
    private final AtomicInteger setAside = new AtomicInteger();
    private @Nullable Worker leader;
    private @Nullable Worker follower;
    private int spares;
    private int arriving;
    private boolean hurry;

    FilePool(Lane lane, List<Task> tasks, Context context) {
        super(lane, tasks, context);
    }

    /** A thread's place in the pool. */
    private final class Worker implements Runnable {
        private final int number;
        private @Nullable ReadAttempt attempt;
        private @Nullable Thread thread;
        private boolean hasArrived;

        Worker(int number) {
            this.number = number;
        }

        @Override
        public void run() {
            try {
                for (var next = next(this); next != null && perform(this, next); ) {
                    next = next(this);
                }
            } finally {
                quit(this);
                leave();
            }
        }
    }

    @Override
    void wake() {
        leaderTurn.signal();
        followerTurn.signal();
    }

    @Override
    void start() {
        lock.lock();
        try {
            hire();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a seat and, as the leader, for the next attempt; null where the thread must end. */
    private @Nullable ReadAttempt next(Worker me) {
        lock.lock();
        try {
            arrive(me);
            while (!isClosed()) {
                if (leader == null) {
                    lead(me);
                }
                if (leader == me) {
                    me.attempt = poll();
                    if (me.attempt != null) {
                        return me.attempt;
                    }
                    awaitDue(leaderTurn);
                } else if (follower == null || follower == me) {
                    follower = me;
                    follow(me);
                } else if (spares < MAX_SPARES) {
                    spares++;
                    await(spareTurn, Long.MAX_VALUE);
                    spares--;
                } else {
                    return null;
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void arrive(Worker me) {
        if (!me.hasArrived) {
            me.hasArrived = true;
            arriving--;
        }
    }

    private void lead(Worker me) {
        leader = me;
        if (follower == me) {
            follower = null;
        }
        hire();
    }

    /** Looks after the leader once; with a single sensor there is nobody to be kept waiting. */
    private void follow(Worker me) {
        var now = now();
        var reading = leader == null ? null : leader.attempt;
        if (agenda().tasks().size() == 1) {
            await(followerTurn, Long.MAX_VALUE);
        } else if (reading == null) {
            await(followerTurn, Math.max(0, agenda().nextDue(now) - now) + patience());
        } else if (now - reading.since() >= patience()) {
            hurry = true;
            lead(me);
            deliver();
        } else {
            await(followerTurn, reading.since() + patience() - now);
        }
    }

    private long patience() {
        return PATIENCE.toNanos() / (hurry ? HURRY : 1);
    }

    @Override
    void roundBegins() {
        hurry = false;
    }

    @Override
    boolean mayBegin(Task task) {
        var away = workers.stream().filter(worker -> worker.attempt != null).count();
        if (task.isHung() && away >= MAX_AWAY) {
            task.postpone(now(), away + " threads hang in reads: it is not tried again until one of them returns");
            return false;
        }
        return true;
    }

    /** Sees that a leader and a follower are on their way. */
    private void hire() {
        var isEnough = leader != null && (follower != null || agenda().tasks().size() == 1);
        if (isEnough || arriving > 0 || isClosed()) {
            return;
        }
        if (leader == null && follower != null) {
            followerTurn.signal();
        } else if (spares > 0) {
            spareTurn.signal();
        } else {
            spawn();
        }
    }

    private void spawn() {
        var worker = new Worker(freeNumber());
        workers.add(worker);
        arriving++;
        worker.thread = thread(name() + "-" + worker.number, worker);
        worker.thread.start();
    }

    private int freeNumber() {
        return IntStream.iterate(1, number -> number + 1)
                .filter(number -> workers.stream().noneMatch(worker -> worker.number == number))
                .findFirst()
                .orElseThrow();
    }

    /** Runs an attempt without the lock; false where it was abandoned meanwhile and the thread must end. */
    private boolean perform(Worker me, ReadAttempt attempt) {
        run(attempt);
        var isWanted = end(me, attempt);
        if (!isWanted) {
            attempt.discard();
        }
        return isWanted;
    }

    private boolean end(Worker me, ReadAttempt attempt) {
        lock.lock();
        try {
            me.attempt = null;
            if (attempt.isAbandoned()) {
                setAside.decrementAndGet();
                attempt.task().returned(now());
                leaderTurn.signal();
                return false;
            }
            if (leader == me) {
                readEnded();
            }
            take(attempt);
            if (leader != me) {
                deliver();
                leaderTurn.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void quit(Worker me) {
        lock.lock();
        try {
            workers.remove(me);
            leader = leader == me ? null : leader;
            follower = follower == me ? null : follower;
        } finally {
            lock.unlock();
        }
    }

    @Override
    void housekeeping() {
        if (lock.tryLock()) {
            try {
                var now = now();
                workers.forEach(worker -> setAsideIfHanging(worker, now));
                hire();
            } finally {
                lock.unlock();
            }
        }
    }

    private void setAsideIfHanging(Worker worker, long now) {
        var attempt = worker.attempt;
        if (attempt == null || attempt.isAbandoned() || !isHanging(attempt, now)) {
            return;
        }
        setAside.incrementAndGet();
        var limit = TimeText.of(hangLimit());
        attempt.task().hang(attempt, now, "its read has not returned for " + limit + "; its thread is set aside");
        if (leader == worker) {
            leader = null;
        }
        if (worker.thread != null) {
            interruptAside(worker.thread);
        }
        deliver();
    }

    @Override
    boolean isHealthy(long now) {
        var allowed = pulse().reading().isPresent() ? GRACE.plus(hangLimit()) : GRACE;
        return pulse().age(now) < allowed.toNanos();
    }

    @Override
    int setAside() {
        return setAside.get();
    }
}
