package io.walnutedge.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.config.BrokerAddress;
import io.walnutedge.outbox.MemoryOutbox;
import io.walnutedge.outbox.Outbox;
import io.walnutedge.outbox.log.Loss;
import io.walnutedge.publish.ReadingPublisher;
import io.walnutedge.timing.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The session on virtual time, with a broker that does only what the test says. */
class SessionTest {
    private static final BrokerAddress FIRST = BrokerAddress.of("tcp://first:1883");
    private static final BrokerAddress SECOND = BrokerAddress.of("tcp://second:1883");
    private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();
    private static final String ONLINE = LinkRig.STATUS + "=online";
    private static final String OFFLINE = LinkRig.STATUS + "=offline";

    private final FakeTransport transport = new FakeTransport();
    private final MemoryOutbox outbox = new MemoryOutbox(1000, LinkRig.CLOCK);
    private final ReadingPublisher readings = LinkRig.publisher(outbox, "cpu");
    private final RetainedStates states = new RetainedStates();
    private final Answers answers = new Answers();
    private final TaskQueue tasks = new TaskQueue();
    private final List<String> log = new ArrayList<>();
    private long now = 5 * SECOND_NANOS;
    private boolean mayConnect = true;
    private Session session = session(FIRST);

    private Session session(BrokerAddress... brokers) {
        var settings = new LinkSettingsBuilder(brokers).unhurried().build();
        var flow = new OutgoingFlow(
                settings, Optional.of(readings), states, answers, new Suspects(), () -> now, new SplittableRandom(7));
        var backoff = new Backoff(settings.firstPause(), settings.lastPause(), new SplittableRandom(7));
        var subscriptions = List.of(new Subscription("t/lamp/set", 1, (topic, payload, retained) -> {}));
        return new Session(
                settings, transport, flow, subscriptions, new Log(), tasks, () -> now, backoff, () -> mayConnect);
    }

    private final class Log implements Session.Observer {
        @Override
        public void connecting(BrokerAddress broker) {
            log.add("connecting " + broker.host());
        }

        @Override
        public void connected(BrokerAddress broker) {
            log.add("connected " + broker.host());
        }

        @Override
        public void lost(BrokerAddress broker, boolean wasConnected, String why) {
            log.add((wasConnected ? "lost " : "failed ") + broker.host() + ": " + why);
        }

        @Override
        public void refused(String topic, String why) {
            log.add("refused " + topic + ": " + why);
        }

        @Override
        public void arrived(String topic, byte[] payload, boolean retained) {
            log.add("arrived " + topic);
        }
    }

    /** Turns until nothing more is due at this time. */
    private long turn() {
        for (var i = 0; i < 100; i++) {
            var wait = session.turn();
            if (wait > 0) {
                return wait;
            }
        }
        throw new AssertionError("it never comes to rest");
    }

    private FakeTransport.FakeConnection connect() {
        turn();
        transport.last().events.connected();
        turn();
        return transport.last();
    }

    private void put(long from, long to) {
        readings.readings(LongStream.rangeClosed(from, to)
                .mapToObj(seq -> LinkRig.reading("cpu", seq))
                .toList());
    }

    @Test
    void firstTurn_connectsAtOnce_withTheWill() {
        turn();
        assertThat(transport.connections).hasSize(1);
        assertThat(transport.last().will.orElseThrow().retain()).isTrue();
        assertThat(transport.last().will.orElseThrow().payload()).isEqualTo(LinkRig.bytes("offline"));
        assertThat(transport.last().sent).isEmpty();
    }

    @Test
    void connection_waitsWhileItMayNotBe_andAnEndDoesNotWaitForIt() {
        mayConnect = false;
        assertThat(turn()).isEqualTo(Long.MAX_VALUE);
        assertThat(transport.connections).isEmpty();
        mayConnect = true;
        connect();
        transport.last().events.lost("gone");
        mayConnect = false;
        turn();
        now += 40 * SECOND_NANOS;
        assertThat(turn()).isEqualTo(Long.MAX_VALUE);
        assertThat(transport.connections).hasSize(1);
        session.end(Duration.ofSeconds(5));
        turn();
        assertThat(session.isEnded()).isTrue();
    }

