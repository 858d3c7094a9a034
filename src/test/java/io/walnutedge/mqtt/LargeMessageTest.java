package io.walnutedge.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages with which connections end do not stop the readings; a bad network is no reason to give a message up. */
class LargeMessageTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String DISCOVERY = "homeassistant/device/board/config";
    private static final String HEALTH = "t/board/status/health";

    private final VirtualTime time = new VirtualTime();
    private final SlowBroker broker = new SlowBroker(time, SlowBroker.late(Duration.ofMillis(20)));
    private final VirtualBoard board = new VirtualBoard(time, broker, 7);

    /** What can be large. */
    enum Kind {
        STATE,
        ANSWER,
        READING
    }

    private void begin() {
        for (var i = 0; i < 40; i++) {
            board.state("t/lamp" + i, 30);
        }
        board.sampleEach(Duration.ofMillis(500));
    }

    private String put(Kind kind, int bytes) {
        switch (kind) {
            case STATE -> board.state(DISCOVERY, bytes);
            case ANSWER -> answerEachMinute(bytes);
            case READING -> largeEachMinute();
        }
        return kind == Kind.STATE ? DISCOVERY : kind == Kind.ANSWER ? HEALTH : VirtualBoard.LARGE;
    }

    private void answerEachMinute(int bytes) {
        board.answer(HEALTH, bytes);
        time.after(Duration.ofMinutes(1), () -> answerEachMinute(bytes));
    }

    private void largeEachMinute() {
        board.sampleLarge();
        time.after(Duration.ofMinutes(1), this::largeEachMinute);
    }

    private boolean hasArrived(String topic) {
        return board.port.arrived.stream().anyMatch(text -> text.startsWith(topic + "="));
    }

    private void assertReadingsAreNew() {
        assertThat(board.sampled() - board.delivered()).as("waiting").isLessThanOrEqualTo(3);
    }

    @Test
    void goodNetwork_largeMessageComesLast_behindReadingsAndSubscription_andDelaysNone() {
        board.state(DISCOVERY, 6_715);
        begin();
        time.run(Duration.ofSeconds(2));
        var arrived = board.port.arrived;
        var large = IntStream.range(0, arrived.size())
                .filter(at -> arrived.get(at).startsWith(DISCOVERY))
                .findFirst()
                .orElseThrow();
        assertThat(arrived.subList(0, large)).contains("t/cpu=1", "subscribe t/lamp/set", LinkRig.STATUS + "=online");
        assertThat(arrived.subList(0, large).stream().filter(text -> text.startsWith("t/lamp")))
                .hasSize(40);
        assertThat(board.lost).isEmpty();
        assertReadingsAreNew();
    }

    private static void each(VirtualTime time, Duration period, Runnable act) {
        act.run();
        time.after(period, () -> each(time, period, act));
    }

    private void stream(Kind kind, int period) {
        each(
                time,
                Duration.ofMillis(period),
                switch (kind) {
                    case STATE -> () -> board.state("t/level", 30);
                    case ANSWER -> () -> board.answer("t/answer", 30);
                    case READING -> () -> board.sample(1);
                });
    }

    private long arrived(String topic) {
        return board.port.arrived.stream()
                .filter(text -> text.startsWith(topic + "="))
                .count();
    }

    /** Faster than a round trip, which here is 21 ms, and all but as slow. */
    @ParameterizedTest
    @CsvSource({
        "STATE, STATE, 1",
        "STATE, STATE, 5",
        "STATE, STATE, 20",
        "STATE, ANSWER, 5",
        "STATE, READING, 5",
        "ANSWER, STATE, 5",
        "ANSWER, ANSWER, 1",
        "ANSWER, ANSWER, 20",
        "ANSWER, READING, 5",
        "READING, STATE, 5",
        "READING, ANSWER, 5",
        "READING, READING, 5"
    })
    void steadyStream_neitherKeepsALargeMessageBack_norReadings(Kind large, Kind small, int period) {
        begin();
        stream(small, period);
        time.run(Duration.ofSeconds(2));
        var topic = put(large, 6_715);
        time.run(Duration.ofMillis(60));
        assertThat(hasArrived(topic)).isTrue();
        time.run(Duration.ofSeconds(60));
        // what was sampled within a round trip, twice, when the time ran out
        assertThat(board.sampled() - board.delivered()).isLessThanOrEqualTo(1 + (small == Kind.READING ? 9 : 0));
        var sent = switch (small) {
            case READING -> board.delivered();
            case ANSWER -> arrived("t/answer");
            default -> arrived("t/level");
        };
        assertThat(sent).as("of the stream").isGreaterThan(60_000 / Math.max(period, 21) - 10);
        assertThat(board.lost).isEmpty();
    }

    /** As the second link of Homie: each value is a state. */
    @ParameterizedTest
    @ValueSource(ints = {1, 5, 20, 49})
    void steadyStreamOfValues_deviceIsDescribedAndReady(int period) {
        var homie = new VirtualBoard(
                time,
                new SlowBroker(time, SlowBroker.late(Duration.ofMillis(49))),
                7,
                VirtualBoard.settings()
                        .beside(any -> "board-h", new Presence("h/$state", "init", "ready", "disconnected", "lost")));
        homie.state("h/$description", 6_715);
        var values = new int[1];
        each(time, Duration.ofMillis(period), () -> homie.state("h/node/value" + values[0]++ % 12, 8));
        time.run(Duration.ofMillis(500));
        var arrived = homie.port.arrived;
        var described = IntStream.range(0, arrived.size())
                .filter(at -> arrived.get(at).startsWith("h/$description="))
                .findFirst()
                .orElseThrow();
        assertThat(arrived.indexOf("h/$state=ready")).isGreaterThan(described);
        assertThat(arrived.subList(arrived.indexOf("h/$state=ready"), arrived.size()))
                .as("values go on")
                .hasSizeGreaterThan(2);
    }

    /** A round trip, and that of the large message: longer no echo waits for it. */
    @ParameterizedTest
    @EnumSource(value = Kind.class, names = "READING", mode = EnumSource.Mode.EXCLUDE)
    void echoBehindALargeMessage_waitsForTwoRoundTripsAtMost(Kind kind) {
        begin();
        stream(kind, 5);
        time.run(Duration.ofSeconds(2));
        board.state(DISCOVERY, 6_715);
        board.state("t/echo", 2);
        time.run(Duration.ofMillis(42));
        assertThat(arrived(DISCOVERY)).isEqualTo(1);
        assertThat(arrived("t/echo")).isEqualTo(1);
    }

    @Test
    void onceOneOfItsSizeWasTaken_largeMessagesGoWithTheOthers() {
        board.state(DISCOVERY, 6_715);
        begin();
        time.run(Duration.ofSeconds(2));
        broker.reset();
        time.run(Duration.ofSeconds(4));
        var again = board.port.arrived.lastIndexOf("subscribe t/lamp/set");
        assertThat(board.port.arrived.subList(0, again).stream().filter(text -> text.startsWith(DISCOVERY)))
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "STATE, 1100",
        "STATE, 1400",
        "STATE, 6715",
        "STATE, 200000",
        "ANSWER, 1400",
        "ANSWER, 60000",
        "READING, 0"
    })
    void tunnelThatSwallowsLargePackets_losesNoReading(Kind kind, int bytes) {
        broker.hole = 1_050;
        var topic = put(kind, bytes);
        begin();
        time.run(HOUR);
        assertThat(hasArrived(topic)).isFalse();
        assertReadingsAreNew();
        assertThat(board.suspects.setAside()).containsOnlyKeys(topic);
        assertThat(board.refused).singleElement().asString().contains(topic, "set aside", "MTU");
        // two for the size; one for packets that many small ones fill; retries, ever rarer
        assertThat(board.lost).hasSizeLessThan(14);
        broker.hole = Integer.MAX_VALUE;
        time.run(HOUR);
        assertThat(hasArrived(topic)).isTrue();
        assertThat(board.suspects.setAside()).isEmpty();
    }

    @Test
    void tunnelThatSwallowsLargePackets_readingsWaitForADeadlineAtMost() {
        broker.hole = 1_050;
        board.state(DISCOVERY, 1_400);
        begin();
        time.run(HOUR);
        var times = board.port.progress;
        for (var i = 1; i < times.size(); i++) {
            // twice the deadline of a connection whose SUBACK is to come, its chance, and the way back
            assertThat(times.get(i) - times.get(i - 1)).isLessThan(2 * 37.5 + 3);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void brokerThatClosesForALargeMessage_isNotAskedForEver(Kind kind) {
        broker.limit = 1_900;
        var topic = put(kind, 2_500);
        begin();
        time.run(Duration.ofMinutes(5));
        assertThat(board.suspects.setAside()).containsOnlyKeys(topic);
        assertThat(board.refused).singleElement().asString().contains(topic, "set aside");
        assertReadingsAreNew();
        var lost = board.lost.size();
        assertThat(lost).isLessThan(6);
        time.run(HOUR);
        assertThat(board.lost).as("retries").hasSizeLessThan(lost + 6);
        assertReadingsAreNew();
    }

    @Test
    void brokerThatClosesForASmallMessage_getsTheOthers() {
        broker.refusedTopic = "t/lamp7";
        begin();
        time.run(Duration.ofMinutes(5));
        assertThat(board.suspects.setAside()).containsOnlyKeys("t/lamp7");
        assertThat(hasArrived("t/lamp39")).isTrue();
        assertReadingsAreNew();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void flappingNetwork_setsNothingAside(int seed) {
        var random = new SplittableRandom(seed);
        var latency = new long[] {10, 50, 200, 800};
        var slow = new SlowBroker(time, SlowBroker.late(Duration.ofMillis(latency[seed % latency.length])));
        var flapping = new VirtualBoard(time, slow, seed);
        flapping.state(DISCOVERY, 6_715);
        for (var i = 0; i < 10; i++) {
            flapping.state("t/lamp" + i, 30);
        }
        flapping.sampleEach(Duration.ofSeconds(1));
        for (var at = 0L; at < HOUR.toMillis(); at += 200 + random.nextLong(seed * 3_000L)) {
            time.at(time.now() + at * 1_000_000, slow::reset);
        }
        time.run(HOUR);
        assertThat(flapping.suspects.setAside()).as("seed %d", seed).isEmpty();
        assertThat(flapping.refused).isEmpty();
        time.run(Duration.ofMinutes(2));
        assertThat(flapping.sampled() - flapping.delivered()).isLessThanOrEqualTo(2);
        assertThat(flapping.port.arrived.stream().filter(text -> text.startsWith(DISCOVERY)))
                .isNotEmpty();
    }

    @Test
    void outagesInTheMiddleOfALargeMessage_setNothingAside() {
        begin();
        for (var i = 0; i < 20; i++) {
            time.run(Duration.ofMinutes(2));
            board.state(DISCOVERY, 7_000 + i);
            broker.hole = 0;
            time.run(Duration.ofSeconds(5));
            broker.hole = Integer.MAX_VALUE;
        }
        time.run(Duration.ofMinutes(2));
        assertThat(board.suspects.setAside()).isEmpty();
        assertThat(board.refused).isEmpty();
        assertReadingsAreNew();
        assertThat(List.copyOf(board.lost)).hasSizeLessThanOrEqualTo(21);
    }
}
