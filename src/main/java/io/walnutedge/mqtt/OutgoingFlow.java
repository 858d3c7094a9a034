package io.walnutedge.mqtt;

import io.walnutedge.mqtt.InFlight.Entry;
import io.walnutedge.mqtt.InFlight.Kind;
import io.walnutedge.mqtt.MessageSource.Message;
import io.walnutedge.mqtt.Suspects.Verdict;
import io.walnutedge.text.TimeText;
import io.walnutedge.timing.TokenBucket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What goes over one connection after another, in which order, and how much of it at a time. The thread {@code link}
 * only.
 *
 * <p>States and answers go before what the source has, and have their own share of what may be in flight: an echo never queues behind
 * a backlog. A connection begins with them and with live messages; SUBSCRIBE follows when all that was acknowledged, because a
 * broker may work on it for long and does nothing else meanwhile. What says that the board is there is sent behind
 * SUBSCRIBE: a broker works in this order, and who acts on that word is heard. What {@link Suspects} wants alone goes last;
 * while it waits for what is in flight, nothing else is sent, and after it all others have a turn: neither starves, however
 * fast messages come.
 */
public final class OutgoingFlow {
    /** States, and answers, in flight at a time; far below the 65,535 packet identifiers of MQTT 3.1.1, 2.3.1. */
    public static final int SHARE = 64;

    /** SUBSCRIBE waits so long for the rest of what came before, once some of it was acknowledged. */
    static final long ASK = Duration.ofSeconds(10).toNanos();
    /** Nanoseconds that a byte of a message which goes alone may take: 4 kbit/s. */
    private static final long SLOWEST = Duration.ofMillis(2).toNanos();

    /** The backlog comes a tenth of a second's worth at a time at most. */
    private static final double BURSTS_IN_A_SECOND = 10;

    /** Why a connection ended. */
    enum End {
        /** Nothing was acknowledged until the deadline. */
        STALLED,
        LOST,
        /** By the link itself. */
        OVER
    }

    /** What is sent next; its tag counts as in flight. */
    private record Ready(Publication publication, long tag) {}

    /** A message that was taken from the source and must wait. */
    private record Held(Publication publication, Kind kind, Message message) {}

    private final LinkSettings settings;
    private final @Nullable MessageSource source;
    private final RetainedStates states;
    private final Answers answers;
    private final LongSupplier nanoTime;
    private final InFlight inFlight = new InFlight();
    private final StallDeadline deadline;
    private final SlowStart slowStart;
    private final Suspects suspects;
    private final TokenBucket pace;
    private List<Subscription> wanted = List.of();
    private boolean subscribed;
    /** The last of what the connection began with; none before the first {@link #pump}. */
    private long lastOfFirst = Long.MAX_VALUE;
    /** When SUBSCRIBE waits no more; the maximum before the first acknowledgement. */
    private long askAt = Long.MAX_VALUE;
    /** Whether this connection, or the one before, has taken anything that had not to be alone. */
    private boolean taken;

    private boolean takenBefore;
    private @Nullable Held held;
    /** Whether the others had no turn since the last message that went alone. */
    private boolean owed;

    private boolean begun;
    private long begunAt;
    private boolean drained = true;
    private boolean leaving;
    private boolean backlogWaits;
    private boolean arriving;
    private long seen;

    OutgoingFlow(
            LinkSettings settings,
            Optional<MessageSource> source,
            RetainedStates states,
            Answers answers,
            Suspects suspects,
            LongSupplier nanoTime,
            RandomGenerator random) {
        this.settings = settings;
        this.source = source.orElse(null);
        this.states = states;
        this.answers = answers;
        this.suspects = suspects;
        this.nanoTime = nanoTime;
        var now = nanoTime.getAsLong();
        this.deadline = new StallDeadline(random, now);
        this.slowStart = new SlowStart(Math.max(SHARE, settings.window()), now);
        this.pace = new TokenBucket(
                settings.replayRate(), Math.max(1, settings.replayRate() / BURSTS_IN_A_SECOND), nanoTime);
    }

    /** A connection begins; {@link #pump} sends what it begins with, and asks for the subscriptions in its time. */
    void begin(Transport.Connection connection, List<Subscription> subscriptions) throws TransportException {
        // before anything is subscribed: the broker sends what it kept as soon as it is asked, and that wants its
        // answer too
        answers.open();
        wanted = subscriptions;
        subscribed = false;
        lastOfFirst = Long.MAX_VALUE;
        askAt = Long.MAX_VALUE;
        takenBefore = taken;
        taken = false;
        owed = true;
        begun = true;
        begunAt = nanoTime.getAsLong();
        suspects.begin(begunAt);
        arrive(connection);
        states.renew();
    }