    @Test
    void connected_sendsStatesThenReadings_andSubscribesWhenTheyAreAcknowledged_andIsOnlineBehindThat() {
        put(1, 2);
        states.put(new Publication("t/lamp", LinkRig.bytes("OFF"), 1, true));
        var connection = connect();
        assertThat(connection.texts()).containsExactly("t/lamp=OFF", "t/cpu=1", "t/cpu=2");
        connection.acknowledge(0, 2);
        turn();
        assertThat(connection.texts()).hasSize(3);
        connection.acknowledge(2, 3);
        turn();
        assertThat(connection.texts())
                .containsExactly("t/lamp=OFF", "t/cpu=1", "t/cpu=2", "subscribe t/lamp/set", ONLINE);
        assertThat(connection.sent.get(4).retain()).isTrue();
        assertThat(connection.sent.get(4).qos()).isEqualTo(1);
    }

    @Test
    void connected_withNothingToSay_subscribesAtOnce() {
        assertThat(connect().texts()).containsExactly("subscribe t/lamp/set", ONLINE);
    }

    @Test
    void subscription_waitsAFewSecondsForTheLastOfTheFirstBatch_onceSomeOfItIsAcknowledged() {
        put(1, 2);
        var connection = connect();
        now += 20 * SECOND_NANOS;
        turn();
        assertThat(connection.texts()).hasSize(2);
        connection.acknowledge(0, 1);
        turn();
        assertThat(turn()).isEqualTo(Opening.ASK);
        now += Opening.ASK;
        turn();
        assertThat(connection.texts()).endsWith("subscribe t/lamp/set", ONLINE);
    }

    @Test
    void subscriptionOfAReload_beforeTheFirst_isAskedWithIt() {
        put(1, 1);
        var connection = connect();
        session.subscribe(List.of(
                new Subscription("t/lamp/set", 1, (topic, payload, retained) -> {}),
                new Subscription("t/new/set", 1, (topic, payload, retained) -> {})));
        turn();
        assertThat(connection.texts()).hasSize(1);
        connection.acknowledge(0, 1);
        turn();
        assertThat(connection.texts()).endsWith("subscribe t/lamp/set", "subscribe t/new/set", ONLINE);
    }

    /** A broker sends the messages that it has kept while further subscriptions are still under way. */
    @Test
    void answerToARetainedMessage_thatArrivesWhileSubscribing_isSent() {
        turn();
        transport.last().onSubscribe = () -> assertThat(
                        answers.offer(new Publication("t/result", LinkRig.bytes("ok"), 1, false)))
                .isTrue();
        transport.last().events.connected();
        turn();
        turn();
        assertThat(transport.last().texts()).endsWith(ONLINE, "t/result=ok");
    }

    @Test
    void window_isNeverExceeded_andMovesWithEachAcknowledgement() {
        put(1, 100);
        var connection = connect();
        assertThat(connection.texts("t/cpu")).hasSize(16);
        connection.acknowledge(0, 3);
        turn();
        assertThat(connection.texts("t/cpu")).hasSize(19).endsWith("t/cpu=19");
        assertThat(outbox.counts().waiting()).isEqualTo(97);
    }

    @Test
    void fullWindow_doesNotHoldUpAStateOrAnAnswer() {
        put(1, 100);
        var connection = connect();
        states.put(new Publication("t/lamp", LinkRig.bytes("ON"), 1, true));
        assertThat(answers.offer(new Publication("t/result", LinkRig.bytes("ok"), 1, false)))
                .isTrue();
        turn();
        assertThat(connection.texts()).endsWith("t/lamp=ON", "t/result=ok");
    }

