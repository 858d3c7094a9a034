package io.walnutedge.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walnutedge.filter.Filters;
import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problems;
import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.reading.Reading;
import io.walnutedge.reading.Value;
import io.walnutedge.sensor.NoHardware;
import io.walnutedge.sensor.NoValueException;
import io.walnutedge.sensor.files.FileSource;
import io.walnutedge.sensor.i2c.I2cDevice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A lane on virtual time, without threads. */
class BusLaneTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualClock clock = new VirtualClock();
    private final Recorder recorder = new Recorder();
    private final FakeSource room = new FakeSource();
    private final FakeSource desk = new FakeSource();

    private BusLane lane(ScheduledSensor... sensors) {
        var tasks = Stream.of(sensors)
                .map(sensor -> new Task(sensor, 0, recorder, FakeSource.NO_STATE))
                .toList();
        var context = new SensorWorker.Context(new NoHardware(), recorder, clock.asClock(), (thread, error) -> {});
        return FakeSource.lane(tasks, context);
    }

    /** Runs the lane until a time, waking exactly when it would. */
    private void runUntil(BusLane lane, Duration end) {
        lane.turn();
        while (lane.agenda().nextDue(clock.nanoTime()) <= end.toNanos()) {
            clock.advanceTo(lane.agenda().nextDue(clock.nanoTime()));
            lane.turn();
        }
        clock.advanceTo(end.toNanos());
    }

    private List<Measurement> taking(Duration duration) {
        clock.advance(duration);
        return FakeSource.one();
    }

    private static List<Long> seconds(List<Reading> readings) {
        return readings.stream()
                .map(reading -> reading.stamp().monotonicNanos() / 1_000_000_000)
                .toList();
    }

    private static List<Long> seqs(List<Reading> readings) {
        return readings.stream().map(reading -> reading.stamp().seq()).toList();
    }

    @Test
    void slowRead_doesNotShiftTheTicks() {
        room.onRead = () -> taking(Duration.ofMillis(990));
        runUntil(lane(room.onBus(1, "room", SECOND)), Duration.ofHours(1));
        var readings = recorder.readings("room");
        assertThat(readings).hasSize(3601);
        assertThat(readings.get(3600).stamp().monotonicNanos()).isEqualTo(3600L * 1_000_000_000 + 990_000_000);
    }

    @Test
    void readLongerThanItsInterval_missesTicks_countsThem_andReplaysNone() {
        room.onRead = () -> taking(Duration.ofMillis(clock.nanoTime() < 18_000_000_000L ? 2500 : 0));
        var lane = lane(room.onBus(1, "room", SECOND));
        runUntil(lane, Duration.ofSeconds(20));
        assertThat(room.reads.get() + lane.status().missed()).isEqualTo(21);
        assertThat(recorder.readings("room")).hasSize(room.reads.get());
        assertThat(lane.sensors().get(0).missed())
                .isEqualTo(lane.status().missed())
                .isPositive();
    }

    @Test
    void sensorsDueTogether_areOneBatch_inOneRound() {
        var lane = lane(room.onBus(1, "room", SECOND), desk.onBus(1, "desk", SECOND.multipliedBy(2)));
        runUntil(lane, Duration.ofSeconds(2));
        assertThat(recorder.batches()).extracting(List::size).containsExactly(2, 1, 2);
        assertThat(lane.status().rounds()).isEqualTo(3);
    }

    @Test
    void clockStep_neitherStopsNorBunchesReadings() {
        var lane = lane(room.onBus(1, "room", SECOND));
        runUntil(lane, Duration.ofSeconds(5));
        clock.stepWall(Duration.ofDays(-20_000));
        runUntil(lane, Duration.ofSeconds(10));
        clock.stepWall(Duration.ofDays(40_000));
        runUntil(lane, Duration.ofSeconds(15));
        assertThat(seconds(recorder.readings("room")))
                .containsExactlyElementsOf(LongStream.rangeClosed(0, 15).boxed().toList());
    }

    @Test
    void failingSensor_backsOffOnItsGrid_isToldOnce_andComesBack() {
        var lane = lane(room.onBus(1, "room", SECOND));
        var tries = new ArrayList<Long>();
        room.onRead = () -> {
            tries.add(clock.nanoTime() / 1_000_000_000);
            if (clock.nanoTime() < 300_000_000_000L) {
                throw FakeSource.broken();
            }
            return FakeSource.one();
        };
        runUntil(lane, Duration.ofSeconds(305));
        assertThat(tries).containsExactly(0L, 1L, 3L, 7L, 15L, 31L, 63L, 123L, 183L, 243L, 303L, 304L, 305L);
        assertThat(recorder.events("room"))
                .containsExactly(new Recorder.Event("room", false, "no answer"), new Recorder.Event("room", true, ""));
        assertThat(seqs(recorder.readings("room"))).containsExactly(1L, 2L, 3L);
        assertThat(lane.sensors().get(0).failures()).isEqualTo(10);
        assertThat(lane.sensors().get(0).missed()).isZero();
    }

    @Test
    void failingSensor_withALongInterval_isNotTriedSoonerThanItsNextTick() {
        room.onRead = () -> {
            throw FakeSource.broken();
        };
        runUntil(lane(room.onBus(1, "room", Duration.ofSeconds(30))), Duration.ofSeconds(119));
        assertThat(room.reads).hasValue(4);
    }

    @Test
    void failingSensor_isClosedAndOpenedAgain() {
        var lane = lane(room.onBus(1, "room", SECOND));
        runUntil(lane, Duration.ofSeconds(1));
        assertThat(room.opens).hasValue(1);
        assertThat(room.closes).hasValue(0);
        room.onRead = () -> {
            throw FakeSource.broken();
        };
        runUntil(lane, Duration.ofSeconds(2));
        assertThat(room.closes).hasValue(1);
        room.onRead = FakeSource::one;
        runUntil(lane, Duration.ofSeconds(3));
        assertThat(room.opens).hasValue(2);
        assertThat(recorder.isOnline("room")).isTrue();
    }

    @Test
    void openThatFails_isRetried_andHarmsNobody() {
        room.onOpen = () -> {
            if (clock.nanoTime() < 2_000_000_000) {
                throw FakeSource.broken();
            }
        };
        runUntil(lane(room.onBus(1, "room", SECOND), desk.onBus(1, "desk", SECOND)), Duration.ofSeconds(9));
        assertThat(recorder.count("desk")).isEqualTo(10);
        assertThat(seconds(recorder.readings("room"))).startsWith(3L, 4L);
    }

    @Test
    void driverThatThrowsUnchecked_isATroubleLikeOthers() {
        room.onRead = () -> List.of(Measurement.of(FakeSource.QUANTITY, Double.NaN));
        runUntil(lane(room.onBus(1, "room", SECOND), desk.onBus(1, "desk", SECOND)), Duration.ofSeconds(3));
        assertThat(recorder.count("room")).isZero();
        assertThat(recorder.count("desk")).isEqualTo(4);
        assertThat(recorder.events("room")).hasSize(1);
        assertThat(recorder.events("room").get(0).why()).contains("not a finite number: NaN");
    }

    @Test
    void calibrationThatOverflows_publishesNothingOfTheSample() {
        var sensor = room.scheduled("room", SECOND, new I2cDevice(1, 0x40), FakeSource.config(SECOND, true, 1e12, 0));
        room.onRead = () -> List.of(Measurement.of(FakeSource.QUANTITY, 1e300));
        runUntil(lane(sensor), Duration.ofSeconds(1));
        assertThat(recorder.batches()).isEmpty();
        assertThat(recorder.isOnline("room")).isFalse();
        assertThat(room.closes).hasValue(room.opens.get());
    }

    @Test
    void quantityThatIsNotConfigured_isIgnored() {
        room.onRead = () -> List.of(Measurement.of(Quantity.HUMIDITY, 50));
        runUntil(lane(room.onBus(1, "room", SECOND)), Duration.ofSeconds(1));
        assertThat(recorder.batches()).isEmpty();
        assertThat(recorder.isOnline("room")).isTrue();
    }

    @Test
    void error_isPassedOn() {
        room.onRead = () -> {
            throw new LinkageError("broken build");
        };
        var lane = lane(room.onBus(1, "room", SECOND));
        assertThatThrownBy(lane::turn).isInstanceOf(LinkageError.class);
    }

    @Test
    void heldBus_goesOffline_handsOnWhatItHas_andResumes() {
        var lane = lane(
                desk.onBus(1, "desk", SECOND),
                room.onBus(1, "room", SECOND),
                new FakeSource().onBus(1, "rare", Duration.ofHours(1)));
        runUntil(lane, Duration.ofSeconds(1));
        room.onRead = () -> {
            var before = recorder.count("desk");
            clock.advance(Duration.ofSeconds(6));
            lane.housekeeping();
            lane.housekeeping();
            assertThat(recorder.count("desk")).isEqualTo(before + 1);
            assertThat(lane.isHealthy(clock.nanoTime())).isTrue();
            return FakeSource.one();
        };
        clock.advanceTo(lane.agenda().nextDue(clock.nanoTime()));
        lane.turn();
        assertThat(recorder.events("room")).hasSize(3);
        assertThat(recorder.events("room").get(1).why()).contains("has not returned for 5 s");
        assertThat(recorder.events("room").get(2).why()).contains("the read took 6 s");
        assertThat(recorder.events("desk")).hasSize(3).last().matches(Recorder.Event::online);
        assertThat(recorder.events("desk").get(1).why()).contains("held by room");
        assertThat(recorder.events("rare")).hasSize(1);
        room.onRead = FakeSource::one;
        runUntil(lane, Duration.ofSeconds(15));
        assertThat(recorder.isOnline("room")).isTrue();
        assertThat(seqs(recorder.readings("room")))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, recorder.count("room"))
                        .boxed()
                        .toList());
    }

    @Test
    void lane_thatOverslept_isNotHealthy() {
        var lane = lane(room.onBus(1, "room", SECOND));
        assertThat(lane.isHealthy(Duration.ofSeconds(9).toNanos())).isTrue();
        assertThat(lane.isHealthy(Duration.ofSeconds(11).toNanos())).isFalse();
    }

    /** Each kind of outage: the first value after it is not mixed with those before. */
    @Test
    void filters_forgetWhatWasBeforeAnOutage() {
        var filters = Filters.read(ConfigFile.parse("filters = [ { average = 100 } ]", new Problems()), "");
        var plain = room.onBus(1, "room", SECOND);
        var lane = lane(new ScheduledSensor(
                plain.id(),
                plain.type(),
                SECOND,
                plain.plan(),
                plain.measurements(),
                Map.of(FakeSource.QUANTITY.name(), filters)));
        runUntil(lane, Duration.ofSeconds(20));
        room.onRead = () -> {
            throw FakeSource.broken();
        };
        runUntil(lane, Duration.ofSeconds(21));
        room.onRead = () -> List.of(Measurement.of(FakeSource.QUANTITY, 5));
        var before = recorder.count("room");
        runUntil(lane, Duration.ofSeconds(30));
        assertThat(recorder.readings("room").get(before).value()).isEqualTo(Value.of(5));
        // nothing new for longer than a gap, and then another value: the sensor was there all the time
        room.onRead = List::of;
        runUntil(lane, Duration.ofSeconds(50));
        room.onRead = () -> List.of(Measurement.of(FakeSource.QUANTITY, 50));
        before = recorder.count("room");
        runUntil(lane, Duration.ofSeconds(51));
        assertThat(recorder.readings("room").get(before).value())
                .isNotEqualTo(Value.of(50))
                .isNotEqualTo(Value.of(5));
    }

    /** A distance sensor with nothing before it: each tick is tried, the sensor stays open, and nobody is alarmed. */
    @Test
    void noValueNow_isNoFailure() {
        room.onRead = () -> {
            throw new NoValueException("no target");
        };
        var lane = lane(room.onBus(1, "room", SECOND));
        runUntil(lane, Duration.ofMinutes(10));
        assertThat(room.reads).hasValue(601);
        assertThat(room.opens).hasValue(1);
        assertThat(recorder.events("room")).containsExactly(new Recorder.Event("room", false, ""));
        assertThat(lane.sensors().get(0))
                .matches(status -> status.failures() == 0 && status.why().equals("no target"));
        assertThat(recorder.readings("room")).isEmpty();
        room.onRead = FakeSource::one;
        runUntil(lane, Duration.ofMinutes(10).plusSeconds(1));
        assertThat(recorder.readings("room")).hasSize(1);
        assertThat(lane.sensors().get(0).why()).isEmpty();
    }

    @Test
    void noValueNow_endsAnAlert_andAFailureBeginsOne() {
        room.onRead = () -> {
            throw FakeSource.broken();
        };
        var lane = lane(room.onBus(1, "room", SECOND));
        runUntil(lane, SECOND);
        room.onRead = () -> {
            throw new NoValueException("no target");
        };
        runUntil(lane, Duration.ofSeconds(10));
        room.onRead = () -> {
            throw FakeSource.broken();
        };
        runUntil(lane, Duration.ofSeconds(20));
        assertThat(recorder.events("room"))
                .containsExactly(
                        new Recorder.Event("room", false, "no answer"),
                        new Recorder.Event("room", false, ""),
                        new Recorder.Event("room", false, "no answer"));
    }

    /** Files are tried again within 5 s of any failure, buses and thermometers within a minute. */
    @Test
    void backOff_isByWhatATryCosts() {
        assertThat(longestPause(room.onFile("room", SECOND))).isEqualTo(5);
        assertThat(longestPause(room.onBus(1, "room", SECOND))).isEqualTo(60);
        var costly = new FileSource("1-wire", false);
        assertThat(longestPause(room.scheduled("room", SECOND, costly, FakeSource.config(SECOND, true, 1, 0))))
                .isEqualTo(60);
    }

    private long longestPause(ScheduledSensor failing) {
        var tries = new ArrayList<Long>();
        room.onRead = () -> {
            tries.add(clock.nanoTime() / 1_000_000_000);
            throw FakeSource.broken();
        };
        runUntil(lane(failing), Duration.ofNanos(clock.nanoTime()).plus(Duration.ofHours(1)));
        return LongStream.range(1, tries.size())
                .map(i -> tries.get((int) i) - tries.get((int) i - 1))
                .max()
                .orElseThrow();
    }
}
