package io.walnutedge.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Where each filter with a past forgets it; samples are one a second. */
class WindowTest {
    private static final double BEFORE = 10;
    private static final double AFTER = 100;

    private final FilterRig rig = new FilterRig();

    /** Whether the first value after a pause is made of what was before it. */
    private boolean remembers(String filter, long pauseMillis) {
        rig.with(filter).apply(BEFORE, BEFORE, BEFORE);
        // the last value came one interval ago
        rig.pauseMillis(pauseMillis - 1000);
        var first = rig.apply(AFTER).get(0);
        return first == null || first != AFTER;
    }

    /** Those of the document, which has each, and more forms of some; {@code max} goes down with time alone. */
    static Stream<String> windows() throws IOException {
        return Stream.concat(
                DocumentedFilters.windows().filter(filter -> !filter.startsWith("max")),
                Stream.of(
                        "average { over = 1 h }",
                        "min { over = 1 h }",
                        "reject { jump = 5 }",
                        "reject { below = -100, jump = 5, after = 2 }"));
    }

    @ParameterizedTest
    @MethodSource("windows")
    void everyWindow_endsAtThreeIntervals(String filter) {
        assertThat(remembers("{ " + filter + " }", 1000)).isTrue();
        assertThat(remembers("{ " + filter + " }", 3000)).isTrue();
        assertThat(remembers("{ " + filter + " }", 3100)).isTrue();
        assertThat(remembers("{ " + filter + " }", 3101)).isFalse();
        assertThat(remembers("{ " + filter + " }", 12_000)).isFalse();
        assertThat(remembers("{ " + filter + " }", 86_400_000)).isFalse();
    }

    @Test
    void max_endsAtThreeIntervals() {
        rig.with("{ max { over = 1 h } }");
        assertThat(rig.apply(10, 11, 10)).endsWith(11.0);
        rig.pauseMillis(2100);
        assertThat(rig.apply(5)).containsExactly(11.0);
        rig.pauseMillis(2101);
        assertThat(rig.apply(5, 6, 5)).containsExactly(5.0, 6.0, 6.0);
    }

    @ParameterizedTest
    @MethodSource("windows")
    void gap_isTheUsersWhereGiven(String filter) {
        var given = "{ " + DocumentedFilters.withGap(filter) + " }";
        assertThat(remembers(given, 10_000)).isTrue();
        assertThat(remembers(given, 10_001)).isFalse();
    }

    @Test
    void medianOverAnOutage_isOfTheNewValuesAlone() {
        rig.with("{ median = 5 }");
        assertThat(rig.apply(20, 20, 20, 20, 20)).endsWith(20.0);
        rig.pause(12);
        assertThat(rig.apply(30, 32, 31)).containsExactly(30.0, 31.0, 31.0);
    }

    /** What an earlier filter holds back on purpose is no gap: the sensor is there. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"throttle = 10 s", "delta { by = 100 }", "delta { by = 100, heartbeat = 10 s }"})
    void valuesHeldBack_areNoGap(String holding) {
        var chain = rig.with("{ " + holding + " }, { average = 3 }");
        var sum = 0.0;
        chain.apply(0);
        for (var i = 1; i < 30; i++) {
            chain.apply(1);
        }
        for (var each : chain.apply(1000)) {
            sum += each == null ? 0 : each;
        }
        // with what passed before, whatever that was
        assertThat(sum).isBetween(300.0, 600.0);
    }

    /** Garbage is as good as no answer: what was before it is as old as it is. */
    @Test
    void valuesRejected_areAGap() {
        var chain = rig.with("{ reject { above = 50 } }, { average = 3 }");
        assertThat(chain.apply(10, 10, 99, 20)).containsExactly(10.0, 10.0, null, 40.0 / 3);
        assertThat(chain.apply(99, 99, 99, 30)).containsExactly(null, null, null, 30.0);
    }

    /** A chip that measures by itself has no new value at most reads. */
    @Test
    void readsWithoutANewValue_areNoGap() {
        var chain = rig.start(rig.read("filters = [ { average = 2 } ]"));
        chain.apply(10, 0);
        for (var second = 1; second < 30; second++) {
            chain.idle(Duration.ofSeconds(second).toNanos());
        }
        assertThat(chain.apply(20, Duration.ofSeconds(30).toNanos())).hasValue(15);
    }

    @Test
    void reopened_forgetsWindows_andKeepsTotalsAndWhatWasPublished() {
        var second = Duration.ofSeconds(1).toNanos();
        var window = rig.start(rig.read("filters = [ { median = 5 } ]"));
        window.apply(10, 0);
        window.reopened();
        assertThat(window.apply(20, second)).hasValue(20);
        var total = rig.start(rig.read("filters = [ { integrate { per = s } } ]"));
        total.apply(10, 0);
        total.reopened();
        assertThat(total.apply(10, second)).hasValue(10);
        for (var filter : new String[] {"throttle = 1 h", "delta { by = 1 }"}) {
            var published = rig.start(rig.read("filters = [ { " + filter + " } ]"));
            assertThat(published.apply(10, 0)).hasValue(10);
            published.reopened();
            assertThat(published.apply(10, second)).as(filter).isEmpty();
        }
    }

    @Test
    void integral_hasAGapOfItsOwn() {
        rig.with("{ integrate { per = s } }").apply(10);
        rig.pause(99);
        assertThat(rig.apply(10)).containsExactly(1000.0);
    }

    @Test
    void interval_byCommand_isTheOneThatCounts() {
        var chain = rig.start(rig.read("filters = [ { average = 2 }, { average { over = 1 h } } ]"));
        chain.interval(Duration.ofMinutes(1));
        chain.apply(10, 0);
        assertThat(chain.apply(20, Duration.ofMinutes(3).toNanos())).hasValue(12.5);
        assertThat(chain.apply(30, Duration.ofMinutes(7).toNanos())).hasValue(30);
        chain.interval(Duration.ofSeconds(1));
        assertThat(chain.apply(40, Duration.ofMinutes(8).toNanos())).hasValue(40);
    }
}
