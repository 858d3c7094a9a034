package io.walnutedge.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.reading.Value;
import org.junit.jupiter.api.Test;

class CalibrationTest {
    @Test
    void apply_multipliesBeforeItAdds() {
        assertThat(new Calibration(0.1, -4).apply(Value.of(250))).contains(Value.of(21));
    }

    @Test
    void apply_neutral_changesNoBit() {
        assertThat(new Calibration(1, 0).apply(Value.of(0.1 + 0.2))).contains(Value.of(0.1 + 0.2));
    }

    @Test
    void apply_text_isLeftAlone() {
        assertThat(new Calibration(2, 1).apply(Value.of("25"))).contains(Value.of("25"));
    }

    @Test
    void apply_overflow_isNoValue() {
        assertThat(new Calibration(1e12, 0).apply(Value.of(1e300))).isEmpty();
        assertThat(new Calibration(-1e12, 0).apply(Value.of(1e300))).isEmpty();
    }
}
