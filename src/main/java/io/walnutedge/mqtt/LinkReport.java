package io.walnutedge.mqtt;

import io.walnutedge.config.BrokerAddress;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what happens to the session into the log, the status and calls of listeners. The thread {@code link}, but for the
 * status and the listeners, which are for any thread.
 */
final class LinkReport implements Session.Observer {
    private static final Logger log = LoggerFactory.getLogger(LinkReport.class);
    private static final int MOST_SAID = 16;

    /** What was said of this outage: each reason once. */
    private final Set<String> said = new HashSet<>();

    private final String name;
    private final InstantSource wall;
    private final Subscriptions subscriptions;
    private final List<Consumer<LinkStatus>> listeners = new CopyOnWriteArrayList<>();
    private final List<BiConsumer<String, String>> refusals = new CopyOnWriteArrayList<>();
    private volatile LinkStatus status;
    private long connections;

    LinkReport(String name, BrokerAddress first, InstantSource wall, Subscriptions subscriptions) {
        this.name = name;
        this.wall = wall;
        this.subscriptions = subscriptions;
        this.status = new LinkStatus(false, first.toString(), wall.instant(), 0, "");
    }

    LinkStatus status() {
        return status;
    }

    void onChange(Consumer<LinkStatus> listener) {
        listeners.add(listener);
    }

    void onRefusal(BiConsumer<String, String> listener) {
        refusals.add(listener);
    }

    @Override
    public void connecting(BrokerAddress broker) {
        log.debug("connecting to {}", broker);
    }

    @Override
    public void connected(BrokerAddress broker) {
        said.clear();
        connections++;
        log.info("{}connected to {}", whose(), broker);
        change(new LinkStatus(true, broker.toString(), wall.instant(), connections, status.lastError()));
    }

    @Override
    public void lost(BrokerAddress broker, boolean wasConnected, String why) {
        var what = whose() + (wasConnected ? "lost " : "cannot connect to ") + broker;
        if (said.size() < MOST_SAID && said.add(what + ": " + why)) {
            log.warn("{}: {}", what, why);
        } else {
            log.debug("{}: {}", what, why);
        }
        var since = wasConnected ? wall.instant() : status.since();
        change(new LinkStatus(false, broker.toString(), since, connections, why));
    }

    private String whose() {
        return name.equals(LinkOptions.MAIN) ? "" : name + ": ";
    }

    private void change(LinkStatus next) {
        var changed = !next.equals(status);
        status = next;
        if (changed) {
            listeners.forEach(listener -> listener.accept(next));
        }
    }

    @Override
    public void refused(String topic, String why) {
        log.warn("{}: {}", topic, why);
        refusals.forEach(listener -> listener.accept(topic, why));
    }

    @Override
    public void arrived(String topic, byte[] payload, boolean retained) {
        subscriptions.arrived(topic, payload, retained);
    }
}
