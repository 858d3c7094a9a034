package io.walnutedge.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.state.StateFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntegralTest {
    private static final String KEY = "sensors.room.power.total";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final StateFile state = new StateFile(Path.of("never", "started"));
    private final FilterRig rig = new FilterRig().keptIn(state);

    @Test
    void integrate_isTheSumOfTrapezoids() {
        assertThat(rig.with("{ integrate { per = s } }").apply(10, 20, 0, -10)).containsExactly(0.0, 15.0, 25.0, 20.0);
    }

    @Test
    void integrate_wattsForAnHour_areWattHours() {
        rig.every(Duration.ofMinutes(1)).with("{ integrate {} }");
        var last = 0.0;
        for (var minute = 0; minute <= 60; minute++) {
            last = rig.at(Duration.ofMinutes(minute).toNanos(), 1500).orElseThrow();
        }
        assertThat(last).isCloseTo(1500, within(1e-6));
    }

    @Test
    void integrate_gap_isLeftOut() {
        rig.with("{ integrate { per = s } }").apply(10, 10);
        rig.pause(601 - 1);
        assertThat(rig.apply(10, 10)).containsExactly(10.0, 20.0);
        rig.pause(600 - 1);
        assertThat(rig.apply(10)).containsExactly(20.0 + 6000);
    }

    @Test
    void integrate_gapOfRareSamples_isThreeOfThem() {
        rig.every(Duration.ofHours(1)).with("{ integrate {} }");
        assertThat(rig.at(0, 2)).hasValue(0);
        assertThat(rig.at(Duration.ofHours(3).toNanos(), 2)).hasValue(6);
        assertThat(rig.at(Duration.ofHours(6).toNanos() + 1, 2)).hasValue(6);
    }

    @Test
    void integrate_gapThatIsWritten_holds() {
        rig.with("{ integrate { per = s, gap = 5 s } }");
        assertThat(rig.at(0, 1)).hasValue(0);
        assertThat(rig.at(Duration.ofSeconds(5).toNanos(), 1)).hasValue(5);
        assertThat(rig.at(Duration.ofSeconds(11).toNanos(), 1)).hasValue(5);
    }

    @Test
    void integrate_afterARestart_goesOnWithoutTheTimeBetween() {
        var file = directory.resolve("state");
        try (var first = new StateFile(file)) {
            first.start();
            rig.keptIn(first).with("{ integrate { per = s } }").apply(10, 10, 10);
        }
        try (var second = new StateFile(file)) {
            second.start();
            assertThat(rig.keptIn(second).with("{ integrate { per = min } }").apply(60, 60))
                    .containsExactly(20 / 60.0, 80 / 60.0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"much", "NaN", "Infinity", ""})
    void integrate_totalThatIsDamaged_beginsAtZero(String kept) {
        state.put(KEY, kept);
        assertThat(rig.with("{ integrate { per = s } }").apply(1, 1)).isEqualTo(List.of(0.0, 1.0));
    }

    @Test
    void integrate_sumThatIsNotFinite_leavesTheTotal() {
        state.put(KEY, Double.toString(Double.MAX_VALUE));
        assertThat(rig.with("{ integrate { per = s } }").apply(1e308, 1e308, -1))
                .containsExactly(Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE);
        assertThat(state.get(KEY)).contains(Double.toString(Double.MAX_VALUE));
    }
}
