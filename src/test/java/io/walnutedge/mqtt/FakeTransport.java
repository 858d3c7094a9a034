package io.walnutedge.mqtt;

import io.walnutedge.config.BrokerAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A broker that does only what a test says. */
final class FakeTransport implements Transport {
    final List<FakeConnection> connections = new ArrayList<>();

    @Override
    public Connection open(BrokerAddress broker, LinkSettings settings, Optional<Publication> will, Events events) {
        var connection = new FakeConnection(broker, will, events);
        connections.add(connection);
        return connection;
    }

    FakeConnection last() {
        return connections.get(connections.size() - 1);
    }

    /** A message or a subscription that was handed over. */
    record Sent(String text, int qos, boolean retain, long tag) {}

    static final class FakeConnection implements Connection {
        final BrokerAddress broker;
        final Optional<Publication> will;
        final Events events;
        final List<Sent> sent = new ArrayList<>();
        boolean closed;
        boolean disconnected;
        String refusedTopic = "";
        boolean broken;
        /** What was said of the last message: whether another one follows at once. */
        boolean follows;

        Runnable onSubscribe = () -> {};

        FakeConnection(BrokerAddress broker, Optional<Publication> will, Events events) {
            this.broker = broker;
            this.will = will;
            this.events = events;
        }

        @Override
        public void publish(Publication publication, long tag, boolean more) throws TransportException {
            if (broken) {
                throw new TransportException("broken by the test");
            }
            follows = more;
            if (publication.topic().equals(refusedTopic)) {
                throw new IllegalArgumentException("refused by the test");
            }
            var text = publication.topic() + "="
                    + new String(publication.payload(), java.nio.charset.StandardCharsets.UTF_8);
            sent.add(new Sent(text, publication.qos(), publication.retain(), tag));
        }

        @Override
        public void subscribe(String filter, int qos, long tag) {
            onSubscribe.run();
            sent.add(new Sent("subscribe " + filter, qos, false, tag));
        }

        List<String> texts() {
            return sent.stream().map(Sent::text).toList();
        }

        List<String> texts(String topic) {
            return texts().stream().filter(text -> text.startsWith(topic + "=")).toList();
        }

        /** Acknowledges what was sent from this index on, and forgets nothing. */
        void acknowledge(int from, int to) {
            for (var message : List.copyOf(sent).subList(from, to)) {
                events.done(message.tag());
            }
        }

        @Override
        public long keepAlive() {
            return Long.MAX_VALUE;
        }

        @Override
        public void disconnect(Duration atMost) {
            disconnected = true;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
