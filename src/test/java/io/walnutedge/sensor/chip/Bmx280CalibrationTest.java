package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Bmx280CalibrationTest {
    /** 27504, 26435, -1000; 36477, -10685, 3024, 2855, 140, -7, 15500, -14600, 6000, least significant byte first. */
    static final String PUBLISHED = "706b 4367 18fc 7d8e 43d6 d00b 270b 8c00 f9ff 8c3c f8c6 7017";

    private static Bmx280Calibration calibration(String low, String high) {
        return Bmx280Calibration.of(
                HexFormat.of().parseHex(low.replace(" ", "")), HexFormat.of().parseHex(high.replace(" ", "")));
    }

    @Test
    void temperature_ofThePublishedExample() {
        var fine = calibration(PUBLISHED, "").fine(519_888);
        assertThat((int) fine).isEqualTo(128_422);
        assertThat(Bmx280Calibration.celsius(fine)).isCloseTo(25.08, within(0.005));
    }

    @Test
    void pressure_ofThePublishedExample() {
        var calibration = calibration(PUBLISHED, "");
        var pascals = calibration.hectopascals(calibration.fine(519_888), 415_148) * 100;
        assertThat(pascals).isCloseTo(100_653.27, within(0.005));
    }

    @Test
    void humidity_isLimitedAsInTheDatasheet() {
        var calibration = calibration(PUBLISHED + "00 4b", "6a01 00 13 29 03 1e");
        assertThat(calibration.percent(128_422, 1)).isZero();
        assertThat(calibration.percent(128_422, 0xfffe)).isEqualTo(100);
    }

    @Test
    void humidity_h4AndH5ShareAByteAndAreSigned() {
        // h4 = 0xff1 = -15, h5 = 0xfe2 = -30: with h1 = h3 = h6 = 0 humidity is (adc - 64 h4 - h5 / 16384 * ...) * h2 /
        // 65536
        var calibration = calibration(PUBLISHED + "00 00", "0001 00 ff 21 fe 00");
        assertThat(calibration.percent(76_800, 10_000)).isCloseTo((10_000 + 64 * 15) * 256 / 65_536.0, within(0.01));
        assertThat(calibration.percent(76_800 + 51_200, 10_000))
                .isCloseTo((10_000 + 64 * 15 + 30 / 16_384.0 * 51_200) * 256 / 65_536.0, within(0.01));
    }

    @Test
    void calibration_blankIsNotPlausible() {
        assertThat(calibration("00".repeat(24), "").isPlausible()).isFalse();
        assertThat(calibration(PUBLISHED, "").isPlausible()).isTrue();
    }
}
