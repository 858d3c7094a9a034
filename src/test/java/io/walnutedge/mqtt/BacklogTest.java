package io.walnutedge.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.config.BrokerAddress;
import io.walnutedge.config.EntityConfig;
import io.walnutedge.config.MeasurementConfig;
import io.walnutedge.config.PayloadFormat;
import io.walnutedge.config.Replay;
import io.walnutedge.config.Template;
import io.walnutedge.outbox.log.Gap;
import io.walnutedge.outbox.log.Loss;
import io.walnutedge.publish.ReadingPublisher;
import io.walnutedge.reading.BootTimes;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Reading;
import io.walnutedge.reading.ReadingCodec;
import io.walnutedge.reading.Stamp;
import io.walnutedge.reading.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What waited while the broker was away: how it is written, and that it does not delay what is new. */
class BacklogTest {
    private static final long SECOND = 1_000_000_000;
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final ScriptedOutbox outbox = new ScriptedOutbox();
    private boolean synced = true;
    private final BootTimes times = new BootTimes(() -> 100 * SECOND, () -> NOW, () -> synced, "boot");
    private long now;
    private FakeTransport.FakeConnection connection;
    private OutgoingFlow flow;

    @BeforeEach
    void connect() {
        use(PayloadFormat.PLAIN, Replay.ALL, 1_000_000);
    }

    private ReadingPublisher use(PayloadFormat format, Replay replay, int rate) {
        var readings = publisher(format, replay);
        var settings = new LinkSettingsBuilder(BrokerAddress.of("tcp://broker:1883"))
                .withoutPresence()
                .replayRate(rate)
                .build();
        flow = new OutgoingFlow(
                settings,
                Optional.of(readings),
                new RetainedStates(),
                new Answers(),
                new Suspects(),
                () -> now,
                new SplittableRandom(7));
        var transport = new FakeTransport();
        transport.open(BrokerAddress.of("tcp://broker:1883"), settings, Optional.empty(), new RecordedEvents());
        connection = transport.last();
        return readings;
    }

    private ReadingPublisher publisher(PayloadFormat format, Replay replay) {
        var config = new MeasurementConfig(
                "count",
                true,
                Duration.ofSeconds(1),
                "t/cpu",
                "",
                0,
                1,
                0,
                format,
                1,
                true,
                replay,
                Template.NONE,
                EntityConfig.DEFAULT);
        return new ReadingPublisher(outbox, Map.of(new ItemId("cpu"), Map.of("count", config)), times, "t/gap");
    }

    private static Reading reading(long number) {
        return reading("boot", number, true);
    }

    private static Reading reading(String boot, long number, boolean synced) {
        var stamp = new Stamp(boot, number, number * SECOND, NOW.minusSeconds(1_000), synced);
        return new Reading(new ItemId("cpu"), "count", Value.of((double) number), stamp);
    }

    private void pump() throws TransportException {
        flow.pump(connection, (topic, why) -> {
            throw new AssertionError(topic + ": " + why);
        });
    }

    private long sent(Predicate<String> which) {
        return connection.texts().stream().filter(which).count();
    }

    @Test
    void aQuarterOfTheWindow_isKeptForWhatIsNew() throws Exception {
        for (var number = 1; number <= 100; number++) {
            outbox.backlog(reading(number));
        }
        pump();
        assertThat(connection.texts()).hasSize(12);
        for (var number = 201; number <= 300; number++) {
            outbox.live(reading(number));
        }
        pump();
        assertThat(connection.texts()).hasSize(16).endsWith("t/cpu=201", "t/cpu=202", "t/cpu=203", "t/cpu=204");
    }

    @Test
    void whatIsNew_goesFirst() throws Exception {
        for (var number = 1; number <= 100; number++) {
            outbox.backlog(reading(number));
            outbox.live(reading(200 + number));
        }
        for (var round = 0; round < 4; round++) {
            pump();
            for (var one : connection.sent) {
                flow.done(one.tag());
            }
        }
        assertThat(sent(text -> text.compareTo("t/cpu=200") < 0))
                .as("of the backlog")
                .isZero();
        assertThat(connection.texts()).hasSize(64);
    }

    @Test
    void replayRate_isKept_andTheNextTurnIsKnown() throws Exception {
        use(PayloadFormat.PLAIN, Replay.ALL, 10);
        for (var number = 1; number <= 5; number++) {
            outbox.backlog(reading(number));
        }
        pump();
        assertThat(connection.texts()).hasSize(1);
        assertThat(flow.untilDue()).isEqualTo(SECOND / 10);
        now += SECOND / 10;
        pump();
        assertThat(connection.texts()).hasSize(2);
    }

