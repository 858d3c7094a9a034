package io.walnutedge.mqtt;

import io.walnutedge.mqtt.InFlight.Entry;
import io.walnutedge.mqtt.InFlight.Kind;
import io.walnutedge.outbox.Outbox;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What goes over one connection after another, in which order, and how much of it at a time. The thread {@code link}
 * only.
 *
 * <p>States and answers go before readings and have their own share of what may be in flight: an echo never queues behind
 * a backlog.
 */
final class Traffic {
    /** Sent and acknowledged by nobody for this long, a connection is replaced. */
    static final long STALL = Duration.ofSeconds(30).toNanos();
    /** States, and answers, in flight at a time; far below the 65,535 packet identifiers of MQTT 3.1.1, 2.3.1. */
    static final int SHARE = 64;

    /** What is sent next; its tag counts as in flight. */
    private record Ready(Publication publication, long tag) {}

    private final LinkSettings settings;
    private final Outbox outbox;
    private final ReadingPublisher readings;
    private final LastValues states;
    private final Answers answers;
    private final LongSupplier nanoTime;
    private final InFlight inFlight = new InFlight();
    private final Pace pace;
    private boolean drained = true;
    private boolean leaving;
    private boolean backlogWaits;
    private boolean arriving;
    private long seen;

    Traffic(
            LinkSettings settings,
            Outbox outbox,
            ReadingPublisher readings,
            LastValues states,
            Answers answers,
            LongSupplier nanoTime) {
        this.settings = settings;
        this.outbox = outbox;
        this.readings = readings;
        this.states = states;
        this.answers = answers;
        this.nanoTime = nanoTime;
        this.pace = new Pace(settings.replayRate(), nanoTime);
    }

    /** What every connection begins with; the broker handles it in this order. */
    void begin(Transport.Connection connection, List<Subscription> subscriptions) throws TransportException {
        // first: the broker sends what it kept as soon as it is asked, and that wants its answer too
        answers.open();
        subscribe(connection, subscriptions);
        arrive(connection);
        states.renew();
    }

    private void arrive(Transport.Connection connection) throws TransportException {
        arriving = settings.presence().filter(Presence::arrives).isPresent();
        say(connection, arriving ? Presence::arriving : Presence::present);
    }

    /** The connection is of use now that every state was sent. */
    private void present(Transport.Connection connection) throws TransportException {
        if (arriving && states.isEmpty()) {
            arriving = false;
            say(connection, Presence::present);
        }
    }

    void subscribe(Transport.Connection connection, List<Subscription> subscriptions) throws TransportException {
        for (var subscription : subscriptions) {
            var tag = note(new Entry(Kind.SUBSCRIPTION, subscription.filter(), null));
            connection.subscribe(subscription.filter(), subscription.qos(), tag);
        }
    }

    /** Publishes a word of the presence, where there is one. */
    void say(Transport.Connection connection, Function<Presence, String> word) throws TransportException {
        if (settings.presence().isPresent()) {
            var presence = settings.presence().get();
            var publication = presence.says(word.apply(presence));
            connection.publish(publication, note(new Entry(Kind.STATUS, publication.topic(), null)), false);
        }
    }

    /**
     * Sends all that may be sent now.
     *
     * @param refused hears of a topic whose message can never be sent, and why
     */
    void pump(Transport.Connection connection, BiConsumer<String, String> refused) throws TransportException {
        if (states.release()) {
            arrive(connection);
        }
        pump(connection, () -> next(Kind.STATE), refused);
        present(connection);
        pump(connection, () -> next(Kind.ANSWER), refused);
        drained = false;
        pump(connection, this::nextReading, refused);
        backlogWaits = !leaving;
        pump(connection, this::nextOfBacklog, refused);
    }

    /** Sends what there is of one kind, and lets the connection know of each whether it is the last. */
    private void pump(
            Transport.Connection connection, Supplier<@Nullable Ready> source, BiConsumer<String, String> refused)
            throws TransportException {
        for (var next = source.get(); next != null; ) {
            var behind = source.get();
            send(connection, next, behind != null, refused);
            next = behind;
        }
    }

    private boolean hasRoom() {
        return inFlight.count(Kind.READING) + inFlight.count(Kind.BACKLOG) < settings.window();
    }