    @Test
    void lostConnection_sendsTheUnacknowledgedAgain_inOrder_andStatesAnew() {
        put(1, 20);
        states.put(new Publication("t/lamp", LinkRig.bytes("ON"), 1, true));
        var before = connect();
        before.acknowledge(0, 4); // the state and readings 1 to 3
        turn();
        before.events.lost("cable cut");
        turn();
        assertThat(before.closed).isTrue();
        now += 2 * SECOND_NANOS;
        var after = connect();
        assertThat(after.texts().subList(0, 2)).containsExactly("t/lamp=ON", "t/cpu=4");
        assertThat(after.texts("t/cpu")).hasSize(16).endsWith("t/cpu=19");
    }

    @Test
    void lateNewsOfAnOldConnection_isIgnored() {
        put(1, 2);
        var before = connect();
        before.events.lost("cable cut");
        turn();
        now += 2 * SECOND_NANOS;
        var after = connect();
        before.acknowledge(0, before.sent.size());
        before.events.lost("again");
        turn();
        assertThat(after.closed).isFalse();
        assertThat(outbox.counts().waiting()).isEqualTo(2);
    }

    @Test
    void pauses_growToTheLast_andEachIsInTheUpperHalf() {
        var ranges = List.of(2, 4, 8, 16, 30, 30);
        turn();
        for (var range : ranges) {
            transport.last().events.lost("refused");
            var wait = turn();
            assertThat(wait).isBetween(range * SECOND_NANOS / 2, range * SECOND_NANOS);
            var attempts = transport.connections.size();
            now += wait - 1;
            turn();
            assertThat(transport.connections).hasSize(attempts);
            now += 1;
            turn();
            assertThat(transport.connections).hasSize(attempts + 1);
        }
    }

    @Test
    void pauses_areShortAgainAfterASettledConnection_andNotAfterABriefOne() {
        turn();
        for (var i = 0; i < 4; i++) {
            transport.last().events.lost("refused");
            now += turn();
            turn();
        }
        transport.last().events.connected();
        turn();
        transport.last().events.lost("kicked out");
        assertThat(turn()).isGreaterThan(10 * SECOND_NANOS);
        now += 30 * SECOND_NANOS;
        var connection = connect();
        connection.acknowledge(0, connection.sent.size());
        turn();
        now += Session.SETTLED;
        connection.events.lost("cable cut");
        assertThat(turn()).isLessThanOrEqualTo(2 * SECOND_NANOS);
    }

    @Test
    void brokers_areTriedInOrderWithoutAPause_thenAfterOne() {
        session = session(FIRST, SECOND);
        turn();
        transport.last().events.lost("refused");
        turn();
        assertThat(log).containsExactly("connecting first", "failed first: refused", "connecting second");
        transport.last().events.lost("refused");
        assertThat(turn()).isBetween(SECOND_NANOS, 2 * SECOND_NANOS);
        now += 2 * SECOND_NANOS;
        turn();
        assertThat(log).endsWith("failed second: refused", "connecting first");
    }

    @Test
    void connectedBroker_whenLost_isFollowedByTheFirstOfTheList() {
        session = session(FIRST, SECOND);
        turn();
        transport.last().events.lost("refused");
        connect();
        transport.last().events.lost("cable cut");
        turn();
        now += 2 * SECOND_NANOS;
        turn();
        assertThat(log).endsWith("connected second", "lost second: cable cut", "connecting first");
    }

    @Test
    void noAnswer_isGivenUpAfterTheTimeout() {
        var wait = turn();
        assertThat(wait).isEqualTo(15 * SECOND_NANOS);
        now += wait;
        turn();
        assertThat(transport.last().closed).isTrue();
        assertThat(log).endsWith("failed first: no answer within 15 s");
    }

    @Test
    void noAcknowledgement_for30s_replacesTheConnection() {
        var connection = connect();
        connection.acknowledge(0, 2);
        turn();
        put(1, 1);
        assertThat(turn()).isEqualTo(Session.GATHERING);
        assertThat(turn()).as("as none came soon").isEqualTo(30 * SECOND_NANOS);
        now += 30 * SECOND_NANOS - 1;
        turn();
        assertThat(connection.closed).isFalse();
        now += 1;
        turn();
        assertThat(connection.closed).isTrue();
        assertThat(log).endsWith("lost first: nothing was acknowledged for 30 s");
    }