    private void arrive(Transport.Connection connection) throws TransportException {
        arriving = settings.presence().filter(Presence::arrives).isPresent();
        if (arriving) {
            say(connection, Presence::arriving);
        }
    }

    /** The connection is of use now that every state was sent. */
    private void present(Transport.Connection connection) throws TransportException {
        if (arriving && subscribed && !leaving && !inFlight.isReserved() && !states.waits(this::isTried)) {
            arriving = false;
            say(connection, Presence::present);
        }
    }

    private boolean isTried(Publication publication) {
        return verdict(publication) != Verdict.SET_ASIDE;
    }

    /** Asks for these too. */
    void subscribe(Transport.Connection connection, List<Subscription> more) throws TransportException {
        if (subscribed) {
            ask(connection, more);
        } else {
            var all = new ArrayList<>(wanted);
            all.addAll(more);
            wanted = all;
        }
    }

    private void ask(Transport.Connection connection, List<Subscription> subscriptions) throws TransportException {
        for (var subscription : subscriptions) {
            var filter = subscription.filter();
            var tag = inFlight.add(
                    new Entry(Kind.SUBSCRIPTION, filter, filter.length(), 1, null, false, nanoTime.getAsLong()));
            connection.subscribe(filter, subscription.qos(), tag);
        }
    }

    private void subscribeInTime(Transport.Connection connection) throws TransportException {
        lastOfFirst = Math.min(lastOfFirst, inFlight.lastTag());
        if (subscribed || (inFlight.upTo(lastOfFirst) > 0 && untilAsk() > 0)) {
            return;
        }
        subscribed = true;
        if (!leaving) {
            ask(connection, wanted);
            if (!arriving) {
                say(connection, Presence::present);
            }
        }
    }

    private long untilAsk() {
        return subscribed || askAt == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(0, askAt - nanoTime.getAsLong());
    }