    /** The rest of the window is for what is new. */
    private int backlogShare() {
        return Math.max(1, settings.window() * 3 / 4);
    }

    private @Nullable Ready nextReading() {
        Ready ready = null;
        while (ready == null && !drained && hasRoom()) {
            var item = outbox.take();
            drained = item == null;
            ready = ready(item, Kind.READING);
        }
        return ready;
    }

    private @Nullable Ready nextOfBacklog() {
        Ready ready = null;
        while (ready == null && backlogMay() && pace.untilNext() == 0) {
            var item = outbox.takeBacklog();
            backlogWaits = item != null;
            ready = ready(item, Kind.BACKLOG);
            if (backlogWaits) {
                pace.spend();
            }
        }
        return ready;
    }

    private boolean backlogMay() {
        return backlogWaits && hasRoom() && inFlight.count(Kind.BACKLOG) < backlogShare();
    }

    /** Null for an item that there is not, or that is not to be published any more, which is removed. */
    private @Nullable Ready ready(Outbox.@Nullable Item item, Kind kind) {
        if (item == null) {
            return null;
        }
        var publication = readings.publication(item);
        if (publication.isEmpty()) {
            outbox.remove(item);
            return null;
        }
        return ready(publication.get(), kind, item);
    }

    private Ready ready(Publication publication, Kind kind, Outbox.@Nullable Item item) {
        return new Ready(publication, note(new Entry(kind, publication.topic(), item)));
    }

    /** From now on only what is new is sent: the backlog waits for another time. */
    void leave() {
        leaving = true;
    }

    /** Nanoseconds until the pace allows more of the backlog; the maximum if that is not what it waits for. */
    long untilBacklog() {
        return backlogMay() ? pace.untilNext() : Long.MAX_VALUE;
    }

    private @Nullable Ready next(Kind kind) {
        if (inFlight.count(kind) >= SHARE) {
            return null;
        }
        var publication = kind == Kind.STATE ? states.next() : answers.next();
        return publication == null ? null : ready(publication, kind, null);
    }

    private void send(Transport.Connection connection, Ready ready, boolean more, BiConsumer<String, String> refused)
            throws TransportException {
        try {
            connection.publish(ready.publication(), ready.tag(), more);
        } catch (IllegalArgumentException never) {
            refused.accept(ready.publication().topic(), String.valueOf(never.getMessage()));
            done(ready.tag());
        }
    }

    private long note(Entry entry) {
        return inFlight.add(entry, nanoTime.getAsLong());
    }

    /** The broker has it. */
    void done(long tag) {
        var entry = inFlight.remove(tag, nanoTime.getAsLong());
        if (entry != null && entry.item() != null) {
            outbox.remove(entry.item());
        }
    }

    /** The filter that the broker refused. */
    String refused(long tag) {
        var entry = inFlight.remove(tag, nanoTime.getAsLong());
        return entry == null ? "" : entry.topic();
    }

    /** The connection is gone: readings wait again, answers are too late. */
    void abandon() {
        outbox.giveBack();
        answers.shut(inFlight.count(Kind.ANSWER));
        inFlight.clear();
    }

    /** Nanoseconds until the connection counts as stalled; 0 or less if it does, the maximum if nothing is in flight. */
    long untilStalled() {
        return inFlight.isEmpty() ? Long.MAX_VALUE : inFlight.progressAt() + STALL - nanoTime.getAsLong();
    }

    /** True where something was sent or acknowledged since the last call, and more acknowledgements are to come. */
    boolean hasMoved() {
        var before = seen;
        seen = inFlight.moves();
        return seen != before && !inFlight.isEmpty();
    }

    /** How many acknowledgements let something be sent that waits: half of what is in flight, for what is full. */
    int enough() {
        var isFull = !hasRoom()
                || inFlight.count(Kind.BACKLOG) >= backlogShare()
                || inFlight.count(Kind.STATE) >= SHARE
                || inFlight.count(Kind.ANSWER) >= SHARE;
        return isFull ? Math.max(1, inFlight.size() / 2) : Integer.MAX_VALUE;
    }

    /** True where the last {@link #pump} left nothing waiting and everything is acknowledged. */
    boolean isIdle() {
        return drained && inFlight.isEmpty();
    }

    boolean isStatusAcknowledged() {
        return inFlight.count(Kind.STATUS) == 0;
    }
}
