package io.walnutedge.sensor.chip;

import io.walnutedge.sensor.i2c.I2cChip;

/** The calibration of a BME680 and Bosch's formulas in real numbers (BST-BME680-DS001, 3.3 and 3.4). Immutable; any thread. */
final class Bme680Calibration {
    private static final double AMBIENT = 25; // what it heats from, as in Linux's driver
    private static final double[] K1 = {0, 0, 0, 0, 0, -1, 0, -0.8, 0, 0, -0.2, -0.5, 0, -1, 0, 0
    }; // 3.4, gas resistance
    private static final double[] K2 = {0, 0, 0, 0, 0.1, 0.7, 0, -0.8, -0.1, 0, 0, 0, 0, 0, 0, 0};

    private final byte[] low;
    private final byte[] high;
    private final byte[] heater;

    /**
     * @param low the 23 bytes from 0x8a
     * @param high the 14 bytes from 0xe1
     * @param heater the 5 bytes from 0x00
     */
    Bme680Calibration(byte[] low, byte[] high, byte[] heater) {
        this.low = low.clone();
        this.high = high.clone();
        this.heater = heater.clone();
    }

    private static int signed(byte[] bytes, int at) {
        return (short) I2cChip.littleEndian16(bytes, at);
    }

    private int h1() {
        return ((high[2] & 0xff) << 4) | (high[1] & 0x0f);
    }

    private int h2() {
        return ((high[0] & 0xff) << 4) | ((high[1] & 0xf0) >> 4);
    }

    /** Whether each quantity has a slope. */
    boolean isPlausible() {
        return I2cChip.littleEndian16(high, 8) != 0
                && signed(low, 0) != 0
                && I2cChip.littleEndian16(low, 4) != 0
                && h2() != 0;
    }

    double celsius(int adc) {
        var over = adc / 16_384.0 - I2cChip.littleEndian16(high, 8) / 1_024.0;
        return (over * signed(low, 0) + over * over / 64 * low[2] * 16) / 5_120;
    }

    double pascals(int adc, double celsius) {
        var t = celsius * 2_560 - 64_000;
        var offset = (t * t * low[15] / 131_072 + t * signed(low, 12) * 2) / 4 + signed(low, 10) * 65_536.0;
        var scale = (low[8] * t * t / 16_384 + signed(low, 6) * t) / 524_288;
        var divisor = (1 + scale / 32_768) * I2cChip.littleEndian16(low, 4);
        var p = (1_048_576 - adc - offset / 4_096) * 6_250 / divisor;
        var square = signed(low, 20) * p * p / 2_147_483_648.0;
        var cube = Math.pow(p / 256, 3) * (low[22] & 0xff) / 131_072;
        return p + (square + p * signed(low, 18) / 32_768 + cube + low[14] * 128) / 16;
    }

    /** Not held at 0 and 100. */
    double percent(int adc, double celsius) {
        var over = adc - (h1() * 16 + high[3] / 2.0 * celsius);
        var slope = 1 + high[4] / 16_384.0 * celsius + high[5] / 1_048_576.0 * celsius * celsius;
        var h = over * h2() / 262_144 * slope;
        return h + ((high[6] & 0xff) / 16_384.0 + high[7] / 2_097_152.0 * celsius) * h * h;
    }

    double ohms(int adc, int range) {
        var error = 1_340 + 5.0 * (heater[4] >> 4);
        var share = (adc - 512) / (error * (1 + K1[range] / 100)) + 1;
        return 1 / ((1 + K2[range] / 100) * 0.000000125 * (1 << range) * share);
    }

    /** The BME688's converter (BST-BME688-DS000). */
    static double ohms688(int adc, int range) {
        return 1_000_000.0 * (262_144 >> range) / (4_096 + 3 * (adc - 512));
    }

    /** What res_heat_0 has to be for a temperature of the heater. */
    int heaterResistance(int target) {
        var gh2 = signed(high, 10) / 32_768.0 * 0.0005 + 0.00235;
        var hot = (high[12] / 16.0 + 49) * (1 + gh2 * target) + high[13] / 1_024.0 * AMBIENT;
        var range = 4.0 / (4 + ((heater[2] >> 4) & 0x03));
        return (int) Math.max(0, Math.min(255, 3.4 * (hot * range / (1 + heater[0] * 0.002) - 25)));
    }
}
