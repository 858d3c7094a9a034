package io.walnutedge.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A slow broker is not a dead one: boards go on with it, and do not bury it under copies. */
class SlowBrokerTest {
    private static final Duration PERIOD = Duration.ofMillis(500);
    /** The longest pause before a connection after a settled one, and the network. */
    private static final double RETURN = 2.2;

    private final VirtualTime time = new VirtualTime();

    private static Duration seconds(long count) {
        return Duration.ofSeconds(count);
    }

    private VirtualBoard board(SlowBroker broker) {
        var board = new VirtualBoard(time, broker, 7);
        board.state("t/lamp", 3);
        board.state("t/door", 3);
        board.sampleEach(PERIOD);
        return board;
    }

    static IntStream delays() {
        return IntStream.of(
                1, 5, 14, 15, 16, 20, 25, 28, 29, 30, 31, 32, 33, 35, 40, 45, 50, 58, 59, 60, 61, 62, 63, 70, 80, 90,
                100, 119, 120, 121, 130, 150, 180, 200, 238, 239, 240, 241, 242, 270, 290, 299);
    }

    /** From this delay on every connection is cut before the first acknowledgement comes. */
    static IntStream delaysBeyondAll() {
        return IntStream.of(301, 330, 400, 500, 600);
    }

    /** How long nothing new came through at most, once something did, in virtual seconds. */
    private double longestGap(VirtualBoard board) {
        var times = board.port.progress;
        var gap = time.seconds() - times.get(times.size() - 1);
        for (var i = 1; i < times.size(); i++) {
            gap = Math.max(gap, times.get(i) - times.get(i - 1));
        }
        return gap;
    }

    private void assertGoesOn(VirtualBoard board, double begin, double delay) {
        assertThat(board.port.progress).as("progress").isNotEmpty();
        var cuts = board.lost.size();
        // 30 s, 60 s, ...: each deadline is shorter than the delay, so that their sum is less than twice of it
        assertThat(board.port.progress.get(0) - begin).isLessThan(3 * delay + (cuts + 1) * RETURN + 5);
        assertThat(longestGap(board)).as("gap").isLessThan(2 * delay + RETURN + 1);
        assertThat(board.port.copies()).as("copies").isLessThanOrEqualTo((long) cuts * VirtualBoard.WINDOW);
        assertThat(board.lost).as("cuts").hasSizeLessThanOrEqualTo(5).allMatch(why -> why.contains("acknowledged"));
    }

