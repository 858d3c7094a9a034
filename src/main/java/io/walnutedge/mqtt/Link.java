package io.walnutedge.mqtt;

import io.walnutedge.timing.Backoff;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The link to the broker: owns the thread {@code link}, which keeps a connection, and sends what waits. Its methods are
 * for any thread and never block, but for {@link #close}. A state or an answer is sent by the thread that has it, where that
 * thread need not wait: so an echo costs no change of threads.
 */
public final class Link {
    private static final Logger log = LoggerFactory.getLogger(Link.class);
    /** A turn that lasts longer is stuck: its one slow part, ending a connection, is bounded by a few seconds. */
    private static final long STUCK = Duration.ofSeconds(60).toNanos();

    /** Gets messages that match a subscription. */
    @FunctionalInterface
    public interface Handler {
        /**
         * Takes a message; called on a thread of the transport, one message at a time, and must only enqueue.
         *
         * @param payload of more than {@link LinkSettings#payloadLimit} bytes only so many and one more
         * @param retained true where the broker had kept it: it may be of any age
         */
        void message(String topic, byte[] payload, boolean retained);
    }

    private final LinkSettings settings;
    private final LinkOptions options;
    private final TaskQueue tasks = new TaskQueue();
    private final RetainedStates states = new RetainedStates();
    private final Answers answers = new Answers();
    private final Suspects suspects = new Suspects();
    private final Subscriptions subscriptions = new Subscriptions(tasks);
    private final LinkReport report;
    private final Transport transport;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private final AtomicBoolean leaving = new AtomicBoolean();
    /** Held while the session is used; waited for by the thread {@code link} alone. */
    private final ReentrantLock using = new ReentrantLock();

    private volatile boolean busy;
    private volatile long busySince;
    private volatile @Nullable Session session;
    private @Nullable Thread thread;

    /**
     * @param nanoTime the monotonic clock
     * @param random for the jitter of the pauses
     */
    public Link(
            LinkSettings settings,
            LinkOptions options,
            Transport transport,
            LongSupplier nanoTime,
            InstantSource wall,
            RandomGenerator random) {
        this.settings = settings;
        this.options = options;
        this.transport = transport;
        this.nanoTime = nanoTime;
        this.random = random;
        this.report = new LinkReport(options.name(), settings.brokers().get(0), wall, subscriptions);
    }

    /**
     * Has messages handed to {@code handler}; every handler of which a filter matches gets them, once. Renewed with each
     * connection.
     */
    public void subscribe(String filter, int qos, Handler handler) {
        subscribe(List.of(), List.of(new Subscription(filter, qos, handler)));
    }

    /**
     * The same for many, in one step in place of those of an earlier call: no message is missed or handed out twice. Of a
     * filter that is left the broker is told by the next connection, which does not ask for it.
     */
    public synchronized void subscribe(List<Subscription> before, List<Subscription> now) {
        if (!options.sourceOnly()) {
            var all = subscriptions.replace(before, now);
            var running = session;
            if (running != null) {
                tasks.post(() -> running.subscribe(all));
            }
        }
    }

    /** Publishes the latest value of a topic: now or with the next connection, and again with each one after it. */
    public void state(String topic, byte[] payload, int qos, boolean retain) {
        if (!options.sourceOnly()) {
            states.put(new Publication(topic, payload, qos, retain));
            send();
        }
    }

    /**
     * Publishes the latest values of topics that belong together, retained. Where the presence has a word for it they
     * stand between that word and the one that all is there.
     */
    public void states(List<Publication> values) {
        states.putTogether(values);
        send();
    }

    /** Publishes the latest value of a topic until the broker has acknowledged it; later connections do not get it again. */
    public void once(String topic, byte[] payload, int qos, boolean retain) {
        if (!options.sourceOnly()) {
            states.putOnce(new Publication(topic, payload, qos, retain));
            send();
        }
    }

    /** Publishes a message over the present connection, or not at all; a later one of the topic takes its place. */
    public void pass(Publication publication) {
        if (!options.sourceOnly()) {
            states.putPassing(publication);
            send();
        }
    }

    /** Has the broker forget the value of a topic that nothing publishes on any more; as {@link #once}. */
    public void clear(String topic) {
        once(topic, new byte[0], 1, true);
    }

    /** Publishes the latest values of these topics once more, of those that the broker does not keep. */
    public void repeat(Collection<String> topics) {
        states.repeat(topics);
        send();
    }

    /**
     * Publishes a message that nobody wants later.
     *
     * @return false if it was dropped and counted, for there is no connection or too many wait
     */
    public boolean event(String topic, byte[] payload, int qos) {
        return event(topic, payload, qos, false);
    }

    /** The same for one of many that matter little: it is dropped while a quarter of the queue is in use. */
    public boolean excess(String topic, byte[] payload, int qos) {
        var accepted = !options.sourceOnly() && answers.offer(new Publication(topic, payload, qos, false), true);
        send();
        return accepted;
    }

    /** The same, and the broker may be asked to keep the message. */
    public boolean event(String topic, byte[] payload, int qos, boolean retain) {
        var accepted = !options.sourceOnly() && answers.offer(new Publication(topic, payload, qos, retain));
        send();
        return accepted;
    }

    /** What was just put. The thread {@code link} has a look in any case: it watches over what is in flight. */
    private void send() {
        var running = session;
        if (running != null && using.tryLock()) {
            try {
                running.sendNow();
            } catch (RuntimeException fault) {
                // of the link, not of who has something to send
                tasks.post(() -> {
                    throw fault;
                });
            } finally {
                using.unlock();
            }
        }
        tasks.wake();
    }

    /** Starts the thread and with it the first attempt to connect. */
    public synchronized void start() {
        var source = options.source();
        var flow = new OutgoingFlow(settings, source, states, answers, suspects, nanoTime, random);
        var backoff = new Backoff(settings.firstPause(), settings.lastPause(), random);
        var session = new Session(
                settings, transport, flow, subscriptions.all(), report, tasks, nanoTime, backoff, this::mayConnect);
        source.ifPresent(some -> some.onAdded(tasks::wake));
        options.after().ifPresent(first -> first.onChange(change -> tasks.wake()));
        this.session = session;
        var started = new Thread(() -> run(session), options.name());
        started.setDaemon(true);
        started.setUncaughtExceptionHandler(options.fatal());
        thread = started;
        started.start();
    }

    private boolean mayConnect() {
        return options.after().map(first -> first.status().connected()).orElse(true);
    }

    private void run(Session session) {
        while (!session.isEnded()) {
            busySince = nanoTime.getAsLong();
            busy = true;
            var wait = turn(session);
            busy = false;
            if (!session.isEnded()) {
                try {
                    tasks.await(wait);
                } catch (InterruptedException unexpected) {
                    session.end(Duration.ZERO);
                }
            }
        }
    }

    /** The outermost frame: a fault of this program ends the connection, not the thread. */
    private long turn(Session session) {
        using.lock();
        try {
            return session.turn();
        } catch (RuntimeException fault) {
            log.error("a fault of the link itself; it connects anew", fault);
            session.lost("a fault of the link itself: " + fault);
            return 0;
        } finally {
            using.unlock();
        }
    }

    /** Begins what {@link #close} does, and does not wait for it. */
    public void leave(Duration atMost) {
        var running = session;
        if (running != null && !leaving.getAndSet(true)) {
            tasks.post(() -> running.end(atMost));
        }
    }

    /** Sends what waits, publishes {@code offline} and disconnects, all within {@code atMost}. May block that long. */
    public void close(Duration atMost) {
        Thread owner;
        synchronized (this) {
            owner = thread;
        }
        if (owner == null) {
            return;
        }
        leave(atMost);
        try {
            // the second: ending a connection that had not come about yet
            owner.join(atMost.toMillis() + 1_000);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        if (owner.isAlive()) {
            log.warn("the link did not end within {} ms; left behind", atMost.toMillis() + 1_000);
            owner.interrupt();
        }
    }

    public LinkStatus status() {
        return report.status();
    }

    /** Whether there is a connection over which the latest state of each of these topics was acknowledged. */
    public boolean hasDelivered(Collection<String> topics) {
        return status().connected() && states.areDelivered(topics);
    }

    /** Messages that are not sent because connections end with them: their bytes, by topic. */
    public Map<String, Integer> setAside() {
        return suspects.setAside();
    }

    /** Calls back on the thread {@code link} after each change; the callback must only enqueue. */
    public void onChange(Consumer<LinkStatus> listener) {
        report.onChange(listener);
    }

    /**
     * Calls back for each filter that the broker refuses, and each topic whose message cannot be sent, with the reason; on the
     * thread {@code link}, and the callback must only enqueue.
     */
    public void onRefusal(BiConsumer<String, String> listener) {
        report.onRefusal(listener);
    }

    /** Events that the broker has acknowledged so far. */
    public long acknowledgedEvents() {
        return answers.acknowledged();
    }

    /** Answers dropped so far: not connected, too many, or the connection ended before their acknowledgement. */
    public long droppedEvents() {
        return answers.dropped();
    }

    /** False where the thread has died or has been at one thing for a minute; sleeping is healthy. */
    public synchronized boolean healthy(long now) {
        return thread == null || (thread.isAlive() && !(busy && now - busySince > STUCK));
    }
}
