package io.walnutedge.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.reading.Value;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each kind does to a row of values, one a second. */
class FiltersTest {
    private final FilterRig rig = new FilterRig();

    @Test
    void filters_workInTheirOrder() {
        assertThat(rig.with("{ offset = 1 }, { factor = 10 }").apply(2)).containsExactly(30.0);
        assertThat(rig.with("{ factor = 10 }, { offset = 1 }").apply(2)).containsExactly(21.0);
    }

    @Test
    void filters_none_passValues() {
        assertThat(rig.with("").apply(-1.5, 0.1 + 0.2)).containsExactly(-1.5, 0.1 + 0.2);
    }

    @Test
    void filters_ofTwoMeasurements_shareNoState() {
        var filters = rig.read("filters = [ { max { over = 1 h } } ]");
        assertThat(rig.start(filters).apply(5, 0)).hasValue(5);
        assertThat(rig.start(filters).apply(1, 0)).hasValue(1);
    }

    @Test
    void filters_text_passesAsItIs() {
        var chain = rig.start(rig.read("filters = [ { factor = 2 }, { throttle = 1 h } ]"));
        assertThat(chain.apply(Value.of("open"), 0)).contains(Value.of("open"));
        assertThat(chain.apply(Value.of("open"), 1)).contains(Value.of("open"));
        assertThat(chain.apply(Value.of(4), 2)).contains(Value.of(8));
        assertThat(chain.apply(Value.of(4), 3)).isEqualTo(Optional.empty());
    }