    private void assertRecovers(SlowBroker broker, VirtualBoard board) {
        broker.recover();
        time.run(seconds(6));
        assertThat(board.sampled() - board.delivered()).as("waiting").isLessThanOrEqualTo(1);
        var readings = board.port.arrived.stream()
                .filter(text -> text.startsWith("t/cpu="))
                .distinct()
                .toList();
        assertThat(readings)
                .as("in order, none missing")
                .containsExactlyElementsOf(IntStream.rangeClosed(1, readings.size())
                        .mapToObj(number -> "t/cpu=" + number)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("delays")
    void lateAcknowledgements(int delay) {
        var broker = new SlowBroker(time, SlowBroker.late(seconds(delay)));
        var begin = time.seconds();
        var board = board(broker);
        time.run(seconds(6L * delay + 100));
        assertGoesOn(board, begin, delay);
        assertThat(board.port.arrived).contains("subscribe t/lamp/set", LinkRig.STATUS + "=online");
        assertRecovers(broker, board);
    }

    @ParameterizedTest
    @MethodSource("delaysBeyondAll")
    void acknowledgementsLaterThanAnyDeadline_costOneOfEachKindACut(int delay) {
        var broker = new SlowBroker(time, SlowBroker.late(seconds(delay)));
        var board = board(broker);
        time.run(seconds(10_000));
        assertThat(board.port.progress).isEmpty();
        assertThat(board.lost).hasSizeBetween(30, 38);
        assertThat(board.port.copies()).isLessThanOrEqualTo(2 * 38);
        broker.recover();
        time.run(seconds(30));
        assertThat(board.sampled() - board.delivered()).isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("delays")
    void burstsOfAcknowledgements(int every) {
        var broker = new SlowBroker(time, SlowBroker.inBursts(seconds(every)));
        var begin = time.seconds();
        var board = board(broker);
        time.run(seconds(6L * every + 100));
        assertGoesOn(board, begin, every);
        assertRecovers(broker, board);
    }

    @ParameterizedTest
    @ValueSource(doubles = {10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05})
    void rationedAcknowledgements(double perSecond) {
        var broker = new SlowBroker(time, SlowBroker.rationed(perSecond));
        var begin = time.seconds();
        var board = board(broker);
        time.run(seconds((long) (40 / perSecond) + 600));
        // what was sent over connections that are closed is worked off first
        assertThat(board.port.progress.get(0) - begin).isLessThan(25 / perSecond + 10);
        assertThat(longestGap(board)).isLessThan(25 / perSecond + 10);
        assertThat(board.port.copies()).isLessThanOrEqualTo(board.lost.size() * (long) VirtualBoard.WINDOW);
        assertRecovers(broker, board);
    }

    @ParameterizedTest
    @MethodSource("delays")
    void lateSuback_holdsUpWhatComesBehindIt_andTheFirstReadingsNot(int delay) {
        var broker = new SlowBroker(time, SlowBroker.lateSuback(seconds(delay)));
        var begin = time.seconds();
        var board = board(broker);
        time.run(seconds(6L * delay + 100));
        assertThat(board.port.progress.get(0) - begin).as("first").isLessThan(1);
        assertGoesOn(board, begin, delay);
        assertThat(board.port.arrived).contains(LinkRig.STATUS + "=online");
        assertThat(board.delivered()).as("new ones too").isGreaterThan(VirtualBoard.WINDOW);
        assertRecovers(broker, board);
    }

    @Test
    void deadline_isKeptAcrossConnections_andFallsSlowly() {
        var manner = new SlowBroker.Manner[] {SlowBroker.late(seconds(45))};
        var broker = new SlowBroker(time, (now, subscribe) -> manner[0].acknowledgedAt(now, subscribe));
        var board = board(broker);
        time.run(seconds(500));
        var cuts = board.lost.size();
        manner[0] = SlowBroker.late(Duration.ZERO);
        time.run(seconds(60));
        manner[0] = SlowBroker.late(seconds(70));
        time.run(seconds(300));
        assertThat(board.lost).as("twice 45 s, less a tenth of a minute").hasSize(cuts);
    }

    @Test
    void deadConnection_isReplacedAfter30s_alsoTheNextTime() {
        var broker = new SlowBroker(time, SlowBroker.late(Duration.ZERO));
        var board = board(broker);
        for (var i = 1; i <= 4; i++) {
            time.run(seconds(10));
            broker.hole = 0;
            time.run(seconds(10));
            broker.hole = Integer.MAX_VALUE;
            time.run(seconds(23));
            assertThat(board.lost).hasSize(i);
            assertThat(board.sampled() - board.delivered()).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void halfOpenConnection_isNoticedWithinFiveMinutes_whateverWasBefore() {
        var broker = new SlowBroker(time, SlowBroker.late(seconds(290)));
        var board = board(broker);
        time.run(seconds(5_000));
        var cuts = board.lost.size();
        broker.hole = 0;
        // until what was sent before is acknowledged, and then
        time.run(seconds(290 + 310));
        assertThat(board.lost).hasSizeGreaterThan(cuts);
    }

    @Test
    void cut_leadsToTheNextBrokerAtOnce_andThePauseComesAfterTheLast() {
        var broker = new SlowBroker(time, SlowBroker.late(seconds(1_000)));
        var board = new VirtualBoard(time, broker, 7, "tcp://a:1", "tcp://b:1", "tcp://c:1");
        board.sample(1);
        time.run(Duration.ofMillis(30_100));
        assertThat(board.port.opened).extracting(Object::toString).containsExactly("tcp://a:1", "tcp://b:1");
        time.run(seconds(70));
        assertThat(board.port.opened).hasSize(3);
        time.run(seconds(140));
        assertThat(board.port.opened)
                .extracting(Object::toString)
                .endsWith("tcp://a:1")
                .hasSize(4);
    }

    /** The server works off what came over closed connections, so that haste makes all of its work useless. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void thirtyBoards_doNotHoldDownAServerOf5PacketsASecond(int seed) {
        var broker = new SlowBroker(time, SlowBroker.rationed(5));
        var boards = IntStream.range(0, 30)
                .mapToObj(number -> new VirtualBoard(time, broker, 100 * seed + number))
                .toList();
        for (var board : boards) {
            board.state("t/lamp", 3);
            board.state("t/door", 3);
            board.sample(60);
            board.sampleEach(Duration.ofMillis(8_571));
        }
        time.run(seconds(600));
        var usefulBefore = broker.useful;
        var wastedBefore = broker.wasted;
        var delivered = delivered(boards);
        time.run(seconds(600));
        assertThat(broker.wasted - wastedBefore).isLessThan((broker.useful - usefulBefore) / 10);
        assertThat(delivered(boards) - delivered).as("of 2,100 that came").isGreaterThan(2_000);
        assertThat(boards).allSatisfy(board -> {
            assertThat(board.lost).hasSizeLessThanOrEqualTo(6);
            assertThat(board.port.copies()).isLessThanOrEqualTo(board.lost.size() * (long) VirtualBoard.WINDOW);
        });
        broker.recover();
        time.run(seconds(10));
        assertThat(boards)
                .allSatisfy(
                        board -> assertThat(board.sampled() - board.delivered()).isLessThanOrEqualTo(1));
    }

    private static long delivered(List<VirtualBoard> boards) {
        return boards.stream().mapToLong(VirtualBoard::delivered).sum();
    }
}