    /** Publishes a word of the presence, where there is one. */
    void say(Transport.Connection connection, Function<Presence, String> word) throws TransportException {
        if (settings.presence().isPresent()) {
            var presence = settings.presence().get();
            var publication = presence.says(word.apply(presence));
            connection.publish(publication, note(publication, Kind.STATUS, null, false), false);
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
        drained = false;
        backlogWaits = false;
        answers.drop(each -> verdict(each) == Verdict.SET_ASIDE);
        if (!inFlight.isReserved()) {
            if (owed || !waitsForQuiet()) {
                pumpOthers(connection, refused);
            }
            subscribeInTime(connection);
            present(connection);
            pumpAlone(connection, refused);
        }
    }

    /** Sends what may be in flight together. */
    private void pumpOthers(Transport.Connection connection, BiConsumer<String, String> refused)
            throws TransportException {
        owed = false;
        pump(connection, () -> next(Kind.STATE), refused);
        pump(connection, () -> next(Kind.ANSWER), refused);
        release(connection, refused);
        pump(connection, this::nextLive, refused);
        backlogWaits = !leaving && held == null;
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

    /** Whether what is in flight is to end first, for something that must go alone. */
    private boolean waitsForQuiet() {
        return subscribed
                && inFlight.count(Kind.SUBSCRIPTION) == 0
                && ((held != null && isAlone(held.publication()))
                        || answers.waits(this::isAlone)
                        || states.waits(this::isAlone));
    }

    private boolean isAlone(Publication publication) {
        return verdict(publication) == Verdict.ALONE;
    }

    private Verdict verdict(Publication publication) {
        return suspects.of(publication, nanoTime.getAsLong());
    }

    private boolean isFree(Publication publication) {
        return verdict(publication) == Verdict.FREE
                && slowStart.fits(inFlight.bytes(), Suspects.bytes(publication), nanoTime.getAsLong());
    }

    /** The source's first: its messages are what the board is for. */
    private void pumpAlone(Transport.Connection connection, BiConsumer<String, String> refused)
            throws TransportException {
        if (!inFlight.isEmpty() || !waitsForQuiet()) {
            return;
        }
        var waiting = held;
        if (waiting != null && isAlone(waiting.publication())) {
            held = null;
            sendAlone(connection, waiting.publication(), waiting.kind(), waiting.message(), refused);
            return;
        }
        var answer = answers.next(this::isAlone);
        if (answer != null) {
            sendAlone(connection, answer, Kind.ANSWER, null, refused);
            return;
        }
        var state = states.next(this::isAlone);
        if (state != null) {
            sendAlone(connection, state, Kind.STATE, null, refused);
        }
    }

    private void sendAlone(
            Transport.Connection connection,
            Publication publication,
            Kind kind,
            @Nullable Message message,
            BiConsumer<String, String> refused)
            throws TransportException {
        owed = true;
        send(connection, new Ready(publication, note(publication, kind, message, true)), false, refused);
    }

    private boolean hasRoom() {
        return held == null
                && inFlight.count(Kind.LIVE) + inFlight.count(Kind.BACKLOG) < slowStart.of(settings.window());
    }

    /** The rest of the window is for what is new. */
    private int backlogShare() {
        return Math.max(1, slowStart.of(settings.window()) * 3 / 4);
    }

    private @Nullable Ready nextLive() {
        Ready ready = null;
        while (ready == null && !drained && hasRoom()) {
            var message = source == null ? null : source.take();
            drained = message == null;
            ready = ready(message, Kind.LIVE);
        }
        return ready;
    }

    private @Nullable Ready nextOfBacklog() {
        Ready ready = null;
        while (ready == null && backlogMay() && pace.untilNext() == 0) {
            var message = source == null ? null : source.takeBacklog();
            backlogWaits = message != null;
            ready = ready(message, Kind.BACKLOG);
            if (backlogWaits) {
                pace.spend();
            }
        }
        return ready;
    }

    private boolean backlogMay() {
        return backlogWaits && hasRoom() && inFlight.count(Kind.BACKLOG) < backlogShare();
    }

    /** Null where there is no message, where nothing is published of it, and where it must wait: it is held then. */
    private @Nullable Ready ready(@Nullable Message message, Kind kind) {
        if (message == null) {
            return null;
        }
        var publication = message.publication();
        return publication == null ? null : ready(new Held(publication, kind, message));
    }

    private @Nullable Ready ready(Held next) {
        var publication = next.publication();
        if (verdict(publication) == Verdict.SET_ASIDE) {
            next.message().setAside();
            return null;
        }
        if (!isFree(publication)) {
            held = next;
            return null;
        }
        return new Ready(publication, note(publication, next.kind(), next.message(), false));
    }

    /** Sends the message that is held, if it may be sent now. */
    private void release(Transport.Connection connection, BiConsumer<String, String> refused)
            throws TransportException {
        if (held != null) {
            var waiting = held;
            held = null;
            var ready = ready(waiting);
            if (ready != null) {
                send(connection, ready, false, refused);
            }
        }
    }

    /** From now on only what is new is sent: the backlog waits for another time. */
    void leave() {
        leaving = true;
    }

    /** Nanoseconds until there is something to do without an acknowledgement; the maximum if there will be nothing. */
    long untilDue() {
        var backlog = backlogMay() ? pace.untilNext() : Long.MAX_VALUE;
        return Math.min(backlog, Math.min(untilAsk(), suspects.untilNext(nanoTime.getAsLong())));
    }

    private @Nullable Ready next(Kind kind) {
        var isState = kind == Kind.STATE;
        if (inFlight.count(kind) >= (isState ? slowStart.of(SHARE) : SHARE)) {
            return null;
        }
        Predicate<Publication> free = this::isFree;
        var publication = isState ? states.next(free) : answers.next(free);
        return publication == null ? null : new Ready(publication, note(publication, kind, null, false));
    }

    private void send(Transport.Connection connection, Ready ready, boolean more, BiConsumer<String, String> refused)
            throws TransportException {
        try {
            connection.publish(ready.publication(), ready.tag(), more);
        } catch (IllegalArgumentException never) {
            refused.accept(ready.publication().topic(), String.valueOf(never.getMessage()));
            end(inFlight.remove(ready.tag(), nanoTime.getAsLong()));
        }
    }

    private long note(Publication publication, Kind kind, @Nullable Message message, boolean alone) {
        return inFlight.add(new Entry(
                kind,
                publication.topic(),
                Suspects.bytes(publication),
                publication.qos(),
                message,
                alone,
                nanoTime.getAsLong()));
    }

    /** The broker has it. */
    void done(long tag) {
        var entry = acknowledged(tag);
        if (entry != null && entry.kind() == Kind.ANSWER) {
            answers.acknowledge();
        }
        end(entry);
    }

    /** The filter that the broker refused. */
    String refused(long tag) {
        var entry = acknowledged(tag);
        return entry == null ? "" : entry.topic();
    }

    private @Nullable Entry acknowledged(long tag) {
        var now = nanoTime.getAsLong();
        var entry = inFlight.remove(tag, now);
        // of QoS 0 nobody but this machine has said anything
        if (entry == null || entry.qos() == 0) {
            return entry;
        }
        deadline.acknowledged(now - entry.sentAt(), now);
        slowStart.acknowledged(entry.bytes());
        if (askAt == Long.MAX_VALUE) {
            askAt = now + ASK;
        }
        taken |= !entry.alone();
        if (entry.kind() != Kind.SUBSCRIPTION) {
            suspects.acknowledged(entry.topic(), entry.bytes());
        }
        return entry;
    }

    /** It is not to be sent again. */
    private void end(@Nullable Entry entry) {
        if (entry == null) {
            return;
        }
        if (entry.kind() == Kind.STATE) {
            states.acknowledged(entry.topic());
        }
        if (entry.message() != null) {
            entry.message().done();
        }
    }

    /**
     * The connection is gone: messages of the source wait again, answers are too late.
     *
     * @param refused hears of a topic whose messages are set aside, and why
     */
    void abandon(End end, BiConsumer<String, String> refused) {
        if (begun && end != End.OVER) {
            blame(end, refused);
        }
        begun = false;
        held = null;
        if (source != null) {
            source.giveBack();
        }
        answers.shut(inFlight.count(Kind.ANSWER));
        inFlight.clear();
    }

    private void blame(End end, BiConsumer<String, String> refused) {
        var now = nanoTime.getAsLong();
        var alone = inFlight.entries().stream().filter(Entry::alone).findFirst();
        var isGuilty = alone.filter(entry -> end == End.STALLED || now - entry.sentAt() < Suspects.SOON)
                .isPresent();
        if (isGuilty && (taken || takenBefore)) {
            slowStart.narrow(now);
            accuse(alone.get(), now, refused);
        } else if (end == End.STALLED) {
            deadline.cut(inFlight.count(Kind.SUBSCRIPTION) > 0, now);
            slowStart.cut(now);
            inFlight.entries().forEach(entry -> suspects.doubt(entry.bytes()));
        } else {
            suspects.acquit(now - begunAt);
            inFlight.entries().stream()
                    .filter(Entry::isMessage)
                    .map(Entry::topic)
                    .distinct()
                    .forEach(suspects::inFlight);
        }
    }

    private void accuse(Entry entry, long now, BiConsumer<String, String> refused) {
        if (suspects.strike(entry.topic(), entry.bytes(), now)) {
            refused.accept(
                    entry.topic(),
                    "its " + entry.bytes()
                            + " bytes are set aside, for connections ended while they alone were under way: the broker"
                            + " does not take them (its limit of size, its ACL), or large packets vanish on the way (a"
                            + " tunnel's MTU); tried again after "
                            + TimeText.of(Duration.ofNanos(Suspects.FIRST_PAUSE)) + ", then less often");
        }
    }

    /** Nanoseconds until the connection counts as stalled; 0 or less if it does, the maximum if nothing is in flight. */
    long untilStalled() {
        if (inFlight.isEmpty()) {
            return Long.MAX_VALUE;
        }
        var passage = inFlight.isReserved() ? Math.min(StallDeadline.FLOOR, inFlight.bytes() * SLOWEST) : 0;
        return inFlight.progressAt()
                + deadline.nanos(inFlight.count(Kind.SUBSCRIPTION) > 0)
                + passage
                - nanoTime.getAsLong();
    }

    /** For how long nothing was acknowledged, in whole seconds. */
    Duration silence() {
        return Duration.ofSeconds(
                Duration.ofNanos(nanoTime.getAsLong() - inFlight.progressAt()).toSeconds());
    }

    /** True where something was sent or acknowledged since the last call, and more acknowledgements are to come. */
    boolean hasMoved() {
        var before = seen;
        seen = inFlight.moves();
        return seen != before && !inFlight.isEmpty();
    }

    /**
     * How many acknowledgements let something be sent that waits: half of what is in flight, for what is full; all of it,
     * for what goes alone; all that the connection began with, for SUBSCRIBE.
     */
    int enough() {
        if (waitsForQuiet() || inFlight.isReserved()) {
            return Math.max(1, inFlight.size());
        }
        return Math.min(subscribed ? Integer.MAX_VALUE : Math.max(1, inFlight.upTo(lastOfFirst)), enoughForRoom());
    }

    private int enoughForRoom() {
        var isFull = !hasRoom()
                || inFlight.count(Kind.BACKLOG) >= backlogShare()
                || inFlight.count(Kind.STATE) >= slowStart.of(SHARE)
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
