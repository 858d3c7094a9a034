package io.walnutedge.mqtt;

import io.walnutedge.mqtt.Admission.Ready;
import io.walnutedge.mqtt.InFlight.Entry;
import io.walnutedge.mqtt.InFlight.Kind;
import io.walnutedge.text.TimeText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What goes over one connection after another, in which order, and how much of it at a time. The thread {@code link}
 * only, but for {@link #pumpNow}; one thread at a time.
 *
 * <p>States and answers go before what the source has, and have their own share of what may be in flight: an echo never
 * queues behind a backlog. A connection begins with them and with live messages; {@link Opening} says when it subscribes. What
 * {@link Suspects} wants alone goes last; while it waits for what is in flight, nothing else is sent, and after it all others
 * have a turn: neither starves, however fast messages come.
 */
public final class OutgoingFlow {
    /** States, and answers, in flight at a time; far below the 65,535 packet identifiers of MQTT 3.1.1, 2.3.1. */
    public static final int SHARE = 64;

    /** Nanoseconds that a byte of a message which goes alone may take: 4 kbit/s. */
    private static final long SLOWEST = Duration.ofMillis(2).toNanos();

    /** Why a connection ended. */
    enum End {
        /** Nothing was acknowledged until the deadline. */
        STALLED,
        LOST,
        /** By the link itself. */
        OVER
    }

    private final RetainedStates states;
    private final Answers answers;
    private final LongSupplier nanoTime;
    private final InFlight inFlight = new InFlight();
    private final StallDeadline deadline;
    private final SlowStart slowStart;
    private final Suspects suspects;
    private final Admission admission;
    private final Opening opening;
    private final SourceFlow fromSource;
    /** Whether this connection, or the one before, has taken anything that had not to be alone. */
    private boolean taken;

    private boolean takenBefore;
    /** Whether the others had no turn since the last message that went alone. */
    private boolean owed;

    private boolean begun;
    private long begunAt;
    private boolean leaving;
    private long seen;

    OutgoingFlow(
            LinkSettings settings,
            Optional<MessageSource> source,
            RetainedStates states,
            Answers answers,
            Suspects suspects,
            LongSupplier nanoTime,
            RandomGenerator random) {
        this.states = states;
        this.answers = answers;
        this.suspects = suspects;
        this.nanoTime = nanoTime;
        var now = nanoTime.getAsLong();
        this.deadline = new StallDeadline(random, now);
        this.slowStart = new SlowStart(Math.max(SHARE, settings.window()), now);
        this.admission = new Admission(inFlight, suspects, slowStart, nanoTime);
        this.opening = new Opening(settings.presence(), states, inFlight, admission, nanoTime);
        this.fromSource = new SourceFlow(source, settings, inFlight, slowStart, admission, nanoTime);
    }

    /** A connection begins; {@link #pump} sends what it begins with, and asks for the subscriptions in its time. */
    void begin(Transport.Connection connection, List<Subscription> subscriptions) throws TransportException {
        // before anything is subscribed: the broker sends what it kept as soon as it is asked, and that wants its
        // answer too
        answers.open();
        takenBefore = taken;
        taken = false;
        owed = true;
        begun = true;
        begunAt = nanoTime.getAsLong();
        suspects.begin(begunAt);
        opening.begin(connection, subscriptions);
        states.renew();
    }

    Opening opening() {
        return opening;
    }

    /**
     * Sends all that may be sent now.
     *
     * @param refused hears of a topic whose message can never be sent, and why
     */
    void pump(Transport.Connection connection, BiConsumer<String, String> refused) throws TransportException {
        if (states.release()) {
            opening.arrive(connection);
        }
        fromSource.look();
        answers.drop(admission::isSetAside);
        if (!inFlight.isReserved()) {
            if (owed || !waitsForQuiet()) {
                pumpOthers(connection, refused);
            }
            opening.subscribeInTime(connection, leaving);
            if (!leaving) {
                opening.present(connection);
            }
            pumpAlone(connection, refused);
        }
    }

    /** Sends states and answers, unless something has to go before them or alone. */
    void pumpNow(Transport.Connection connection, BiConsumer<String, String> refused) throws TransportException {
        if (opening.isSubscribed() && !inFlight.isReserved() && !waitsForQuiet()) {
            pumpStates(connection, refused);
        }
    }

    private void pumpStates(Transport.Connection connection, BiConsumer<String, String> refused)
            throws TransportException {
        pump(connection, () -> next(Kind.STATE), refused);
        pump(connection, () -> next(Kind.ANSWER), refused);
    }

    /** Sends what may be in flight together. */
    private void pumpOthers(Transport.Connection connection, BiConsumer<String, String> refused)
            throws TransportException {
        owed = false;
        pumpStates(connection, refused);
        var held = fromSource.release();
        if (held != null) {
            send(connection, held, false, refused);
        }
        pump(connection, fromSource::nextLive, refused);
        if (!leaving) {
            fromSource.lookAtBacklog();
        }
        pump(connection, fromSource::nextOfBacklog, refused);
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
        return opening.isSubscribed()
                && inFlight.count(Kind.SUBSCRIPTION) == 0
                && (fromSource.waitsAlone() || answers.waits(admission::isAlone) || states.waits(admission::isAlone));
    }

    private void pumpAlone(Transport.Connection connection, BiConsumer<String, String> refused)
            throws TransportException {
        var alone = inFlight.isEmpty() && waitsForQuiet() ? nextAlone() : null;
        if (alone != null) {
            owed = true;
            send(connection, alone, false, refused);
        }
    }

    /** The source's first: its messages are what the board is for. */
    private @Nullable Ready nextAlone() {
        var ofSource = fromSource.releaseAlone();
        if (ofSource != null) {
            return ofSource;
        }
        var answer = answers.next(admission::isAlone);
        if (answer != null) {
            return admission.admit(answer, Kind.ANSWER, null, true);
        }
        var state = states.next(admission::isAlone);
        return state == null ? null : admission.admit(state, Kind.STATE, null, true);
    }

    /** From now on only what is new is sent: the backlog waits for another time. */
    void leave() {
        leaving = true;
    }

    /** Nanoseconds until there is something to do without an acknowledgement; the maximum if there will be nothing. */
    long untilDue() {
        return Math.min(fromSource.untilDue(), Math.min(opening.untilAsk(), suspects.untilNext(nanoTime.getAsLong())));
    }

    private @Nullable Ready next(Kind kind) {
        var isState = kind == Kind.STATE;
        if (inFlight.count(kind) >= (isState ? slowStart.of(SHARE) : SHARE)) {
            return null;
        }
        Predicate<Publication> free = admission::isFree;
        var publication = isState ? states.next(free) : answers.next(free);
        return publication == null ? null : admission.admit(publication, kind);
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
        opening.acknowledged(now);
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
        fromSource.giveBack();
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
        return Math.min(opening.enough(), enoughForRoom());
    }

    private int enoughForRoom() {
        var isFull = fromSource.isFull()
                || inFlight.count(Kind.STATE) >= slowStart.of(SHARE)
                || inFlight.count(Kind.ANSWER) >= SHARE;
        return isFull ? Math.max(1, inFlight.size() / 2) : Integer.MAX_VALUE;
    }

    /** True where the last {@link #pump} left nothing waiting and everything is acknowledged. */
    boolean isIdle() {
        return fromSource.isDrained() && inFlight.isEmpty();
    }

    boolean isStatusAcknowledged() {
        return inFlight.count(Kind.STATUS) == 0;
    }
}
