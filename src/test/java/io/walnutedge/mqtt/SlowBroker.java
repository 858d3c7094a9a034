package io.walnutedge.mqtt;

import io.walnutedge.config.BrokerAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A stand-in for brokers that are slow, on virtual time. It takes connections at once, and works off what came over those
 * that are closed meanwhile, as a broker does that has read it already.
 */
final class SlowBroker {
    private static final Duration NETWORK = Duration.ofMillis(1);

    /** When a packet that came now is acknowledged, by the clock; what came first on a connection is acknowledged first. */
    interface Manner {
        long acknowledgedAt(long now, boolean isSubscribe);
    }

    private final VirtualTime time;
    private Manner manner;
    /** Larger messages vanish, and all that is sent behind them; in bytes of what is in flight together. */
    int hole = Integer.MAX_VALUE;
    /** A message that is larger ends the connection. */
    int limit = Integer.MAX_VALUE;
    /** And one on this topic. */
    String refusedTopic = "";

    long useful;
    long wasted;
    private final List<Link> links = new ArrayList<>();

    SlowBroker(VirtualTime time, Manner manner) {
        this.time = time;
        this.manner = manner;
    }

    static Manner late(Duration delay) {
        return (now, subscribe) -> now + delay.toNanos();
    }

    static Manner lateSuback(Duration delay) {
        return (now, subscribe) -> subscribe ? now + delay.toNanos() : now;
    }

    static Manner inBursts(Duration every) {
        return (now, subscribe) -> (now / every.toNanos() + 1) * every.toNanos();
    }

    /** One packet after another, whosoever sent it. */
    static Manner rationed(double perSecond) {
        var free = new long[1];
        return (now, subscribe) -> free[0] = Math.max(free[0], now) + (long) (1e9 / perSecond);
    }

    /** From now on it is fast, and what waits is acknowledged. */
    void recover() {
        manner = (now, subscribe) -> now;
        links.forEach(Link::acknowledgeAll);
    }

    /** Every connection is reset. */
    void reset() {
        List.copyOf(links).forEach(link -> link.tell(() -> link.events.lost("reset")));
        links.removeIf(link -> link.closed);
    }

    /** The network of one board: its transport, and what came over it. */
    final class Port implements Transport {
        final List<String> arrived = new ArrayList<>();
        final Map<String, Integer> times = new HashMap<>();
        final List<BrokerAddress> opened = new ArrayList<>();
        /** Virtual seconds at which the broker acknowledged something that is new to it, over an open connection. */
        final List<Double> progress = new ArrayList<>();

        private final Set<String> acknowledged = new HashSet<>();
        private final Runnable wake;

        Port(Runnable wake) {
            this.wake = wake;
        }

        @Override
        public Connection open(BrokerAddress broker, LinkSettings settings, Optional<Publication> will, Events events) {
            opened.add(broker);
            var link = new Link(this, events);
            links.add(link);
            time.after(NETWORK, () -> link.tell(events::connected));
            return link;
        }

        /** Readings that came again. */
        long copies() {
            return times.entrySet().stream()
                    .filter(entry -> entry.getKey().startsWith("t/cpu="))
                    .mapToLong(entry -> entry.getValue() - 1L)
                    .sum();
        }
    }

    private final class Link implements Transport.Connection {
        private final Port port;
        private final Transport.Events events;
        private final Map<Long, String> unacknowledged = new HashMap<>();
        private long free;
        private int bytes;
        private boolean deaf;
        private boolean closed;

        Link(Port port, Transport.Events events) {
            this.port = port;
            this.events = events;
        }

        void tell(Runnable news) {
            if (!closed) {
                news.run();
                port.wake.run();
            }
        }

        @Override
        public void publish(Publication publication, long tag, boolean more) {
            var size = Suspects.bytes(publication);
            bytes += size;
            deaf |= bytes > hole;
            if (deaf) {
                return;
            }
            if (size > limit || publication.topic().equals(refusedTopic)) {
                time.after(NETWORK, () -> tell(() -> events.lost("closed by the broker")));
                deaf = true;
                return;
            }
            var text = publication.topic() + "="
                    + new String(publication.payload(), java.nio.charset.StandardCharsets.UTF_8);
            port.arrived.add(text);
            port.times.merge(text, 1, Integer::sum);
            take(tag, text, size, false);
        }

        @Override
        public void subscribe(String filter, int qos, long tag) {
            if (!deaf) {
                port.arrived.add("subscribe " + filter);
                take(tag, "", 0, true);
            }
        }

        private void take(long tag, String text, int size, boolean isSubscribe) {
            unacknowledged.put(tag, text);
            free = Math.max(free, manner.acknowledgedAt(time.now(), isSubscribe));
            time.at(free + NETWORK.toNanos(), () -> acknowledge(tag, size));
        }

        private void acknowledge(long tag, int size) {
            var text = unacknowledged.remove(tag);
            if (text == null) {
                return;
            }
            bytes -= size;
            if (closed) {
                wasted++;
                return;
            }
            useful++;
            if (port.acknowledged.add(text)) {
                port.progress.add(time.seconds());
            }
            tell(() -> events.done(tag));
        }

        void acknowledgeAll() {
            free = 0;
            if (!closed) {
                List.copyOf(unacknowledged.keySet()).stream().sorted().forEach(tag -> acknowledge(tag, 0));
            }
        }

        @Override
        public long keepAlive() {
            return Long.MAX_VALUE;
        }

        @Override
        public void disconnect(Duration atMost) {
            closed = true;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
