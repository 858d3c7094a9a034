package io.walnutedge.mqtt;

import io.walnutedge.mqtt.InFlight.Entry;
import io.walnutedge.mqtt.InFlight.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Subscriptions and presence of one connection after another. The thread {@code link} only.
 *
 * <p>SUBSCRIBE follows when all that the connection began with was acknowledged, because a broker may work on it for long and
 * does nothing else meanwhile. What says that the board is there is sent behind SUBSCRIBE: a broker works in this order, and
 * who acts on that word is heard.
 */
final class Opening {
    /** SUBSCRIBE waits so long for the rest of what came before, once some of it was acknowledged. */
    static final long ASK = Duration.ofSeconds(10).toNanos();

    private final Optional<Presence> presence;
    private final RetainedStates states;
    private final InFlight inFlight;
    private final Admission admission;
    private final LongSupplier nanoTime;
    private List<Subscription> wanted = List.of();
    private boolean subscribed;
    /** The last of what the connection began with; none before the first {@link #subscribeInTime}. */
    private long lastOfFirst = Long.MAX_VALUE;
    /** When SUBSCRIBE waits no more; the maximum before the first acknowledgement. */
    private long askAt = Long.MAX_VALUE;

    private boolean arriving;

    Opening(
            Optional<Presence> presence,
            RetainedStates states,
            InFlight inFlight,
            Admission admission,
            LongSupplier nanoTime) {
        this.presence = presence;
        this.states = states;
        this.inFlight = inFlight;
        this.admission = admission;
        this.nanoTime = nanoTime;
    }

    /** A connection begins. */
    void begin(Transport.Connection connection, List<Subscription> subscriptions) throws TransportException {
        wanted = subscriptions;
        subscribed = false;
        lastOfFirst = Long.MAX_VALUE;
        askAt = Long.MAX_VALUE;
        arrive(connection);
    }

    void arrive(Transport.Connection connection) throws TransportException {
        arriving = presence.filter(Presence::arrives).isPresent();
        if (arriving) {
            say(connection, Presence::arriving);
        }
    }

    /** The connection is of use now that every state was sent. */
    void present(Transport.Connection connection) throws TransportException {
        if (arriving && subscribed && !inFlight.isReserved() && !states.waits(each -> !admission.isSetAside(each))) {
            arriving = false;
            say(connection, Presence::present);
        }
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

    /** @param leaving whether nothing is asked for any more */
    void subscribeInTime(Transport.Connection connection, boolean leaving) throws TransportException {
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

    boolean isSubscribed() {
        return subscribed;
    }

    /** Nanoseconds until SUBSCRIBE waits no more; the maximum where nothing was acknowledged yet. */
    long untilAsk() {
        return subscribed || askAt == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(0, askAt - nanoTime.getAsLong());
    }

    /** The broker has taken something. */
    void acknowledged(long now) {
        if (askAt == Long.MAX_VALUE) {
            askAt = now + ASK;
        }
    }

    /** How many acknowledgements let SUBSCRIBE be sent; the maximum where it was. */
    int enough() {
        return subscribed ? Integer.MAX_VALUE : Math.max(1, inFlight.upTo(lastOfFirst));
    }

    /** Publishes a word of the presence, where there is one. */
    void say(Transport.Connection connection, Function<Presence, String> word) throws TransportException {
        if (presence.isPresent()) {
            var ready = admission.admit(presence.get().says(word.apply(presence.get())), Kind.STATUS);
            connection.publish(ready.publication(), ready.tag(), false);
        }
    }
}