    @Test
    void filters_notFinite_isNotPublished_andReachesNoOtherFilter() {
        assertThat(rig.with("{ factor = 1e12 }, { factor = 1e-12 }, { average = 3 }")
                        .apply(1, 1e300, 3))
                .containsExactly(1.0, null, 2.0);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.5", "10, 9.5", "5, 5", "-10, -8.5", "20, 20.5"})
    void calibrate_linear_goesBetweenThePointsAndOnBeyond(double raw, double truth) {
        // 0.9 below 10 and 1.1 above; in any order
        var chain = rig.with("{ calibrate { points = [[10, 9.5], [0, 0.5], [15, 15]] } }");
        assertThat(chain.apply(raw).get(0)).isCloseTo(truth, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"1000, 1", "1010, 101", "990, 101", "1020, 401", "1005, 26"})
    void calibrate_polynomialThroughItsPoints_isExact(double raw, double truth) {
        var chain = rig.with("{ calibrate { method = polynomial, degree = 2, "
                + "points = [[990, 101], [1000, 1], [1010, 101], [1020, 401]] } }");
        assertThat(chain.apply(raw).get(0)).isCloseTo(truth, within(1e-6));
    }

    @Test
    void calibrate_polynomialOfMorePoints_isTheNearest() {
        // the line of least squares of these is 0.4 + 0.8 x
        var chain =
                rig.with("{ calibrate { method = polynomial, degree = 1, points = [[0,0],[1,2],[2,2],[3,2],[4,4]] } }");
        assertThat(chain.apply(0).get(0)).isCloseTo(0.4, within(1e-9));
        assertThat(chain.apply(10).get(0)).isCloseTo(8.4, within(1e-9));
    }

    @Test
    void clamp_bringsToTheEnds() {
        assertThat(rig.with("{ clamp { min = -1, max = 2 } }").apply(-5, -1, 0, 2, 7))
                .containsExactly(-1.0, -1.0, 0.0, 2.0, 2.0);
        assertThat(rig.with("{ clamp { min = 0 } }").apply(-5, 1e9)).containsExactly(0.0, 1e9);
    }

    @Test
    void reject_outside_isDropped_andTheEndsAreNot() {
        assertThat(rig.with("{ reject { below = -40, above = 85 } }").apply(-40.1, -40, 85, 85.1))
                .containsExactly(null, -40.0, 85.0, null);
    }

    @Test
    void reject_jump_isDropped_andTheNextIsComparedWithTheAccepted() {
        assertThat(rig.with("{ reject { jump = 2 } }").apply(20, 22, 85, 23, 20.9, -127, 19))
                .containsExactly(20.0, 22.0, null, 23.0, null, null, null);
        assertThat(rig.with("{ reject { jump = 2 } }").apply(20, 85, 21)).containsExactly(20.0, null, 21.0);
    }

    @Test
    void reject_jumpThatPersists_isTheNewLevel() {
        assertThat(rig.with("{ reject { jump = 2 } }").apply(20, 30, 31, 30, 31, 20))
                .containsExactly(20.0, null, null, 30.0, 31.0, null);
        assertThat(rig.with("{ reject { jump = 2, after = 1 } }").apply(20, 30)).containsExactly(20.0, 30.0);
    }

    @Test
    void reject_jumpsThatDisagree_orAreInterrupted_doNotCount() {
        assertThat(rig.with("{ reject { jump = 2 } }").apply(20, 30, 50, 30, 50, 30))
                .containsExactly(20.0, null, null, null, null, null);
        assertThat(rig.with("{ reject { jump = 2 } }").apply(20, 30, 30, 20, 30, 30))
                .containsExactly(20.0, null, null, 20.0, null, null);
    }

    @Test
    void reject_firstValueThatIsWrong_isForgotten() {
        assertThat(rig.with("{ reject { jump = 2 } }").apply(85, 20, 20, 20, 20))
                .containsExactly(85.0, null, null, 20.0, 20.0);
    }

    @Test
    void median_ofWhatThereIs_thenOfTheLast() {
        assertThat(rig.with("{ median = 3 }").apply(5, 1, 100, 2, 3)).containsExactly(5.0, 3.0, 5.0, 2.0, 3.0);
        assertThat(rig.with("{ median = 2 }").apply(-1, -4, -2)).containsExactly(-1.0, -2.5, -3.0);
    }

    @Test
    void average_ofWhatThereIs_thenOfTheLast() {
        assertThat(rig.with("{ average = 3 }").apply(3, -1, 4, 9)).containsExactly(3.0, 1.0, 2.0, 4.0);
    }

    @Test
    void average_afterALargeValue_isExactAgain() {
        assertThat(rig.with("{ average = 2 }").apply(1e17, 0.25, 0.75)).endsWith(0.5);
    }

    @Test
    void average_overATime_forgetsWhatIsOlder() {
        assertThat(rig.with("{ average { over = 2 s } }").apply(1, 3, 5, 7)).containsExactly(1.0, 2.0, 4.0, 6.0);
        rig.pause(60);
        assertThat(rig.apply(-1)).containsExactly(-1.0);
    }

    @Test
    void minAndMax_overATime() {
        assertThat(rig.with("{ min { over = 3 s } }").apply(-1, 2, 3, 4, 5))
                .containsExactly(-1.0, -1.0, -1.0, 2.0, 3.0);
        assertThat(rig.with("{ max { over = 2 s } }").apply(-1, -2, -3, 4)).containsExactly(-1.0, -1.0, -2.0, 4.0);
    }

    @Test
    void average_ofFastSamples_isOfAllInTheWindow() {
        rig.with("{ average { over = 30 s } }");
        var last = 0.0;
        for (var i = 0; i < 100_000; i++) {
            last = rig.at(i * 1_000_000L, i % 2).orElseThrow();
        }
        assertThat(last).isCloseTo(0.5, within(1e-3));
    }

    @Test
    void window_beforeTheClocksZero_works() {
        rig.with("{ max { over = 2 s } }");
        assertThat(rig.at(-1_500_000_000L, 5)).hasValue(5);
        assertThat(rig.at(-500_000_000L, 1)).hasValue(5);
        assertThat(rig.at(600_000_000L, 1)).hasValue(1);
    }

    @Test
    void smooth_beginsAtTheFirst_andFollows() {
        assertThat(rig.with("{ smooth = 0.25 }").apply(-8, 0, 0)).containsExactly(-8.0, -6.0, -4.5);
        assertThat(rig.with("{ smooth = 1 }").apply(1, 9)).containsExactly(1.0, 9.0);
    }

    @Test
    void delta_passesChanges_sinceWhatPassed() {
        assertThat(rig.with("{ delta { by = 0.1 } }").apply(0.2, 0.25, 0.29, 0.3, 0.2, 0.15, -0.1))
                .containsExactly(0.2, null, null, 0.3, 0.2, null, -0.1);
    }

    @Test
    void delta_heartbeat_passesAnyValue() {
        assertThat(rig.with("{ delta { by = 1, heartbeat = 3 s } }").apply(5, 5, 5, 5, 5, 7, 7, 7, 7))
                .containsExactly(5.0, null, null, 5.0, null, 7.0, null, null, 7.0);
    }

    @Test
    void throttle_passesOneInAWhile_whenSamplesJitter() {
        rig.with("{ throttle = 2 s }");
        assertThat(List.of(
                        rig.at(0, 1).isPresent(),
                        rig.at(1_000_000_000L, 2).isPresent(),
                        rig.at(1_950_000_000L, 3).isPresent(),
                        rig.at(3_000_000_000L, 4).isPresent(),
                        rig.at(4_000_000_000L, 5).isPresent()))
                .containsExactly(true, false, true, false, true);
    }

    @ParameterizedTest
    @CsvSource({
        "°C, °F, 21, 69.8",
        "°F, °C, -40, -40",
        "C, K, -273.15, 0",
        "K, F, 0, -459.67",
        "℃, ºF, 21, 69.8",
        "degC, ℉, 21, 69.8",
        "uA, mA, 1500, 1.5",
        "\u03bcA, ㎃, 1500, 1.5",
        "㎥, L, 1, 1000",
        "m3/h, L/min, 6, 100",
        "kOhm, \u2126, 1, 1000",
        "％, ppm, 1, 10000",
        "%RH, %, 50, 50",
        "hPa, mmHg, 1013.25, 760",
        "inHg, hPa, 29.92, 1013.2076",
        "psi, bar, 14.5038, 1",
        "Pa, kPa, 1500, 1.5",
        "in, cm, -2, -5.08",
        "ft, mm, 1, 304.8",
        "kW, W, -0.5, -500",
        "Wh, kWh, 1500, 1.5",
        "m/s, km/h, 10, 36"
    })
    void convert_isTheOtherUnit(String from, String to, double value, double expected) {
        rig.with("{ convert { from = \"" + from + "\", to = \"" + to + "\" } }");
        assertThat(rig.apply(value).get(0)).isCloseTo(expected, within(1e-3));
    }
}
