package io.walnutedge.mqtt;

import io.walnutedge.config.BrokerAddress;
import io.walnutedge.text.TimeText;
import io.walnutedge.timing.Backoff;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the link does, turn by turn, without a thread or a clock of its own: connect, let the flow flow, notice
 * trouble, and start over. The thread {@code link} only, but for {@link #sendNow}; one thread at a time.
 *
 * <pre>
 *   PAUSING -> CONNECTING -> CONNECTED -> PAUSING ...      any of them -> ENDED
 *      ^            |
 *      +------------+   at once while the list has another broker, else after a pause, also where it was connected
 * </pre>
 */
final class Session {
    /** A connection that lasted this long makes the pauses short again; one that is dropped at once does not. */
    static final long SETTLED = Duration.ofSeconds(10).toNanos();
    /** Of the time for an end, what is kept for {@code offline} and the goodbye. */
    private static final long GOODBYE = Duration.ofSeconds(1).toNanos();

    /**
     * Acknowledgements of what was sent together come one by one within this time of each other, from a broker nearby; to
     * be woken by each costs more than all else that a reading costs.
     */
    static final long GATHERING = Duration.ofMillis(20).toNanos();

    /** Hears of each change. The thread {@code link}. */
    interface Observer {
        void connecting(BrokerAddress broker);

        void connected(BrokerAddress broker);

        /** @param wasConnected false where the attempt failed */
        void lost(BrokerAddress broker, boolean wasConnected, String why);

        /** The broker refuses a subscription, or a message cannot be sent at all. */
        void refused(String topic, String why);

        /** A message came in; called on a thread of the transport. */
        void arrived(String topic, byte[] payload, boolean retained);
    }

    private enum Phase {
        PAUSING,
        CONNECTING,
        CONNECTED,
        ENDED
    }

    private final LinkSettings settings;
    private final Transport transport;
    private final OutgoingFlow flow;
    private List<Subscription> subscriptions;
    private final Observer observer;
    private final TaskQueue tasks;
    private final LongSupplier nanoTime;
    private final Backoff backoff;
    private final BooleanSupplier mayConnect;

    private Phase phase = Phase.PAUSING;
    private Transport.@Nullable Connection connection;
    private int broker;
    /** In PAUSING when to connect, in CONNECTING when to give up. */
    private long until;

    private long connectedAt;
    private boolean ending;
    private boolean saidGoodbye;
    private long drainUntil;
    private long endUntil;

    /** @param mayConnect asked before each attempt; whoever changes the answer wakes the tasks */
    Session(
            LinkSettings settings,
            Transport transport,
            OutgoingFlow flow,
            List<Subscription> subscriptions,
            Observer observer,
            TaskQueue tasks,
            LongSupplier nanoTime,
            Backoff backoff,
            BooleanSupplier mayConnect) {
        this.settings = settings;
        this.transport = transport;
        this.flow = flow;
        this.subscriptions = List.copyOf(subscriptions);
        this.observer = observer;
        this.tasks = tasks;
        this.nanoTime = nanoTime;
        this.backoff = backoff;
        this.mayConnect = mayConnect;
        this.until = nanoTime.getAsLong();
    }

    /**
     * Does all that is due.
     *
     * @return nanoseconds until the next turn, unless the tasks wakes its owner before
     */
    long turn() {
        for (var task : tasks.takeAll()) {
            task.run();
        }
        return switch (phase) {
            case PAUSING -> pausing();
            case CONNECTING -> connecting();
            case CONNECTED -> flowing();
            case ENDED -> Long.MAX_VALUE;
        };
    }

    /** Sends states and answers, where nothing is in their way. Any thread, which may not wait; what goes wrong is left to a turn. */
    void sendNow() {
        var current = connection;
        if (phase != Phase.CONNECTED || ending || current == null) {
            return;
        }
        try {
            flow.pumpNow(current, (topic, why) -> tasks.post(() -> observer.refused(topic, why)));
        } catch (TransportException unusable) {
            tasks.post(() -> {
                if (current == connection) {
                    lost(String.valueOf(unusable.getMessage()));
                }
            });
        }
    }

    /** Other subscriptions from now on; the connection is asked for those filters that are new. */
    void subscribe(List<Subscription> others) {
        var before = subscriptions.stream().map(Subscription::filter).collect(Collectors.toSet());
        subscriptions = List.copyOf(others);
        if (phase != Phase.CONNECTED || connection == null) {
            return;
        }
        try {
            flow.opening()
                    .subscribe(
                            connection,
                            others.stream()
                                    .filter(each -> !before.contains(each.filter()))
                                    .toList());
        } catch (TransportException unusable) {
            lost(String.valueOf(unusable.getMessage()));
        }
    }

    boolean isEnded() {
        return phase == Phase.ENDED;
    }

    /** Sends what waits and says goodbye, as far as that is done within {@code atMost}; then it is ended. */
    void end(Duration atMost) {
        ending = true;
        flow.leave();
        endUntil = nanoTime.getAsLong() + atMost.toNanos();
        drainUntil = endUntil - Math.min(GOODBYE, atMost.toNanos() / 2);
    }

    /** The connection, or the attempt at one, is of no use any more. */
    void lost(String why) {
        lost(why, OutgoingFlow.End.LOST);
    }

    private void lost(String why, OutgoingFlow.End end) {
        if (phase == Phase.ENDED) {
            return;
        }
        var wasConnected = phase == Phase.CONNECTED;
        var lostBroker = settings.brokers().get(broker);
        drop(end);
        phase = Phase.PAUSING;
        until = nanoTime.getAsLong();
        if (wasConnected && until - connectedAt >= SETTLED) {
            backoff.reset();
        }
        broker = (broker + 1) % settings.brokers().size();
        if (broker == 0) {
            until += backoff.next();
        }
        observer.lost(lostBroker, wasConnected, why);
    }

    private void drop(OutgoingFlow.End end) {
        if (connection != null) {
            var gone = connection;
            connection = null;
            gone.close();
        }
        flow.abandon(end, observer::refused);
    }

    private long pausing() {
        if (ending) {
            return finish();
        }
        var left = until - nanoTime.getAsLong();
        if (left > 0) {
            return left;
        }
        if (!mayConnect.getAsBoolean()) {
            return Long.MAX_VALUE;
        }
        var next = settings.brokers().get(broker);
        observer.connecting(next);
        phase = Phase.CONNECTING;
        until = nanoTime.getAsLong() + settings.attempt().toNanos();
        var inflow = new Inflow();
        connection = transport.open(next, settings, settings.presence().map(Presence::will), inflow);
        inflow.source = connection;
        return settings.attempt().toNanos();
    }

    private long connecting() {
        if (ending) {
            return finish();
        }
        var left = until - nanoTime.getAsLong();
        if (left > 0) {
            return left;
        }
        lost("no answer within " + TimeText.of(settings.attempt()));
        return 0;
    }

    private void connected(Transport.Connection source) {
        if (phase != Phase.CONNECTING) {
            return;
        }
        phase = Phase.CONNECTED;
        connectedAt = nanoTime.getAsLong();
        try {
            flow.begin(source, subscriptions);
        } catch (TransportException unusable) {
            lost(String.valueOf(unusable.getMessage()));
            return;
        }
        // last: who is told may want to send something at once
        observer.connected(settings.brokers().get(broker));
    }

    private long flowing() {
        var current = Objects.requireNonNull(connection);
        try {
            if (!saidGoodbye) {
                flow.pump(current, observer::refused);
            }
            if (flow.untilStalled() <= 0) {
                lost("nothing was acknowledged for " + TimeText.of(flow.silence()), OutgoingFlow.End.STALLED);
                return 0;
            }
            // those that come soon are looked for; one that comes late wakes
            var gathers = !ending && flow.hasMoved();
            tasks.wakeAfter(gathers ? flow.enough() : 1);
            if (ending) {
                return leaving(current);
            }
            var look = gathers ? GATHERING : Long.MAX_VALUE;
            return Math.min(look, Math.min(flow.untilStalled(), flow.untilDue()));
        } catch (TransportException unusable) {
            lost(String.valueOf(unusable.getMessage()));
            return 0;
        }
    }

    private long leaving(Transport.Connection current) throws TransportException {
        var now = nanoTime.getAsLong();
        if (!saidGoodbye && (flow.isIdle() || now - drainUntil >= 0)) {
            saidGoodbye = true;
            flow.opening().say(current, Presence::leaving);
        }
        if (saidGoodbye && (flow.isStatusAcknowledged() || now - endUntil >= 0)) {
            connection = null;
            current.disconnect(Duration.ofNanos(Math.max(0, endUntil - now)));
            return finish();
        }
        return (saidGoodbye ? endUntil : drainUntil) - now;
    }

    private long finish() {
        drop(OutgoingFlow.End.OVER);
        phase = Phase.ENDED;
        return Long.MAX_VALUE;
    }

    /** Brings what a connection tells to the session's thread, unless the session has left that connection by then. */
    private final class Inflow implements Transport.Events {
        private Transport.@Nullable Connection source;

        private void post(Runnable task) {
            tasks.post(ours(task));
        }

        private Runnable ours(Runnable task) {
            return () -> {
                if (source != null && source == connection) {
                    task.run();
                }
            };
        }

        @Override
        public void connected() {
            post(() -> Session.this.connected(Objects.requireNonNull(source)));
        }

        @Override
        public void lost(String why) {
            post(() -> Session.this.lost(why));
        }

        @Override
        public void done(long tag) {
            tasks.postLazily(ours(() -> flow.done(tag)));
        }

        @Override
        public void refused(long tag) {
            post(() -> observer.refused(flow.refused(tag), "the broker refuses the subscription"));
        }

        @Override
        public void arrived(String topic, byte[] payload, boolean retained) {
            observer.arrived(topic, payload, retained);
        }
    }
}