    @Test
    void acknowledgementsThatComeSoon_areGathered_andALateOneWakes() {
        put(1, 5);
        var connection = connect();
        connection.acknowledge(0, 3);
        assertThat(tasks.isWoken()).isFalse();
        assertThat(turn()).as("a look at those").isEqualTo(Session.GATHERING);
        assertThat(turn()).isGreaterThan(Session.GATHERING);
        connection.acknowledge(3, 4);
        assertThat(tasks.isWoken()).isTrue();
    }

    @Test
    void lastOfWhatIsSentTogether_isKnownAsTheLast() {
        put(1, 3);
        var connection = connect();
        assertThat(connection.texts()).endsWith("t/cpu=1", "t/cpu=2", "t/cpu=3");
        assertThat(connection.follows).isFalse();
        connection.refusedTopic = "t/cpu";
        put(4, 5);
        turn();
        assertThat(connection.follows).as("also where it is refused").isFalse();
    }

    /** Between the look and the decision to sleep. */
    @Test
    void acknowledgementLeftBehindTheLastLook_wakesWhoeverStopsBeingPatient() {
        tasks.wakeAfter(7);
        tasks.postLazily(() -> {});
        assertThat(tasks.isWoken()).isFalse();
        tasks.wakeAfter(1);
        assertThat(tasks.isWoken()).isTrue();
    }

    @Test
    void fullWindow_wakesWhenHalfOfItIsAcknowledged() {
        put(1, 100);
        var connection = connect();
        var sent = connection.sent.size();
        assertThat(sent).as("the window is full").isLessThan(100);
        connection.acknowledge(0, sent / 2 - 1);
        assertThat(tasks.isWoken()).isFalse();
        connection.acknowledge(sent / 2 - 1, sent / 2);
        assertThat(tasks.isWoken()).isTrue();
        turn();
        assertThat(connection.sent).hasSizeGreaterThan(sent);
    }

    @Test
    void acknowledgementsAtTheEnd_wakeOneByOne() {
        put(1, 3);
        var connection = connect();
        session.end(Duration.ofSeconds(5));
        turn();
        connection.acknowledge(0, 1);
        assertThat(tasks.isWoken()).isTrue();
    }

    @Test
    void slowAcknowledgements_areProgress() {
        put(1, 16);
        var connection = connect();
        for (var i = 0; i < connection.sent.size(); i++) {
            now += 29 * SECOND_NANOS;
            connection.acknowledge(i, i + 1);
            turn();
        }
        assertThat(connection.closed).isFalse();
    }

