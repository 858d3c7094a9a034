package io.walnutedge.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTest {
    @ParameterizedTest
    @CsvSource({
        "25.4, 0, 25",
        "25.5, 0, 26",
        "-0.4, 0, 0",
        "-0.04, 1, 0.0",
        "21.455, 2, 21.46",
        "1e20, 0, 100000000000000000000",
        "1e-7, 3, 0.000",
        "-1.25, 1, -1.3",
        "3, 2, 3.00"
    })
    void number_is_written_with_its_decimals(double number, int decimals, String expected) {
        assertThat(Value.of(number).format(decimals)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void number_that_is_not_finite_is_refused(double number) {
        assertThatThrownBy(() -> Value.of(number)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void scaling_that_leaves_the_finite_is_refused() {
        var huge = Value.of(Double.MAX_VALUE);
        assertThatThrownBy(() -> huge.scaled(10, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void factor_comes_before_offset() {
        assertThat(Value.of(10).scaled(2, -0.5).format(1)).isEqualTo("19.5");
    }

    @Test
    void text_stays_as_it_is() {
        assertThat(Value.of("Hello").scaled(2, 1).format(3)).isEqualTo("Hello");
    }
}
