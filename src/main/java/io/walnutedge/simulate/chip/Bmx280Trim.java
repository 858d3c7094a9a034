package io.walnutedge.simulate.chip;

import java.util.function.IntToDoubleFunction;

/**
 * The trimming values of a simulated BME280 or BMP280, and what a real one's converters would show in a given world. The
 * formulas are those in floating point (BST-BMP280-DS001-23, 8.1; of humidity: Bosch's BME280 sensor API), turned round by
 * bisection. Immutable; any thread.
 */
final class Bmx280Trim {
    // the example of BST-BMP280-DS001-23, 3.12
    private static final int[] T = {27504, 26435, -1000};
    private static final int[] P = {36477, -10685, 3024, 2855, 140, -7, 15500, -14600, 6000};
    // of the kind that real chips hold; the datasheet prints none
    private static final int[] H = {75, 362, 0, 313, 50, 30};

    private Bmx280Trim() {}

    static double fine(int adc) {
        var linear = (adc / 16_384.0 - T[0] / 1024.0) * T[1];
        var offset = adc / 131_072.0 - T[0] / 8192.0;
        return linear + offset * offset * T[2];
    }

    static double celsius(int adc) {
        return fine(adc) / 5120;
    }

    static double pascals(int adcTemperature, int adc) {
        var a = fine(adcTemperature) / 2 - 64_000;
        var b = (a * a * P[5] / 32_768 + a * P[4] * 2) / 4 + P[3] * 65_536.0;
        var slope = (1 + (P[2] * a * a / 524_288 + P[1] * a) / 524_288 / 32_768) * P[0];
        var pressure = (1_048_576 - adc - b / 4096) * 6250 / slope;
        var square = P[8] * pressure * pressure / 2_147_483_648.0;
        return pressure + (square + pressure * P[7] / 32_768 + P[6]) / 16;
    }

    static double percent(int adcTemperature, int adc) {
        var a = fine(adcTemperature) - 76_800;
        var raw = (adc - (H[3] * 64.0 + H[4] / 16_384.0 * a))
                * (H[1] / 65_536.0 * (1 + H[5] / 67_108_864.0 * a * (1 + H[2] / 67_108_864.0 * a)));
        return raw * (1 - H[0] * raw / 524_288);
    }

    static int adcOfCelsius(double celsius) {
        return nearest(celsius, 0xfffff, Bmx280Trim::celsius);
    }

    /** Pressure falls with the code. */
    static int adcOfPascals(double pascals, int adcTemperature) {
        return nearest(-pascals, 0xfffff, adc -> -pascals(adcTemperature, adc));
    }

    static int adcOfPercent(double percent, int adcTemperature) {
        return nearest(percent, 0xffff, adc -> percent(adcTemperature, adc));
    }

    /** The code whose value is nearest; the end of the scale for what lies beyond. */
    private static int nearest(double wanted, int max, IntToDoubleFunction rising) {
        var low = 0;
        var high = max;
        while (high - low > 1) {
            var middle = (low + high) / 2;
            if (rising.applyAsDouble(middle) <= wanted) {
                low = middle;
            } else {
                high = middle;
            }
        }
        var isLowNearer = wanted - rising.applyAsDouble(low) <= rising.applyAsDouble(high) - wanted;
        return isLowNearer ? low : high;
    }

    /** Into the registers, least significant byte first (BST-BME280-DS002-15, table 16). */
    static void store(int[] registers, boolean hasHumidity) {
        for (var i = 0; i < T.length; i++) {
            word(registers, 0x88 + 2 * i, T[i]);
        }
        for (var i = 0; i < P.length; i++) {
            word(registers, 0x8e + 2 * i, P[i]);
        }
        if (hasHumidity) {
            registers[0xa1] = H[0];
            word(registers, 0xe1, H[1]);
            registers[0xe3] = H[2];
            registers[0xe4] = (H[3] >> 4) & 0xff;
            registers[0xe5] = (H[3] & 0x0f) | ((H[4] & 0x0f) << 4);
            registers[0xe6] = (H[4] >> 4) & 0xff;
            registers[0xe7] = H[5] & 0xff;
        }
    }

    private static void word(int[] registers, int at, int value) {
        registers[at] = value & 0xff;
        registers[at + 1] = (value >> 8) & 0xff;
    }
}
