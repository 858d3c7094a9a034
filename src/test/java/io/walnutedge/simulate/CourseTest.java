package io.walnutedge.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CourseTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void ramp_goesAndStays() {
        var ramp = new Course.Ramp(10, 20, 100);
        assertThat(ramp.at(0)).isEqualTo(10);
        assertThat(ramp.at(25 * SECOND)).isEqualTo(12.5);
        assertThat(ramp.at(100 * SECOND)).isEqualTo(20);
        assertThat(ramp.at(1000 * SECOND)).isEqualTo(20);
    }

    @Test
    void steps_comeRound() {
        var steps = new Course.Steps(List.of(4.0, 5.0, 20.0), 30);
        assertThat(LongStream.of(0, 29, 30, 60, 89, 90, 270).mapToDouble(second -> steps.at(second * SECOND)))
                .containsExactly(4.0, 4.0, 5.0, 20.0, 20.0, 4.0, 4.0);
    }

    @Test
    void wave_swingsAroundItsMiddle() {
        var wave = new Wave(20, 2, 40);
        assertThat(wave.at(0)).isEqualTo(20);
        assertThat(wave.at(10 * SECOND)).isCloseTo(22, within(1e-9));
        assertThat(wave.at(30 * SECOND)).isCloseTo(18, within(1e-9));
    }

    /** The mean of 10,000 values is within five deviations of it, 0.05; the deviation itself within 5 %. */
    @Test
    void noise_isAroundTheCourse_andTheSameEachTime() {
        var noisy = new Course.Noisy(new Course.Constant(50), 1, 7);
        var values = LongStream.range(0, 10_000)
                .mapToDouble(step -> noisy.at(step * SECOND / 10))
                .toArray();
        var mean = LongStream.range(0, values.length)
                .mapToDouble(i -> values[(int) i])
                .average()
                .orElseThrow();
        var variance = LongStream.range(0, values.length)
                .mapToDouble(i -> (values[(int) i] - mean) * (values[(int) i] - mean))
                .average()
                .orElseThrow();
        assertThat(mean).isCloseTo(50, within(0.05));
        assertThat(Math.sqrt(variance)).isCloseTo(1, within(0.05));
        assertThat(noisy.at(3 * SECOND)).isEqualTo(new Course.Noisy(new Course.Constant(50), 1, 7).at(3 * SECOND));
        assertThat(noisy.at(3 * SECOND)).isNotEqualTo(new Course.Noisy(new Course.Constant(50), 1, 8).at(3 * SECOND));
    }
}
