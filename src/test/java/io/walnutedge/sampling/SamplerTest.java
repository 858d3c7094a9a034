package io.walnutedge.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walnutedge.event.EventListener;
import io.walnutedge.event.EventStream;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Reading;
import io.walnutedge.reading.SampleClock;
import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.Lane;
import io.walnutedge.sensor.NoHardware;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.Source;
import io.walnutedge.sensor.serial.SerialSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With real threads and real time: what is asserted is counted, not timed. */
class SamplerTest {
    /** Hangs after 1500 ms on whatever lane. */
    private record Hasty(Source source) implements Source {
        @Override
        public String describe() {
            return source.describe();
        }

        @Override
        public Lane lane(Hardware hardware) {
            var lane = source.lane(hardware);
            return new Lane(lane.name(), lane.rank(), Duration.ofMillis(1500), lane.held());
        }

        @Override
        public boolean mayLackValues() {
            return source.mayLackValues();
        }

        @Override
        public boolean isCheap() {
            return source.isCheap();
        }
    }

    private final Recorder recorder = new Recorder();
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicReference<Throwable> fatal = new AtomicReference<>();
    private final List<ScheduledSensor> sensors = new ArrayList<>();
    private final Set<String> hanging = ConcurrentHashMap.newKeySet();
    private Duration every = Duration.ofMillis(100);
    private final AtomicLong leap = new AtomicLong();
    private EventStream events = new EventStream();
    private Sampler sampler = sampler(recorder);

    private long nanoTime() {
        return System.nanoTime() + leap.get();
    }

    private Sampler sampler(EventListener listener) {
        var clock = new SampleClock(this::nanoTime, InstantSource.system(), () -> true, "boot");
        var latest = new LatestReadings(new NoHardware(), this::nanoTime);
        events = new EventStream();
        events.subscribe(latest);
        events.subscribe(listener);
        return new Sampler(sensors, latest, events, clock, FakeSource.NO_STATE, (thread, error) -> fatal.set(error));
    }

    private void start() {
        sampler = sampler(recorder);
        sampler.start();
    }

    @AfterEach
    void end() {
        release.countDown();
        sampler.close();
    }

