package io.walnutedge.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.config.BrokerAddress;
import io.walnutedge.timing.Backoff;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A presence with a word for the time in which states are sent, on virtual time. */
class PresenceTest {
    private static final String INIT = "h/$state=init";
    private static final String READY = "h/$state=ready";

    private final FakeTransport transport = new FakeTransport();
    private final RetainedStates states = new RetainedStates();
    private final Session session = session();

    private Session session() {
        var settings = new LinkSettingsBuilder(BrokerAddress.of("tcp://broker:1883"))
                .unhurried()
                .build()
                .beside(any -> "board-h", new Presence("h/$state", "init", "ready", "disconnected", "lost"));
        var flow = new OutgoingFlow(
                settings, Optional.empty(), states, new Answers(), new Suspects(), () -> 0, new SplittableRandom(7));
        var backoff = new Backoff(settings.firstPause(), settings.lastPause(), new SplittableRandom(7));
        var subscriptions = List.of(new Subscription("h/lamp/set", 1, (topic, payload, retained) -> {}));
        return new Session(
                settings, transport, flow, subscriptions, new Silent(), new TaskQueue(), () -> 0, backoff, () -> true);
    }

    private static final class Silent implements Session.Observer {
        @Override
        public void connecting(BrokerAddress broker) {}

        @Override
        public void connected(BrokerAddress broker) {}

        @Override
        public void lost(BrokerAddress broker, boolean wasConnected, String why) {}

        @Override
        public void refused(String topic, String why) {}

        @Override
        public void arrived(String topic, byte[] payload, boolean retained) {}
    }

    private static Publication state(String topic, String payload) {
        return new Publication(topic, LinkRig.bytes(payload), 1, true);
    }

    private FakeTransport.FakeConnection connect() {
        session.turn();
        transport.last().events.connected();
        session.turn();
        return transport.last();
    }

    private void acknowledgeAll(FakeTransport.FakeConnection connection) {
        connection.acknowledge(0, connection.sent.size());
        session.turn();
    }

    @Test
    void will_isItsOwnWord() {
        session.turn();
        assertThat(transport.last().will.orElseThrow().payload()).isEqualTo(LinkRig.bytes("lost"));
    }

    @Test
    void connected_arrives_thenSubscriptionsAndStates_andIsPresentLast() {
        states.put(state("h/a", "1"));
        states.put(state("h/b", "2"));
        var connection = connect();
        assertThat(connection.texts()).containsExactly(INIT, "h/a=1", "h/b=2");
        acknowledgeAll(connection);
        assertThat(connection.texts()).containsExactly(INIT, "h/a=1", "h/b=2", "subscribe h/lamp/set", READY);
        acknowledgeAll(connection);
        states.put(state("h/a", "3"));
        session.turn();
        assertThat(transport.last().texts("h/$state")).containsExactly(INIT, READY);
    }

    @Test
    void moreStatesThanMayBeInFlight_presentWaitsForTheLast() {
        IntStream.range(0, OutgoingFlow.SHARE + 1).forEach(i -> states.put(state("h/" + i, "1")));
        var connection = connect();
        assertThat(connection.texts()).doesNotContain(READY);
        acknowledgeAll(connection);
        assertThat(connection.texts()).endsWith("h/" + OutgoingFlow.SHARE + "=1", "subscribe h/lamp/set", READY);
    }

    @Test
    void change_standsBetweenTwoWords() {
        states.put(state("h/a", "1"));
        var connection = connect();
        acknowledgeAll(connection);
        acknowledgeAll(connection);
        var before = connection.sent.size();
        states.putTogether(List.of(state("h/$description", "{}"), state("h/a", "")));
        session.turn();
        assertThat(connection.texts().subList(before, connection.sent.size()))
                .containsExactly(INIT, "h/$description={}", "h/a=", READY);
    }

    @Test
    void change_withoutAConnection_isThereWithTheNext() {
        states.putTogether(List.of(state("h/$description", "{}")));
        var connection = connect();
        acknowledgeAll(connection);
        assertThat(connection.texts()).containsExactly(INIT, "h/$description={}", "subscribe h/lamp/set", READY);
    }

    @Test
    void end_saysTheLastWord() {
        var connection = connect();
        session.end(Duration.ofSeconds(2));
        connection.acknowledge(0, connection.sent.size());
        session.turn();
        assertThat(connection.texts()).endsWith("h/$state=disconnected");
    }
}
