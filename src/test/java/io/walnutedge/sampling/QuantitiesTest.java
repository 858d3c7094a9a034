package io.walnutedge.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.config.MeasurementConfig;
import io.walnutedge.event.EventStream;
import io.walnutedge.reading.Absence;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.reading.Reading;
import io.walnutedge.sensor.NoHardware;
import io.walnutedge.sensor.NoValueException;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.i2c.I2cDevice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Quantities with a value, without one, and failed, of one sensor on virtual time: {@code v}, {@code n} and {@code f}. */
class QuantitiesTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final List<Quantity> ALL =
            Stream.of("a", "b", "c").map(name -> new Quantity(name, "", 2)).toList();

    private final VirtualClock clock = new VirtualClock();
    private final Recorder recorder = new Recorder();
    private final LatestReadings latest = new LatestReadings(new NoHardware(), clock::nanoTime);
    private final EventStream events = new EventStream();
    private final FakeSource source = new FakeSource();

    @BeforeEach
    void subscribe() {
        events.subscribe(latest);
        events.subscribe(recorder);
    }

    /** One letter for each quantity; {@code -} says nothing of it. */
    private static List<Measurement> sample(String letters) {
        var sample = new ArrayList<Measurement>();
        for (var i = 0; i < letters.length(); i++) {
            var quantity = ALL.get(i);
            switch (letters.charAt(i)) {
                case 'v' -> sample.add(Measurement.of(quantity, i + 1));
                case 'n' -> sample.add(new Measurement(quantity, Absence.normal("no target")));
                case 'f' -> sample.add(new Measurement(quantity, Absence.failure("no answer")));
                default -> {
                    // nothing
                }
            }
        }
        return sample;
    }

    private BusLane lane(MeasurementConfig... configs) {
        var plan = new SensorPlan(new I2cDevice(1, 0x40), ALL, hardware -> () -> {
            source.reads.incrementAndGet();
            return source.onRead.read();
        });
        var sensor = new ScheduledSensor(
                new ItemId("s"),
                "fake",
                SECOND,
                plan,
                Stream.of(configs).collect(Collectors.toMap(MeasurementConfig::quantity, Function.identity())),
                Map.of());
        var context = new SensorWorker.Context(latest, events, clock.asClock(), (thread, error) -> {});
        return FakeSource.lane(List.of(new Task(sensor, 0, events, FakeSource.NO_STATE)), context);
    }

    private BusLane lane() {
        return lane(ALL.stream()
                .map(each -> FakeSource.config(each, SECOND, true, 1, 0))
                .toArray(MeasurementConfig[]::new));
    }

    private void run(BusLane lane, int seconds) {
        var end = clock.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        lane.turn();
        while (lane.agenda().nextDue(clock.nanoTime()) <= end) {
            clock.advanceTo(lane.agenda().nextDue(clock.nanoTime()));
            lane.turn();
        }
        clock.advanceTo(end);
    }

    private String published() {
        return recorder.readings("s").stream().map(Reading::quantity).distinct().collect(Collectors.joining());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "vvv | abc | true  | ''           | s.a online / s.b online / s.c online",
                "vnv | ac  | true  | ''           | s.a online / s.b none: no target / s.c online",
                "vfv | ac  | true  | b: no answer | s.a online / s.b failed: no answer / s.c online",
                "nfn | ''  | true  | b: no answer | s.a none: no target / s.b failed: no answer / s.c none: no target",
                "nnn | ''  | true  | ''           | s.a none: no target / s.b none: no target / s.c none: no target",
                "fff | ''  | false | no answer    | -",
            })
    void eachHasItsValueOrReason_andTheSensorIsOfflineOnlyIfAllFailed(
            String letters, String published, boolean online, String alert, String told) {
        source.onRead = () -> sample(letters);
        run(lane(), 1);
        assertThat(published()).isEqualTo(published);
        assertThat(recorder.events("s")).containsExactly(new Recorder.Event("s", online, alert));
        assertThat(recorder.quantities()).containsExactly(told == null ? new String[0] : told.split(" / "));
    }

    @Test
    void noValueAtAll_isOfEachQuantity_withoutBackOffAndAlert() {
        source.onRead = () -> {
            throw new NoValueException("warms up");
        };
        var lane = lane();
        run(lane, 600);
        assertThat(source.reads).hasValue(601);
        assertThat(recorder.events("s")).containsExactly(new Recorder.Event("s", true, ""));
        assertThat(recorder.quantities())
                .containsExactlyInAnyOrder("s.a none: warms up", "s.b none: warms up", "s.c none: warms up");
        assertThat(lane.sensors().get(0))
                .matches(status -> status.failures() == 0
                        && status.why().isEmpty()
                        && status.state() == SensorStatus.State.ONLINE);
    }

    @Test
    void changes_areToldOnceEach_andTheAlertEndsWithTheFailure() {
        var turn = new int[1];
        var letters = List.of("vvv", "vnv", "vnv", "vfv", "vfv", "vvv", "fff", "vnv");
        source.onRead = () -> sample(letters.get(Math.min(turn[0]++, letters.size() - 1)));
        run(lane(), 20);
        assertThat(recorder.quantities())
                .containsExactly(
                        "s.a online",
                        "s.b online",
                        "s.c online",
                        "s.b none: no target",
                        "s.b failed: no answer",
                        "s.b online",
                        "s.b none: no target");
        assertThat(recorder.events("s"))
                .containsExactly(
                        new Recorder.Event("s", true, ""),
                        new Recorder.Event("s", true, "b: no answer"),
                        new Recorder.Event("s", true, ""),
                        new Recorder.Event("s", false, "no answer"),
                        new Recorder.Event("s", true, ""));
    }

    /** A chip that warms up, or measures by itself, gives nothing at first; between two values it has the last one. */
    @Test
    void nothingYet_isNoValue_andNothingNewIsNone() {
        var turn = new int[1];
        var letters = List.of("---", "---", "vv-", "---", "vvv", "--v");
        source.onRead = () -> sample(letters.get(Math.min(turn[0]++, letters.size() - 1)));
        run(lane(), 20);
        var why = " none: it has not had one since it was switched on";
        assertThat(recorder.quantities())
                .containsExactlyInAnyOrder(
                        "s.a" + why, "s.b" + why, "s.c" + why, "s.a online", "s.b online", "s.c online");
        assertThat(recorder.quantities().subList(3, 6)).containsExactly("s.a online", "s.b online", "s.c online");
    }

    /** What waits for its turn is not published once its quantity has no value any more. */
    @Test
    void waitingValue_isForgotten() {
        var slow = FakeSource.config(ALL.get(0), SECOND.multipliedBy(5), true, 1, 0);
        var quick = FakeSource.config(ALL.get(1), SECOND, true, 1, 0);
        source.onRead = () -> {
            var second = clock.nanoTime() / 1_000_000_000;
            return sample(second >= 4 && second < 8 ? "nv" : "vv");
        };
        run(lane(slow, quick), 10);
        assertThat(recorder.readings("s").stream()
                        .filter(reading -> reading.quantity().equals("a")))
                .extracting(reading -> reading.stamp().monotonicNanos() / 1_000_000_000)
                .containsExactly(0L, 8L, 10L);
    }

    @Test
    void notFiniteAfterCalibration_isOfItsQuantityAlone() {
        source.onRead = () -> List.of(Measurement.of(ALL.get(0), 1e300), Measurement.of(ALL.get(1), 1));
        run(
                lane(
                        FakeSource.config(ALL.get(0), SECOND, true, 1e12, 0),
                        FakeSource.config(ALL.get(1), SECOND, true, 1, 0)),
                1);
        assertThat(published()).isEqualTo("b");
        assertThat(recorder.quantities().get(0)).startsWith("s.a failed: a: ").contains("not a finite number");
    }

    /** A channel that nobody wants takes nothing, and is not told of. */
    @Test
    void disabledQuantity_isNobodysTrouble() {
        source.onRead = () -> sample("fv");
        run(
                lane(
                        FakeSource.config(ALL.get(0), SECOND, false, 1, 0),
                        FakeSource.config(ALL.get(1), SECOND, true, 1, 0)),
                1);
        assertThat(recorder.events("s")).containsExactly(new Recorder.Event("s", true, ""));
        assertThat(recorder.quantities()).containsExactly("s.b online");
    }

    /** A formula does not compute from what is not there any more. */
    @Test
    void formulas_doNotSeeTheOldValue() throws SensorException {
        source.onRead = () -> sample("vv");
        var lane = lane();
        run(lane, 1);
        assertThat(value("a")).isEqualTo(1);
        source.onRead = () -> sample("nv");
        run(lane, 1);
        assertThat(latest.latest(new ItemId("s"), "a")).isEmpty();
        assertThat(value("b")).isEqualTo(2);
    }

    private double value(String quantity) {
        return latest.latest(new ItemId("s"), quantity).orElseThrow().value();
    }
}
