package io.walnutedge.sampling;

import io.walnutedge.event.EventListener;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Reading;
import io.walnutedge.reading.SampleClock;
import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.Lane;
import io.walnutedge.sensor.Sensor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ObjLongConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sensors that are read one after another, and the threads that do it. Methods without a word about it need the lock;
 * {@link #status}, {@link #isHealthy} and {@link #stop} never take it, so that they cannot hang.
 */
abstract class SensorWorker {
    private static final Logger LOG = LoggerFactory.getLogger(SensorWorker.class);

    /** A loop that is later than this is not slow but ill; SD cards are known to stall a process for seconds. */
    static final Duration GRACE = Duration.ofSeconds(10);

    /** A read that takes longer is slow: another thread of a pool reads the rest, and the sensor is read last. */
    static final Duration PATIENCE = Duration.ofMillis(20);

    /** What all lanes share. */
    record Context(
            Hardware hardware, EventListener events, SampleClock clock, Thread.UncaughtExceptionHandler onFatal) {}

    final ReentrantLock lock = new ReentrantLock();
    private final String name;
    private final DueQueue agenda;
    private final Context context;
    private final Duration hangLimit;
    private final Queue<Task> round = new ArrayDeque<>();
    /** Left the configuration, and still have a sensor to close. */
    private final Queue<Task> leaving = new ArrayDeque<>();

    private final List<Reading> batch = new ArrayList<>();
    private final AtomicLong rounds = new AtomicLong();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;
    private volatile Heartbeat pulse;
    /** What sensors have counted that left the configuration. Changed under the lock, read by any thread. */
    private volatile ReadCounts left = ReadCounts.NONE;

    SensorWorker(Lane lane, List<Task> tasks, Context context) {
        this.name = lane.name();
        this.agenda = new DueQueue(tasks, PATIENCE.toNanos());
        this.context = context;
        this.hangLimit = lane.hangLimit();
        this.pulse = Heartbeat.idleUntil(context.clock().nanoTime());
    }

    abstract void start();

    /** Wakes whoever waits for the next tick. */
    abstract void wake();

    /** Any thread, which takes the lock. False if the sensor is not of this lane. */
    final boolean order(ItemId sensor, ObjLongConsumer<Task> order) {
        return order(task -> task.id().equals(sensor), order) > 0;
    }

    /** The same of all of them; says how many there are. */
    final int orderAll(ObjLongConsumer<Task> order) {
        return order(task -> true, order);
    }

    private int order(Predicate<Task> which, ObjLongConsumer<Task> order) {
        lock.lock();
        try {
            var found = agenda.tasks().stream().filter(which).toList();
            found.forEach(task -> order.accept(task, now()));
            if (!found.isEmpty()) {
                wake();
            }
            return found.size();
        } finally {
            lock.unlock();
        }
    }

    /** Takes sensors off the lane, which are closed on its thread in due course. Any thread, which takes the lock. */
    final List<Task> remove(Set<ItemId> ids) {
        lock.lock();
        try {
            var gone = agenda.tasks().stream()
                    .filter(task -> ids.contains(task.id()))
                    .toList();
            if (!gone.isEmpty()) {
                agenda.tasks(agenda.tasks().stream()
                        .filter(task -> !gone.contains(task))
                        .toList());
                round.removeAll(gone);
                gone.forEach(Task::retire);
                gone.forEach(task -> left = left.plus(task.tally()));
                leaving.addAll(gone);
                wake();
            }
            return gone;
        } finally {
            lock.unlock();
        }
    }

    /** Puts further sensors on the lane. Any thread, which takes the lock. */
    final void add(List<Task> more) {
        lock.lock();
        try {
            var all = new ArrayList<>(agenda.tasks());
            all.addAll(more);
            agenda.tasks(all);
            wake();
        } finally {
            lock.unlock();
        }
    }

    /** Looks for hangs; once a second, from any thread, without the lock. */
    abstract void housekeeping();

    /** Whether the loop lives and makes progress. Without the lock. */
    abstract boolean isHealthy(long now);

    /** Threads that were set aside. Without the lock. */
    abstract int setAside();

    final String name() {
        return name;
    }

    final DueQueue agenda() {
        return agenda;
    }

    final Duration hangLimit() {
        return hangLimit;
    }

    final long now() {
        return context.clock().nanoTime();
    }

    final Heartbeat pulse() {
        return pulse;
    }

    final boolean isClosed() {
        return closed;
    }

    /** The next attempt of this round or of one that is due now, else null; then what was read is handed on. */
    final @Nullable ReadAttempt poll() {
        for (var gone = leaving.poll(); gone != null; gone = leaving.poll()) {
            var sensor = gone.release();
            if (sensor != null) {
                var attempt = ReadAttempt.closing(gone, now(), sensor);
                pulse = Heartbeat.readingSince(attempt.since(), gone.id());
                return attempt;
            }
        }
        for (var task = nextTask(); task != null; task = nextTask()) {
            if (mayBegin(task)) {
                var attempt = task.begin(now());
                pulse = Heartbeat.readingSince(attempt.since(), task.id());
                return attempt;
            }
        }
        return null;
    }

    private @Nullable Task nextTask() {
        if (round.isEmpty()) {
            deliver();
            agenda.takeDue(now(), round);
            if (!round.isEmpty()) {
                rounds.incrementAndGet();
                roundBegins();
            }
        }
        return round.poll();
    }

    void roundBegins() {}

    /** Whether a queued sensor is to be read; if not, it was postponed. */
    boolean mayBegin(Task task) {
        return true;
    }

    /** The loop is in its own code. */
    final void readEnded() {
        pulse = Heartbeat.idleUntil(now());
    }

    /** Without the lock. */
    final void run(ReadAttempt attempt) {
        attempt.run(context.hardware(), context.clock(), hangLimit);
    }

    /** Takes an attempt's result into the batch. */
    final void take(ReadAttempt attempt) {
        if (attempt.isClosing()) {
            return;
        }
        if (attempt.task().isRetired()) {
            leaving.add(attempt.task());
        }
        if (!closed || attempt.trouble() == null) {
            batch.addAll(attempt.task().end(attempt, now()));
        }
    }

    final void deliver() {
        if (!batch.isEmpty()) {
            var complete = List.copyOf(batch);
            batch.clear();
            context.events().readings(complete);
        }
    }

    final boolean isHanging(ReadAttempt attempt, long now) {
        return now - attempt.since() > hangLimit.toNanos();
    }

    /** Waits for the next due time; interruptions are a means of {@link #stop} alone. */
    final void awaitDue(Condition turn) {
        var now = now();
        var due = agenda.nextDue(now);
        pulse = Heartbeat.idleUntil(due);
        await(turn, due - now);
    }

    @SuppressWarnings("WaitNotInLoop") // the callers loop
    final void await(Condition turn, long nanos) {
        try {
            if (!closed && nanos > 0) {
                turn.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            LOG.trace("{}: interrupted", name, e);
        }
    }

    /** A thread of this lane, not yet started; it must end with {@link #leave}. */
    final Thread thread(String threadName, Runnable job) {
        var thread = new Thread(null, job, threadName);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler(context.onFatal());
        threads.add(thread);
        return thread;
    }

    /**
     * An interrupt closes the channel that a thread reads and waits for that read (FileChannelImpl, implCloseChannel), which the
     * kernel does not end while it waits for a bus: so not on a thread that feeds the watchdog, nor under a lock.
     */
    static void interruptAside(Thread hanging) {
        var aside = new Thread(null, hanging::interrupt, hanging.getName() + "-interrupt");
        aside.setDaemon(true);
        aside.start();
    }

    /**
     * A thread's last act, without the lock: the first to leave a closed lane closes the sensors nobody is reading. It is
     * of the lane until that is done, for {@link Sampler#close} waits for those that are.
     */
    final void leave() {
        try {
            if (closed) {
                release().forEach(Task::close);
            }
        } finally {
            threads.remove(Thread.currentThread());
        }
    }

    private List<Sensor> release() {
        lock.lock();
        try {
            deliver();
            return Stream.concat(agenda.tasks().stream(), leaving.stream())
                    .map(Task::release)
                    .filter(Objects::nonNull)
                    .map(Sensor.class::cast)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** No further attempt begins, and what can be interrupted is. */
    final void stop() {
        closed = true;
        threads.forEach(Thread::interrupt);
    }

    /** The threads that have not ended. */
    final Set<Thread> threads() {
        return Set.copyOf(threads);
    }

    final List<String> threadNames() {
        return threads.stream().map(Thread::getName).sorted().toList();
    }

    final LaneStatus status() {
        var tally = agenda.tasks().stream().map(Task::tally).reduce(left, ReadCounts::plus);
        return new LaneStatus(name, pulse, rounds.get(), tally.tries(), tally.missed(), tally.errors(), setAside());
    }

    final Stream<String> slowed() {
        return agenda.tasks().stream().flatMap(task -> task.slowed().stream());
    }

    final List<SensorStatus> sensors() {
        return agenda.tasks().stream().map(task -> task.status(name)).toList();
    }
}