    @Test
    void nothingInFlight_sleepsWithoutEnd() {
        var connection = connect();
        connection.acknowledge(0, connection.sent.size());
        assertThat(turn()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void connectionThatThrows_isReplaced_andNothingIsLost() {
        var connection = connect();
        connection.broken = true;
        put(1, 3);
        turn();
        assertThat(connection.closed).isTrue();
        assertThat(outbox.counts().waiting()).isEqualTo(3);
        assertThat(log).endsWith("lost first: broken by the test");
    }

    @Test
    void messageThatCanNeverBeSent_isDroppedAndTold_andTheRestGoesOn() {
        turn();
        transport.last().refusedTopic = "t/lamp";
        states.put(new Publication("t/lamp", LinkRig.bytes("ON"), 1, true));
        put(1, 1);
        var connection = connect();
        assertThat(log).endsWith("refused t/lamp: refused by the test");
        assertThat(connection.texts()).endsWith("t/cpu=1");
    }

    @Test
    void refusedSubscription_isTold() {
        var connection = connect();
        connection.events.refused(connection.sent.get(0).tag());
        turn();
        assertThat(log).endsWith("refused t/lamp/set: the broker refuses the subscription");
        assertThat(connection.closed).isFalse();
    }

    @Test
    void answers_areDroppedAndCounted_whileThereIsNoConnection() {
        var answer = new Publication("t/result", LinkRig.bytes("ok"), 1, false);
        assertThat(answers.offer(answer)).isFalse();
        var connection = connect();
        assertThat(answers.offer(answer)).isTrue();
        turn();
        assertThat(connection.texts("t/result")).hasSize(1);
        assertThat(answers.offer(answer)).isTrue();
        connection.events.lost("cable cut");
        turn();
        assertThat(answers.dropped()).isEqualTo(3);
        now += 2 * SECOND_NANOS;
        assertThat(connect().texts("t/result")).isEmpty();
    }

    @Test
    void answers_areBounded() {
        var connection = connect();
        for (var i = 0; i < 400; i++) {
            answers.offer(new Publication("t/result", LinkRig.bytes("ok"), 1, false));
        }
        turn();
        assertThat(answers.dropped()).isEqualTo(400 - Answers.CAPACITY);
        assertThat(connection.texts("t/result")).hasSize(OutgoingFlow.SHARE);
    }

    @Test
    void state_isSentAgainOnlyWhenItChanges() {
        states.put(new Publication("t/lamp", LinkRig.bytes("ON"), 1, true));
        var connection = connect();
        turn();
        turn();
        assertThat(connection.texts("t/lamp")).containsExactly("t/lamp=ON");
        states.put(new Publication("t/lamp", LinkRig.bytes("OFF"), 1, true));
        turn();
        assertThat(connection.texts("t/lamp")).containsExactly("t/lamp=ON", "t/lamp=OFF");
    }

    @Test
    void readingWithoutAMeasurement_isDroppedAndCounted() {
        readings.readings(List.of(LinkRig.reading("gone", 1), LinkRig.reading("cpu", 2)));
        outbox.add(List.of(new Outbox.Fresh("cpu", new byte[] {99})));
        assertThat(connect().texts("t/cpu")).containsExactly("t/cpu=2");
        assertThat(readings.unpublishable()).isEqualTo(2);
        assertThat(outbox.counts().waiting()).isEqualTo(1);
    }

    /** A backlog of what left the configuration is one gap of each sensor, told when there is no more of it. */
    @Test
    void backlogOfASensorThatLeft_isAGap() {
        var gaps = new ArrayList<String>();
        BiPredicate<String, byte[]> link = (topic, payload) -> gaps.add(topic + " " + new String(payload, UTF_8));
        readings.readings(List.of(LinkRig.reading("gone", 1), LinkRig.reading("cpu", 2), LinkRig.reading("gone", 3)));
        readings.readings(List.of(LinkRig.reading("other", 4)));
        connect();
        for (var i = 0; i < 3; i++) {
            readings.tellGaps(link);
        }
        assertThat(gaps).as("there may be more").isEmpty();
        readings.tellGaps((topic, payload) -> false);
        readings.tellGaps(link);
        readings.tellGaps(link);
        assertThat(gaps)
                .hasSize(2)
                .anyMatch(gap -> gap.contains("/gap {\"sensor\":\"gone\",\"dropped\":2,\"reason\":\"not-configured\""))
                .anyMatch(gap -> gap.contains("\"sensor\":\"other\",\"dropped\":1"));
        assertThat(readings.lost())
                .containsEntry(new Outbox.Lost("gone", Loss.NOT_CONFIGURED), 2L)
                .containsEntry(new Outbox.Lost("other", Loss.NOT_CONFIGURED), 1L)
                .hasSize(2);
    }

    @Test
    void end_drains_saysOffline_andDisconnects() {
        put(1, 20);
        var connection = connect();
        session.end(Duration.ofSeconds(3));
        turn();
        assertThat(connection.texts()).doesNotContain(OFFLINE);
        connection.acknowledge(0, 16);
        turn();
        connection.acknowledge(16, 20);
        turn();
        assertThat(connection.texts()).endsWith("t/cpu=20", OFFLINE);
        assertThat(connection.disconnected).isFalse();
        connection.acknowledge(20, 21);
        turn();
        assertThat(connection.disconnected).isTrue();
        assertThat(session.isEnded()).isTrue();
    }

    @Test
    void end_withASilentBroker_isBounded_andKeepsWhatIsNotAcknowledged() {
        put(1, 20);
        var connection = connect();
        session.end(Duration.ofSeconds(3));
        assertThat(turn()).isEqualTo(2 * SECOND_NANOS);
        now += 2 * SECOND_NANOS;
        assertThat(turn()).isEqualTo(SECOND_NANOS);
        assertThat(connection.texts()).endsWith(OFFLINE);
        now += SECOND_NANOS;
        turn();
        assertThat(session.isEnded()).isTrue();
        assertThat(outbox.counts().waiting()).isEqualTo(20);
        assertThat(outbox.take()).isNotNull();
    }

    @Test
    void end_beforeAConnection_isImmediate() {
        turn();
        session.end(Duration.ofSeconds(3));
        turn();
        assertThat(session.isEnded()).isTrue();
        assertThat(transport.last().closed).isTrue();
        session.lost("a late fault");
        assertThat(session.isEnded()).isTrue();
    }

    /** A connection over which all that it began with was acknowledged, and which has subscribed. */
    private FakeTransport.FakeConnection settled() {
        var connection = connect();
        turn();
        connection.acknowledge(0, connection.sent.size());
        turn();
        connection.sent.clear();
        return connection;
    }

    private void change(String value) {
        states.put(new Publication("t/lamp", LinkRig.bytes(value), 1, true));
    }

    @Test
    void sendNow_sendsStatesAndAnswersWithoutATurn_andLeavesReadingsToIt() {
        var connection = settled();
        change("ON");
        answers.offer(new Publication("t/result", LinkRig.bytes("ok"), 0, false));
        put(1, 1);
        session.sendNow();
        assertThat(connection.texts()).containsExactly("t/lamp=ON", "t/result=ok");
        turn();
        assertThat(connection.texts()).containsExactly("t/lamp=ON", "t/result=ok", "t/cpu=1");
    }

    @Test
    void sendNow_isLeftToTheTurn_beforeTheSubscriptions_withoutAConnection_andAtTheEnd() {
        change("ON");
        session.sendNow();
        turn();
        session.sendNow();
        assertThat(transport.last().sent).isEmpty();
        put(1, 1);
        var connection = connect();
        change("OFF");
        session.sendNow();
        assertThat(connection.texts("t/lamp")).containsExactly("t/lamp=ON");
        session.end(Duration.ofSeconds(5));
        session.sendNow();
        assertThat(connection.texts("t/lamp")).containsExactly("t/lamp=ON");
        turn();
        assertThat(connection.texts("t/lamp")).containsExactly("t/lamp=ON", "t/lamp=OFF");
    }

    @Test
    void sendNow_watchesOverWhatItSent() {
        settled();
        change("ON");
        session.sendNow();
        assertThat(turn()).isLessThan(Long.MAX_VALUE);
        now += 300 * SECOND_NANOS;
        turn();
        assertThat(log).last().asString().startsWith("lost first: nothing was acknowledged");
    }

    @Test
    void sendNow_ofATopicThatCannotBe_isToldByTheTurn() {
        var connection = settled();
        connection.refusedTopic = "t/lamp";
        change("ON");
        session.sendNow();
        assertThat(log).noneMatch(line -> line.startsWith("refused"));
        turn();
        assertThat(log).contains("refused t/lamp: refused by the test");
    }

    @Test
    void sendNow_overAConnectionThatBreaks_isEndedByTheTurn_andTheStateComesWithTheNext() {
        var connection = settled();
        connection.broken = true;
        change("ON");
        session.sendNow();
        assertThat(connection.closed).isFalse();
        turn();
        assertThat(connection.closed).isTrue();
        now += 40 * SECOND_NANOS;
        assertThat(connect().texts("t/lamp")).containsExactly("t/lamp=ON");
    }
}