    @Test
    void emptyBacklog_wakesNobody() throws Exception {
        pump();
        assertThat(flow.untilDue()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void anOrderlyEnd_leavesTheBacklogWhereItIs() throws Exception {
        outbox.backlog(reading(1));
        outbox.live(reading(2));
        flow.leave();
        pump();
        assertThat(connection.texts()).containsExactly("t/cpu=2");
        assertThat(outbox.backlog).hasSize(1);
    }

    @Test
    void historicalMessage_saysSo_hasItsOwnTime_andIsNotRetained() throws Exception {
        use(PayloadFormat.JSON, Replay.ALL, 1_000_000);
        outbox.live(reading(2));
        outbox.backlog(reading(1));
        pump();
        assertThat(connection.texts())
                .containsExactly(
                        "t/cpu={\"value\":2,\"time\":\"2026-01-02T02:47:25.000Z\",\"seq\":2,\"quality\":\"good\"}",
                        "t/cpu={\"value\":1,\"time\":\"2026-01-02T02:47:25.000Z\",\"seq\":1,\"quality\":\"good\","
                                + "\"historical\":true}");
        assertThat(connection.sent).extracting(FakeTransport.Sent::retain).containsExactly(true, false);
    }

    @Test
    void timeBeforeTheClockWasSet_isComputedOnceItIs() throws Exception {
        use(PayloadFormat.JSON, Replay.ALL, 1_000_000);
        synced = false;
        outbox.live(reading("boot", 40, false));
        pump();
        synced = true;
        outbox.live(reading("boot", 40, false));
        pump();
        assertThat(connection.texts())
                .containsExactly(
                        "t/cpu={\"value\":40,\"time\":\"2026-01-02T02:47:25.000Z\",\"seq\":40,\"quality\":\"good\","
                                + "\"synced\":false,\"uptime\":40.000}",
                        "t/cpu={\"value\":40,\"time\":\"2026-01-02T03:03:05.000Z\",\"seq\":40,\"quality\":\"good\"}");
    }

    @Test
    void replayNone_sendsNothingThatWaited_andForgetsIt() throws Exception {
        use(PayloadFormat.PLAIN, Replay.NONE, 1_000_000);
        outbox.backlog(reading(1));
        outbox.live(reading(2));
        pump();
        assertThat(connection.texts()).containsExactly("t/cpu=2");
        assertThat(outbox.removed).hasSize(1);
    }

    @Test
    void replayLatest_sendsTheNewestOnly() throws Exception {
        var readings = use(PayloadFormat.PLAIN, Replay.LATEST, 1_000_000);
        // an earlier run's, whose newest is known before they are sent
        for (var number = 1; number <= 3; number++) {
            readings.found(ReadingCodec.encode(reading("before", number, true)));
            outbox.backlog(reading("before", number, true));
        }
        pump();
        assertThat(connection.texts()).containsExactly("t/cpu=3");
    }

    @Test
    void replayLatest_sendsNothing_onceThereIsANewerOne() throws Exception {
        var readings = use(PayloadFormat.PLAIN, Replay.LATEST, 1_000_000);
        outbox.backlog(reading(1));
        outbox.backlog(reading(2));
        readings.readings(List.of(reading(1), reading(2), reading(3)));
        outbox.live.clear();
        outbox.live(reading(3));
        pump();
        assertThat(connection.texts()).containsExactly("t/cpu=3");
    }

    @ParameterizedTest
    @EnumSource(Replay.class)
    void whatIsNew_isSentWhateverIsReplayed(Replay replay) throws Exception {
        use(PayloadFormat.PLAIN, replay, 1);
        outbox.live(reading(1));
        outbox.live(reading(2));
        pump();
        assertThat(connection.texts()).containsExactly("t/cpu=1", "t/cpu=2");
    }

    @Test
    void gap_isToldOnItsTopic() throws Exception {
        outbox.gap("cpu", new Gap(Loss.FULL, 12, NOW, NOW.plusSeconds(60)));
        pump();
        assertThat(connection.texts())
                .containsExactly(
                        "t/gap={\"sensor\":\"cpu\",\"dropped\":12,\"reason\":\"full\",\"from\":\"2026-01-02T03:04:05.000Z\","
                                + "\"to\":\"2026-01-02T03:05:05.000Z\"}");
        assertThat(connection.sent.get(0).qos()).isEqualTo(1);
        assertThat(connection.sent.get(0).retain()).isFalse();
    }
}
