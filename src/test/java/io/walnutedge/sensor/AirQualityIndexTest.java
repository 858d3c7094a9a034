package io.walnutedge.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both ends of each row of EPA-454/B-24-002, table 6. */
class AirQualityIndexTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "9.0, 50",
        "9.09, 50",
        "9.1, 51",
        "35.4, 100",
        "35.5, 101",
        "55.4, 150",
        "55.5, 151",
        "125.4, 200",
        "125.5, 201",
        "225.4, 300",
        "225.5, 301",
        "325.4, 500",
        "425.3, 699"
    })
    void of_fineParticles(double fine, int index) {
        assertThat(AirQualityIndex.of(fine, 0)).isEqualTo(index);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "54.9, 50",
        "55, 51",
        "154, 100",
        "155, 101",
        "254, 150",
        "255, 151",
        "354, 200",
        "355, 201",
        "424, 300",
        "425, 301",
        "604, 500"
    })
    void of_coarseParticles(double coarse, int index) {
        assertThat(AirQualityIndex.of(0, coarse)).isEqualTo(index);
    }

    @Test
    void of_bothIsTheWorse_andOfOneThatIsMissingNone() {
        assertThat(AirQualityIndex.of(35.4, 155)).isEqualTo(101);
        assertThat(AirQualityIndex.of(35.5, 54)).isEqualTo(101);
        assertThat(AirQualityIndex.of(Double.NaN, 10)).isNaN();
        assertThat(AirQualityIndex.of(10, Double.NaN)).isNaN();
    }
}
