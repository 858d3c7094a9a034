package io.walnutedge.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.config.EntityConfig;
import io.walnutedge.config.InputConfig;
import io.walnutedge.config.MeasurementConfig;
import io.walnutedge.config.PayloadFormat;
import io.walnutedge.config.Replay;
import io.walnutedge.config.Template;
import io.walnutedge.control.VirtualLoop;
import io.walnutedge.event.EventListener;
import io.walnutedge.event.InputEvent;
import io.walnutedge.gpio.FakeLines;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Reading;
import io.walnutedge.reading.SampleClock;
import io.walnutedge.state.StateFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CounterTest {
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final String KEY = "inputs.water.total";
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    static final SampleClock CLOCK = new SampleClock(() -> 42, () -> NOW, () -> true, "boot");

    @TempDir
    Path directory;

    private final VirtualLoop loop = new VirtualLoop();
    private final FakeLines lines = new FakeLines();
    private final List<String> heard = new ArrayList<>();
    private final List<Reading> readings = new ArrayList<>();
    private List<InputPlan> plans = List.of();
    private StateFile state = new StateFile(Path.of("never", "started"));
    private Inputs inputs = new Inputs(loop, lines, List.of(), state, new Ear(), CLOCK);

    private final class Ear implements EventListener {
        @Override
        public void contact(ItemId id, boolean on) {
            throw new AssertionError("a counter has no state");
        }

        @Override
        public void key(ItemId id, InputEvent event) {
            throw new AssertionError("a counter has no events");
        }

        @Override
        public void readings(List<Reading> batch) {
            readings.addAll(batch);
            batch.forEach(reading ->
                    heard.add(reading.quantity() + " " + reading.value().format(2)));
        }

        @Override
        public void availability(ItemId id, boolean online, String why) {
            heard.add(online ? "online" : "offline");
        }
    }

    @AfterEach
    void close() {
        state.close();
    }

    private static MeasurementConfig measurement(String quantity, Duration every, double factor) {
        return new MeasurementConfig(
                quantity,
                true,
                every,
                quantity,
                "",
                2,
                factor,
                0,
                PayloadFormat.PLAIN,
                1,
                false,
                Replay.ALL,
                Template.NONE,
                EntityConfig.DEFAULT);
    }

    private void start(int debounceMillis) {
        start(debounceMillis, measurement("total", EVERY, 1), measurement("rate", EVERY, 1), 1);
    }

    private void start(int debounceMillis, MeasurementConfig total, MeasurementConfig rate, double factor) {
        var debounce = new InputConfig.Debounce(Duration.ofMillis(debounceMillis), Duration.ofMillis(debounceMillis));
        var counter = new InputConfig.Counter(EVERY, factor, total, rate);
        var config = new InputConfig(new ItemId("water"), "12", false, debounce, counter);
        plans = List.of(new InputPlan(config, FakeLines.pin("water")));
        inputs = new Inputs(loop, lines, plans, state, new Ear(), CLOCK);
        inputs.start();
    }

    private void drive(boolean high) {
        lines.drive("water", high);
        loop.run();
    }

    private void pulses(int count, int onMillis, int offMillis) {
        for (var i = 0; i < count; i++) {
            drive(true);
            pass(onMillis);
            drive(false);
            pass(offMillis);
        }
    }

    private void pass(int millis) {
        loop.advance(Duration.ofMillis(millis));
    }

    @Test
    void start_tellsTheTotal_andTheFirstRateAfterItsTime() {
        start(5);
        assertThat(heard).containsExactly("online", "total 0.00");
        heard.clear();
        pass(9_999);
        assertThat(heard).isEmpty();
        pass(1);
        assertThat(heard).containsExactly("total 0.00", "rate 0.00");
    }

    @Test
    void count_isAReading_numberedForEachQuantity_alsoAfterAChangeOfTheConfiguration() {
        start(5);
        pass(10_000);
        assertThat(readings).extracting(Reading::quantity).containsExactly("total", "total", "rate");
        assertThat(readings).extracting(reading -> reading.stamp().seq()).containsExactly(1L, 2L, 1L);
        assertThat(readings).allSatisfy(reading -> {
            assertThat(reading.sensor()).isEqualTo(new ItemId("water"));
            assertThat(reading.stamp().wall()).isEqualTo(NOW);
            assertThat(reading.stamp().boot()).isEqualTo("boot");
        });
        inputs.remove(Set.of(new ItemId("water")));
        inputs.add(plans);
        assertThat(readings).last().extracting(reading -> reading.stamp().seq()).isEqualTo(3L);
    }

    @Test
    void pulses_areCounted_andTheirRateIsPerSecond() {
        start(5);
        pulses(25, 100, 100);
        pass(5_000);
        assertThat(heard).endsWith("total 25.00", "rate 2.50");
        pass(10_000);
        assertThat(heard).endsWith("total 25.00", "rate 0.00");
    }

    @Test
    void factors_areThatOfAPulse_thenThatOfTheQuantity() {
        start(5, measurement("total", EVERY, 1), measurement("rate", EVERY, 60), 0.5);
        pulses(10, 100, 900);
        assertThat(heard).endsWith("total 5.00", "rate 30.00");
    }

    @Test
    void quantity_withALongerInterval_isToldLessOften() {
        start(5, measurement("total", EVERY.multipliedBy(3), 1), measurement("rate", EVERY, 1), 1);
        heard.clear();
        pass(20_000);
        assertThat(heard).containsExactly("rate 0.00", "rate 0.00");
        pass(10_000);
        assertThat(heard).containsExactly("rate 0.00", "rate 0.00", "total 0.00", "rate 0.00");
    }

    @Test
    void rateOfALongerInterval_isOverAllOfIt() {
        start(5, measurement("total", EVERY, 1), measurement("rate", EVERY.multipliedBy(2), 1), 1);
        pulses(10, 100, 900);
        pass(10_000);
        assertThat(heard).endsWith("total 10.00", "rate 0.50");
    }

    @Test
    void bounces_areOnePulse() {
        start(5);
        for (var i = 0; i < 10; i++) {
            drive(true);
            pass(1);
            drive(false);
            pass(1);
        }
        drive(true);
        pass(20);
        drive(false);
        pass(10_000);
        assertThat(heard).endsWith("total 1.00", "rate 0.10");
    }

    @Test
    void lineThatIsOnAtTheStart_isNoPulse() {
        lines.drive("water", true);
        for (var debounce : List.of(0, 5)) {
            start(debounce);
            pass(1_000);
            drive(false);
            pass(9_000);
            assertThat(heard).endsWith("total 0.00", "rate 0.00");
            inputs.stop();
            lines.drive("water", true);
        }
    }

    /** The loop gets round to look only once for all of them. */
    @Test
    void stormWithoutDebounce_isCountedToTheLast_inOneTask() {
        start(0);
        for (var i = 0; i < 100_000; i++) {
            lines.drive("water", true);
            lines.drive("water", false);
        }
        assertThat(loop.timers()).isEqualTo(2);
        pass(10_000);
        assertThat(heard).endsWith("total 100000.00", "rate 10000.00");
    }

    @Test
    void pulseThatIsOverBeforeItIsSeen_isOne() {
        start(0);
        for (var i = 0; i < 7; i++) {
            lines.drive("water", true);
            lines.drive("water", false);
            pass(100);
        }
        pass(9_300);
        assertThat(heard).endsWith("total 7.00", "rate 0.70");
    }

    /** What the kernel tells as one: the level then betrays it. */
    @Test
    void edgesToldAsOne_areSeenByTheLevel() {
        start(0);
        lines.drive("water", true);
        lines.edgeless.add("water");
        lines.drive("water", false);
        lines.edgeless.clear();
        pass(2_000);
        lines.drive("water", true);
        pass(100);
        lines.drive("water", false);
        pass(10_000);
        assertThat(heard).contains("total 2.00");
    }

    @Test
    void random_lostEdges_neverMakeMorePulsesThanThereWere() {
        var random = new Random(5);
        start(0);
        var pulses = 0;
        for (var i = 0; i < 20_000; i++) {
            var high = i % 2 == 0;
            pulses += high ? 1 : 0;
            if (random.nextInt(10) == 0) {
                lines.edgeless.add("water");
            }
            lines.drive("water", high);
            lines.edgeless.clear();
            if (random.nextBoolean()) {
                loop.advance(Duration.ofMillis(random.nextInt(3)));
            }
            if (random.nextInt(200) == 0) {
                pass(2_000);
            }
        }
        pass(20_000);
        var total =
                Double.parseDouble(heard.get(heard.lastIndexOf("rate 0.00") - 1).replace("total ", ""));
        assertThat(total).isBetween(pulses * 0.85, (double) pulses);
    }

    @Test
    void lineWithoutEdges_isPolled_andCounted() {
        lines.edgeless.add("water");
        for (var debounce : List.of(0, 5)) {
            heard.clear();
            start(debounce);
            pulses(20, 20, 20);
            pass(9_200);
            inputs.stop();
        }
        assertThat(heard).endsWith("total 40.00", "rate 2.00");
    }

    @Test
    void restart_goesOnWithTheTotal() {
        state = new StateFile(directory.resolve("state"));
        state.start();
        start(5);
        pulses(500, 10, 10);
        inputs.stop();
        state.close();
        state = new StateFile(directory.resolve("state"));
        state.start();
        heard.clear();
        start(5);
        assertThat(heard).containsExactly("online", "total 500.00");
        pulses(1, 10, 9_990);
        assertThat(heard).endsWith("total 501.00", "rate 0.10");
    }

    @Test
    void total_isKeptInPulses_whateverTheFactor() {
        start(5, measurement("total", EVERY, 1), measurement("rate", EVERY, 1), 0.001);
        pulses(3, 10, 10);
        assertThat(state.get(KEY)).contains("3");
    }

    @Test
    void totalThatIsNone_countsFromZero() {
        state.put(KEY, "-3");
        start(5);
        assertThat(heard).endsWith("total 0.00");
    }

    @Test
    void lineThatFails_keepsItsTotal_andInventsNothing() {
        for (var debounce : List.of(0, 5)) {
            heard.clear();
            start(debounce);
            pulses(4, 100, 100);
            lines.broken.add("water");
            lines.drive("water", true);
            pass(60_000);
            assertThat(heard.get(heard.size() - 1)).isEqualTo("offline");
            assertThat(heard).filteredOn(line -> line.startsWith("rate")).isEmpty();
            lines.broken.clear();
            pass(60_000);
            drive(false);
            pass(20_000);
            // the edge was told, though the level could not be read any more
            var total = debounce == 0 ? "total 5.00" : "total 9.00";
            assertThat(heard).endsWith(total, "rate 0.00");
            inputs.stop();
        }
    }

    @Test
    void counterThatIsBack_ratesOnlyWhatItSaw() {
        start(5);
        pulses(10, 100, 100);
        lines.broken.add("water");
        drive(true);
        pass(5);
        lines.broken.clear();
        pass(2_000);
        heard.clear();
        drive(false);
        pass(100);
        pulses(5, 100, 100);
        pass(8_900);
        assertThat(heard).contains("total 15.00", "rate 0.50");
    }

    @Test
    void loopThatWasBusy_ratesOverTheTrueTime_andSkipsWhatItMissed() {
        start(5);
        pulses(10, 10, 10);
        heard.clear();
        loop.advance(Duration.ofSeconds(9));
        loop.stall(Duration.ofSeconds(16));
        pass(0);
        assertThat(heard).containsExactly("total 10.00", "rate 0.40");
    }

    @Test
    void stop_leavesNoTimer() {
        start(0);
        drive(true);
        inputs.stop();
        heard.clear();
        pass(60_000);
        assertThat(heard).isEmpty();
        assertThat(loop.timers()).isZero();
    }
}