    /** Waits as the daemon does, with a look at the lanes now and then. */
    private void awaitThat(BooleanSupplier condition) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    sampler.housekeeping();
                    return condition.getAsBoolean();
                });
    }

    private FakeSource file(String id) {
        var source = blocking(id);
        sensors.add(source.onFile(id, every));
        return source;
    }

    private FakeSource bus(int bus, String id) {
        var source = blocking(id);
        sensors.add(source.onBus(bus, id, every));
        return source;
    }

    private FakeSource blocking(String id) {
        var source = new FakeSource();
        source.place = Hasty::new;
        source.onRead = () -> hanging.contains(id) ? FakeSource.blockOn(release) : FakeSource.one();
        return source;
    }

    private SensorStatus status(String id) {
        return sampler.status().stream()
                .filter(status -> status.id().value().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private LaneStatus lane(String name) {
        return sampler.lanes().stream()
                .filter(lane -> lane.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void assertNoGaps(String id) {
        var seqs = recorder.readings(id).stream()
                .map(Reading::stamp)
                .map(stamp -> stamp.seq())
                .toList();
        assertThat(seqs)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, seqs.size()).boxed().toList());
    }

    private static Set<String> samplingThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("file-") || name.startsWith("bus-") || name.startsWith("serial-"))
                .collect(Collectors.toSet());
    }

    @Test
    void serialPortThatHangs_holdsUpNobody_andHasAThreadOfItsOwn() {
        for (var name : List.of("ttyS1", "ttyS2")) {
            var source = new SerialSource(Path.of("/dev", name));
            sensors.add(blocking(name.toLowerCase(Locale.ROOT))
                    .scheduled(name.toLowerCase(Locale.ROOT), every, source, FakeSource.config(every, true, 1, 0)));
        }
        file("file");
        hanging.add("ttys1");
        start();
        awaitThat(() -> status("ttys1").state() == SensorStatus.State.OFFLINE
                && recorder.count("ttys2") >= 20
                && recorder.count("file") >= 20);
        assertThat(status("ttys1").why()).contains("has not returned for 1500 ms and holds the port");
        assertThat(status("ttys1").lane()).isEqualTo("serial-ttyS1");
        assertThat(status("ttys2").lane()).isEqualTo("serial-ttyS2");
        assertNoGaps("ttys2");
        assertNoGaps("file");
    }

    /**
     * Eight hangs at once cost the others 20 + 7 * 5 ms, less than a tick: what they may lose here is for a machine with a
     * load of ten per processor. Without a follower they would lose 50 ticks, with one a second about 30.
     */
    @Test
    void eightOfSixteenFilesHang_theOthersKeepTheirTicks() {
        every = Duration.ofMillis(250);
        IntStream.range(0, 16).forEach(i -> file("f" + i));
        bus(9, "control");
        start();
        awaitThat(() -> recorder.count("f15") >= 10);
        IntStream.range(0, 8).forEach(i -> hanging.add("f" + 2 * i));
        awaitThat(() -> recorder.count("control") >= 70);
        var allowed = status("control").missed() + 3;
        for (var i = 0; i < 8; i++) {
            var healthy = status("f" + (2 * i + 1));
            assertThat(healthy.missed()).as(healthy.id().value()).isLessThanOrEqualTo(allowed);
            assertThat(recorder.events(healthy.id().value())).hasSize(1);
            assertNoGaps(healthy.id().value());
            var hung = status("f" + 2 * i);
            assertThat(hung.state()).isEqualTo(SensorStatus.State.OFFLINE);
            assertThat(hung.why()).contains("has not returned for 1500 ms");
            assertThat(recorder.events(hung.id().value())).hasSize(2);
        }
        assertThat(lane("file").setAside()).isEqualTo(8);
        assertThat(sampler.healthy(nanoTime())).isTrue();

        hanging.clear();
        release.countDown();
        awaitThat(() -> IntStream.range(0, 16).allMatch(i -> recorder.isOnline("f" + i)));
        assertThat(lane("file").setAside()).isZero();
        assertThat(samplingThreads()).hasSizeLessThanOrEqualTo(5);
        IntStream.range(0, 16).forEach(i -> assertNoGaps("f" + i));
    }

    @Test
    void aloneInThePool_aHangIsNoticed_andTheSensorComesBack() {
        file("tank");
        start();
        awaitThat(() -> recorder.count("tank") >= 2);
        hanging.add("tank");
        awaitThat(() -> lane("file").setAside() == 1);
        assertThat(recorder.isOnline("tank")).isFalse();
        hanging.clear();
        release.countDown();
        awaitThat(() -> recorder.isOnline("tank"));
        assertNoGaps("tank");
    }

    @Test
    void hangThatAnInterruptEnds_costsNoThread() {
        var tank = file("tank");
        file("other");
        tank.onRead = () -> {
            release.await();
            return FakeSource.one();
        };
        start();
        awaitThat(() -> tank.reads.get() >= 2 && !recorder.events("tank").isEmpty());
        awaitThat(() -> lane("file").setAside() == 0);
        assertThat(recorder.isOnline("tank")).isFalse();
        assertThat(recorder.count("tank")).isZero();
        assertThat(tank.closes.get()).isPositive();
    }

    @Test
    void moreSensorsThanTheBound_allHangButOne_itGoesOn() {
        IntStream.range(0, FilePool.MAX_AWAY + 4).forEach(i -> file("f" + i));
        file("last");
        IntStream.range(0, FilePool.MAX_AWAY + 4).forEach(i -> hanging.add("f" + i));
        start();
        awaitThat(() -> lane("file").setAside() == FilePool.MAX_AWAY + 4);
        var before = recorder.count("last");
        awaitThat(() -> recorder.count("last") >= before + 10);
        assertThat(recorder.events("last")).hasSize(1);
    }

    /** Ten hang, and a minute later each would cost a second thread: six of them may, and nobody else notices. */
    @Test
    void atTheBound_noSecondThreadIsRisked_andAllComeBack() {
        IntStream.range(0, 10).forEach(i -> file("f" + i));
        file("last");
        IntStream.range(0, 10).forEach(i -> hanging.add("f" + i));
        start();
        awaitThat(() -> lane("file").setAside() == 10);
        leap.addAndGet(Duration.ofSeconds(62).toNanos());
        awaitThat(() -> lane("file").setAside() == FilePool.MAX_AWAY);
        var whys = IntStream.range(0, 10).mapToObj(i -> status("f" + i).why()).toList();
        assertThat(whys)
                .filteredOn(why -> why.startsWith("2 reads have not returned"))
                .hasSize(6);
        assertThat(whys)
                .filteredOn(why -> why.startsWith("16 threads hang in reads"))
                .hasSize(4);
        IntStream.range(0, 10)
                .forEach(i -> assertThat(recorder.events("f" + i))
                        .hasSize(2)
                        .last()
                        .extracting(Recorder.Event::why)
                        .isEqualTo(whys.get(i)));
        var before = recorder.count("last");
        awaitThat(() -> recorder.count("last") >= before + 10);
        hanging.clear();
        release.countDown();
        awaitThat(() -> IntStream.range(0, 10).allMatch(i -> recorder.isOnline("f" + i)));
        assertThat(lane("file").setAside()).isZero();
    }

    /** As a file that was a FIFO and is a file again: the first thread hangs for ever on what is gone. */
    @Test
    void sourceThatWasReplaced_isFoundByASecondThread() {
        file("tank");
        file("other");
        hanging.add("tank");
        start();
        awaitThat(() -> lane("file").setAside() == 1);
        hanging.clear();
        assertThat(recorder.isOnline("tank")).isFalse();
        leap.addAndGet(Duration.ofSeconds(62).toNanos());
        awaitThat(() -> recorder.isOnline("tank"));
        assertThat(lane("file").setAside()).isEqualTo(1);
        assertNoGaps("tank");
    }

    @Test
    void hungBus_stallsNeitherAnotherBusNorFiles_andResumes() {
        bus(1, "stuck");
        bus(1, "neighbour");
        bus(2, "other");
        file("file");
        start();
        awaitThat(() -> recorder.isOnline("stuck") && recorder.isOnline("neighbour"));
        hanging.add("stuck");
        awaitThat(() -> !recorder.isOnline("stuck") && !recorder.isOnline("neighbour"));
        var before = recorder.count("other");
        awaitThat(() -> recorder.count("other") >= before + 20);
        assertThat(status("neighbour").why()).contains("held by stuck");
        assertThat(sampler.healthy(nanoTime())).isTrue();
        assertThat(recorder.events("other")).hasSize(1);
        assertThat(recorder.events("file")).hasSize(1);
        var stuck = recorder.count("neighbour");
        hanging.clear();
        release.countDown();
        awaitThat(() -> recorder.isOnline("stuck") && recorder.count("neighbour") > stuck);
        assertThat(status("stuck").missed()).isPositive();
        assertNoGaps("stuck");
    }

    @Test
    void slowFile_isReadBesideTheOthers_andKeepsItsThread() {
        var slow = new FakeSource();
        slow.onRead = () -> {
            release.await(300, TimeUnit.MILLISECONDS);
            return FakeSource.one();
        };
        sensors.add(slow.onFile("slow", Duration.ofMillis(500)));
        file("quick");
        bus(9, "control");
        start();
        awaitThat(() -> recorder.count("slow") >= 10);
        assertThat(recorder.events("slow")).hasSize(1);
        assertThat(lane("file").setAside()).isZero();
        assertThat(status("quick").missed())
                .isLessThanOrEqualTo(status("control").missed() + 5);
        assertNoGaps("slow");
        assertNoGaps("quick");
    }

    @Test
    void filesDueTogether_areOneBatch() {
        IntStream.range(0, 10).forEach(i -> file("f" + i));
        start();
        awaitThat(() -> recorder.count("f9") >= 20);
        var whole =
                recorder.batches().stream().filter(batch -> batch.size() == 10).count();
        assertThat(whole).isGreaterThan(recorder.batches().size() / 2);
    }

    @Test
    void error_isHandedToWhoeverEndsTheProcess() {
        var file = file("file");
        file.onRead = () -> {
            throw new LinkageError("broken build");
        };
        start();
        await().until(() -> fatal.get() instanceof LinkageError);
    }

    @Test
    void sinkThatThrows_endsNoLane() {
        var calls = new AtomicInteger();
        file("file");
        var sink = new EventListener() {
            @Override
            public void readings(List<Reading> batch) {
                calls.incrementAndGet();
                throw new IllegalStateException("a sink's mistake");
            }
        };
        sampler = sampler(sink);
        sampler.start();
        awaitThat(() -> calls.get() >= 3);
        assertThat(events.failures()).isGreaterThanOrEqualTo(3);
        assertThat(fatal).hasNullValue();
    }

    @Test
    void readNow_samplesBesideTheTicks_onFilesAndBuses() {
        every = Duration.ofHours(1);
        file("file");
        file("other");
        bus(1, "bus");
        start();
        awaitThat(() -> recorder.isOnline("file") && recorder.isOnline("other") && recorder.isOnline("bus"));
        assertThat(sampler.readNow(new ItemId("file"))).isTrue();
        assertThat(sampler.readNow(new ItemId("bus"))).isTrue();
        assertThat(sampler.readNow(new ItemId("nobody"))).isFalse();
        awaitThat(() -> recorder.count("file") == 2 && recorder.count("bus") == 2);
        assertThat(recorder.count("other")).isEqualTo(1);
        assertThat(status("file").missed()).isZero();
        assertNoGaps("file");
    }

    @Test
    void readNow_ofASensorThatBacksOff_triesItAtOnce() {
        every = Duration.ofHours(1);
        var file = file("file");
        var well = file.onRead;
        file.onRead = () -> {
            throw new SensorException("unplugged");
        };
        start();
        awaitThat(() -> status("file").state() == SensorStatus.State.OFFLINE);
        file.onRead = well;
        sampler.readNow(new ItemId("file"));
        awaitThat(() -> recorder.isOnline("file") && recorder.count("file") == 1);
    }

    @Test
    void interval_isAnotherOneFromNowOn() {
        every = Duration.ofHours(1);
        file("file");
        bus(1, "bus");
        start();
        awaitThat(() -> recorder.isOnline("file") && recorder.isOnline("bus"));
        assertThat(sampler.interval(new ItemId("file"), Duration.ofMillis(20))).isTrue();
        assertThat(sampler.interval(new ItemId("bus"), Duration.ofMillis(20))).isTrue();
        assertThat(sampler.interval(new ItemId("nobody"), Duration.ofMillis(20)))
                .isFalse();
        awaitThat(() -> recorder.count("file") >= 10 && recorder.count("bus") >= 10);
        sampler.interval(new ItemId("file"), Duration.ofHours(1));
        assertNoGaps("file");
    }

    @Test
    void close_closesSensors_andEndsThreads() {
        var file = file("file");
        var bus = bus(1, "bus");
        start();
        awaitThat(() -> recorder.isOnline("file") && recorder.isOnline("bus"));
        sampler.close();
        assertThat(file.closes).hasValue(1);
        assertThat(bus.closes).hasValue(1);
        assertThat(samplingThreads()).isEmpty();
        assertThat(recorder.events("file")).hasSize(1);
        sampler.close();
    }

    @Test
    void close_withReadsThatHang_returns_andTellsNothingMore() {
        file("file");
        file("other");
        bus(1, "bus");
        start();
        awaitThat(() -> recorder.isOnline("file") && recorder.isOnline("bus") && recorder.isOnline("other"));
        hanging.addAll(Set.of("file", "bus"));
        awaitThat(() -> lane("file").setAside() == 1 && !recorder.isOnline("bus"));
        sampler.close();
        var told = recorder.events("file").size() + recorder.events("bus").size();
        release.countDown();
        await().until(() -> samplingThreads().isEmpty());
        assertThat(recorder.events("file").size() + recorder.events("bus").size())
                .isEqualTo(told);
    }

    // ---- another configuration

    private void change(Set<String> leaving, ScheduledSensor... coming) {
        sampler.change(leaving.stream().map(ItemId::new).collect(Collectors.toSet()), List.of(coming));
    }

    @Test
    void change_takesAndGivesSensors_andTheOthersDoNotNotice() {
        bus(1, "stays");
        var leaves = bus(1, "leaves");
        file("file");
        start();
        awaitThat(() -> recorder.count("stays") > 2 && recorder.count("leaves") > 2);

        change(
                Set.of("leaves"),
                blocking("new").onBus(1, "new", every),
                blocking("other").onBus(2, "other", every),
                blocking("text").onFile("text", every));

        awaitThat(() -> leaves.closes.get() == 1);
        var told = recorder.count("leaves");
        var before = recorder.count("stays");
        awaitThat(() -> recorder.count("stays") > before + 5
                && recorder.count("new") > 5
                && recorder.count("other") > 5
                && recorder.count("text") > 5);
        assertThat(recorder.count("leaves")).isEqualTo(told);
        assertThat(recorder.events("leaves")).as("it is no news that it left").hasSize(1);
        assertThat(recorder.events("stays")).hasSize(1);
        assertNoGaps("stays");
        assertThat(samplingThreads()).contains("bus-1", "bus-2");
        assertThat(sampler.status().stream().map(status -> status.id().value()))
                .containsExactlyInAnyOrder("stays", "file", "new", "other", "text");
    }

    @Test
    void changedSensor_isClosedAndOpened_andCountsOn() {
        var old = bus(1, "room");
        start();
        awaitThat(() -> recorder.count("room") > 2);
        var fresh = new FakeSource();

        change(Set.of("room"), fresh.onBus(2, "room", every));

        awaitThat(() -> old.closes.get() == 1 && fresh.reads.get() > 3);
        awaitThat(() -> recorder.count("room") > 8);
        assertNoGaps("room");
    }

    @Test
    void sensorThatLeaves_whileItHangs_tellsNothingAnyMore_andIsClosedWhenItReturns() {
        var leaves = bus(1, "leaves");
        bus(1, "stays");
        start();
        awaitThat(() -> recorder.count("leaves") > 0 && recorder.count("stays") > 0);
        hanging.add("leaves");
        awaitThat(() -> !recorder.isOnline("leaves") && !recorder.isOnline("stays"));
        var told = recorder.events("leaves").size();
        var readings = recorder.count("leaves");

        change(Set.of("leaves"));
        release.countDown();

        awaitThat(() -> leaves.closes.get() == 1 && recorder.isOnline("stays"));
        assertThat(recorder.events("leaves")).hasSize(told);
        assertThat(recorder.count("leaves")).isEqualTo(readings);
    }

    @Test
    void filesLeaveAndCome_alsoTheLastOne() {
        var leaves = file("leaves");
        start();
        awaitThat(() -> recorder.count("leaves") > 2);

        change(Set.of("leaves"));
        awaitThat(() -> leaves.closes.get() == 1);
        assertThat(sampler.healthy(nanoTime())).isTrue();
        change(Set.of(), blocking("a").onFile("a", every), blocking("b").onFile("b", every));

        hanging.add("a");
        awaitThat(() -> recorder.count("b") > 5 && !recorder.isOnline("a"));
        assertNoGaps("b");
    }
}
