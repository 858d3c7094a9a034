package io.walnutedge.filter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundTest {
    @ParameterizedTest
    @CsvSource({
        "0.1, 0.34, 0.3",
        "0.1, 0.35, 0.4",
        "0.1, -0.35, -0.4",
        "0.5, 21.24, 21",
        "0.5, 21.25, 21.5",
        "5, 12.4, 10",
        "0.1, -0.01, 0",
        "0.1, 1e300, 1e300"
    })
    void round_toTheNearestMultiple_halfAwayFromZero(double step, double value, double expected) {
        assertThat(new Round(step).apply(value, 0)).hasValue(expected);
    }
}
