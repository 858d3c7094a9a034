package io.walnutedge.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walnutedge.config.MeasurementConfig;
import io.walnutedge.filter.Filters;
import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problems;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.reading.Reading;
import io.walnutedge.reading.SampleClock;
import io.walnutedge.reading.Value;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.files.FileSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MeasurementPipelineTest {
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final SampleClock.Moment MOMENT =
            new SampleClock.Moment("boot", 42, Instant.parse("2026-01-02T03:04:05Z"), true);

    private static MeasurementPipeline of(MeasurementConfig... configs) {
        return filtered(Map.of(), configs);
    }

    private static MeasurementPipeline filtered(Map<String, Filters> filters, MeasurementConfig... configs) {
        var plan = new SensorPlan(new FileSource("file"), List.of(FakeSource.QUANTITY), hardware -> List::of);
        return new MeasurementPipeline(
                new ScheduledSensor(
                        new ItemId("room"),
                        "fake",
                        EVERY,
                        plan,
                        Stream.of(configs).collect(Collectors.toMap(MeasurementConfig::quantity, Function.identity())),
                        filters),
                FakeSource.NO_STATE);
    }

    private static List<Reading> publish(MeasurementPipeline publisher, long tick, Measurement... measured)
            throws SensorException {
        return publisher.publish(tick, publisher.calibrate(List.of(measured)), MOMENT);
    }

    @Test
    void publish_calibratesAndStamps() throws SensorException {
        var publisher = of(FakeSource.config(EVERY, true, 0.5, 1));
        var reading = publish(publisher, 0, Measurement.of(FakeSource.QUANTITY, 40));
        assertThat(reading)
                .containsExactly(new Reading(new ItemId("room"), "temperature", Value.of(21), MOMENT.stamp(1)));
    }

    @Test
    void publish_disabledOrUnknownQuantity_isIgnored() throws SensorException {
        var publisher = of(FakeSource.config(EVERY, false, 1, 0));
        assertThat(publish(publisher, 0, Measurement.of(FakeSource.QUANTITY, 1), Measurement.of(Quantity.HUMIDITY, 50)))
                .isEmpty();
    }

    @Test
    void publish_missingQuantity_leavesNoGapInItsCount() throws SensorException {
        var publisher =
                of(FakeSource.config(EVERY, true, 1, 0), FakeSource.config(Quantity.HUMIDITY, EVERY, true, 1, 0));
        publish(publisher, 0, Measurement.of(FakeSource.QUANTITY, 1), Measurement.of(Quantity.HUMIDITY, 50));
        publish(publisher, 1, Measurement.of(FakeSource.QUANTITY, 1));
        var last = publish(publisher, 2, Measurement.of(FakeSource.QUANTITY, 1), Measurement.of(Quantity.HUMIDITY, 50));
        assertThat(last).extracting(reading -> reading.stamp().seq()).containsExactly(3L, 2L);
    }

    @Test
    void publish_everyThirdTick_onTheGridAndWithoutGaps() throws SensorException {
        var publisher = of(FakeSource.config(EVERY.multipliedBy(3), true, 1, 0));
        assertThat(ticksPublished(publisher, 0, 1, 2, 3, 4, 5, 6)).containsExactly(0L, 3L, 6L);
        assertThat(publish(publisher, 9, Measurement.of(FakeSource.QUANTITY, 1))
                        .get(0)
                        .stamp()
                        .seq())
                .isEqualTo(4);
    }

    @Test
    void publish_whenItsTickWasMissed_takesTheNext_andThenTheGrid() throws SensorException {
        var publisher = of(FakeSource.config(EVERY.multipliedBy(3), true, 1, 0));
        assertThat(ticksPublished(publisher, 0, 1, 2, 4, 5, 6, 7)).containsExactly(0L, 4L, 6L);
    }

    private static List<Long> ticksPublished(MeasurementPipeline publisher, long... ticks) throws SensorException {
        var published = new ArrayList<Long>();
        for (var tick : ticks) {
            if (!publish(publisher, tick, Measurement.of(FakeSource.QUANTITY, 1))
                    .isEmpty()) {
                published.add(tick);
            }
        }
        return published;
    }

    @Test
    void calibrate_notFinite_isTheSensorsTrouble() {
        var publisher = of(FakeSource.config(EVERY, true, 1e12, 0));
        assertThatThrownBy(() -> publisher.calibrate(List.of(Measurement.of(FakeSource.QUANTITY, 1e300))))
                .isInstanceOf(SensorException.class)
                .hasMessageContaining("temperature")
                .hasMessageContaining("not a finite number");
    }

    private static MeasurementPipeline filtered(String hocon, MeasurementConfig config) {
        var problems = new Problems();
        var filters = Filters.read(ConfigFile.parse(hocon, problems), "°C");
        assertThat(problems.list()).isEmpty();
        return filtered(Map.of(config.quantity(), filters), config);
    }

    /** The values published of samples of one a second, each as TICK=VALUE. */
    private static List<String> published(MeasurementPipeline publisher, double... samples) throws SensorException {
        var published = new ArrayList<String>();
        for (var tick = 0; tick < samples.length; tick++) {
            for (var reading : at(publisher, tick, samples[tick])) {
                published.add(tick + "=" + reading.value().format(1));
            }
        }
        return published;
    }

    private static List<Reading> at(MeasurementPipeline publisher, long tick, double sample) throws SensorException {
        var measured = List.of(Measurement.of(FakeSource.QUANTITY, sample));
        return publisher.publish(tick, publisher.calibrate(measured), moment(tick));
    }

    private static SampleClock.Moment moment(long tick) {
        return new SampleClock.Moment(
                "boot", EVERY.toNanos() * tick, MOMENT.wall().plus(EVERY.multipliedBy(tick)), true);
    }

    @Test
    void publish_filters_comeAfterTheCalibration() throws SensorException {
        var publisher = filtered("filters = [ { clamp { max = 10 } } ]", FakeSource.config(EVERY, true, 2, 1));
        assertThat(published(publisher, 2, 8)).containsExactly("0=5.0", "1=10.0");
    }

    @Test
    void publish_whatAFilterHoldsBack_isNotPublished_andLeavesNoGapInTheCount() throws SensorException {
        var publisher = filtered("filters = [ { reject { above = 50 } } ]", FakeSource.config(EVERY, true, 1, 0));
        assertThat(at(publisher, 0, 20)).hasSize(1);
        assertThat(at(publisher, 1, 85)).isEmpty();
        assertThat(at(publisher, 2, 21))
                .singleElement()
                .satisfies(reading -> assertThat(reading.stamp().seq()).isEqualTo(2));
    }

    @Test
    void publish_everyThirdTick_filtersSeeAllSamples() throws SensorException {
        var publisher = filtered("filters = [ { average = 3 } ]", FakeSource.config(EVERY.multipliedBy(3), true, 1, 0));
        assertThat(published(publisher, 1, 2, 3, 7, 8, 9, 10)).containsExactly("0=1.0", "3=4.0", "6=9.0");
    }

    @Test
    void publish_changeBetweenTurns_waitsForTheNext_withItsOwnTime() throws SensorException {
        var publisher =
                filtered("filters = [ { delta { by = 1 } } ]", FakeSource.config(EVERY.multipliedBy(3), true, 1, 0));
        assertThat(published(publisher, 20, 20, 25)).containsExactly("0=20.0");
        assertThat(at(publisher, 3, 25))
                .containsExactly(new Reading(
                        new ItemId("room"),
                        "temperature",
                        Value.of(25),
                        moment(2).stamp(2)));
        assertThat(at(publisher, 6, 25)).isEmpty();
        assertThat(at(publisher, 7, 30)).hasSize(1);
    }

    @Test
    void publish_whatWaitedWhileTheSensorWasAway_isForgotten() throws SensorException {
        var publisher = filtered(
                "filters = [ { reject { above = 50 } } ]", FakeSource.config(EVERY.multipliedBy(3), true, 1, 0));
        assertThat(published(publisher, 20, 21)).containsExactly("0=20.0");
        assertThat(at(publisher, 60, 85)).isEmpty();
        assertThat(at(publisher, 61, 22)).hasSize(1);
    }

    @Test
    void publish_outOfTurn_publishesWhatComesThrough() throws SensorException {
        var publisher = filtered(
                "filters = [ { reject { above = 50 } } ]", FakeSource.config(EVERY.multipliedBy(3), true, 1, 0));
        published(publisher, 20);
        assertThat(at(publisher, ReadAttempt.OUT_OF_TURN, 85)).isEmpty();
        assertThat(at(publisher, ReadAttempt.OUT_OF_TURN, 21)).hasSize(1);
    }
}
