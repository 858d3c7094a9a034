package io.walnutedge.simulate.chip;

import java.util.function.IntToDoubleFunction;

/**
 * The trimming values of a simulated BME280 or BMP280, and what a real one's converters would show in a given world. The
 * formulas are those in whole numbers (BST-BME280-DS002-15, 4.2.3; BST-BMP280-DS001-23, 3.11.3), turned round by bisection.
 * The driver uses the others, in floating point: a slip in one of them shows. Immutable; any thread.
 */
final class Bmx280Trim {
    // the example of BST-BMP280-DS001-23, 3.12
    private static final int[] T = {27504, 26435, -1000};
    private static final int[] P = {36477, -10685, 3024, 2855, 140, -7, 15500, -14600, 6000};
    // of the kind that real chips hold; the datasheet prints none
    private static final int[] H = {75, 362, 0, 313, 50, 30};

    private Bmx280Trim() {}

    /** t_fine; 5120 per degree. */
    static int fine(int adc) {
        var linear = (((long) (adc >> 3) - (T[0] << 1)) * T[1]) >> 11;
        var offset = (long) (adc >> 4) - T[0];
        return (int) (linear + ((((offset * offset) >> 12) * T[2]) >> 14));
    }

    /** In 1/256 Pa. */
    static long pascals(int adcTemperature, int adc) {
        var centred = fine(adcTemperature) - 128_000L;
        var offset = centred * centred * P[5] + ((centred * P[4]) << 17) + ((long) P[3] << 35);
        var slope = ((centred * centred * P[2]) >> 8) + ((centred * P[1]) << 12);
        slope = (((1L << 47) + slope) * P[0]) >> 33;
        var raw = ((((1_048_576L - adc) << 31) - offset) * 3125) / slope;
        var square = (P[8] * (raw >> 13) * (raw >> 13)) >> 25;
        return ((raw + square + ((P[7] * raw) >> 19)) >> 8) + ((long) P[6] << 4);
    }

    /** In 1/4194304 %, without the datasheet's limits of 0 and 100 %. */
    static long percent(int adcTemperature, int adc) {
        var centred = fine(adcTemperature) - 76_800L;
        var offset = (((long) adc << 14) - (H[3] << 20) - H[4] * centred + 16_384) >> 15;
        var slope = (((centred * H[5]) >> 10) * (((centred * H[2]) >> 11) + 32_768)) >> 10;
        var raw = offset * (((slope + 2_097_152) * H[1] + 8192) >> 14);
        return raw - (((((raw >> 15) * (raw >> 15)) >> 7) * H[0]) >> 4);
    }

    static int adcOfCelsius(double celsius) {
        return nearest(celsius * 5120, 0xfffff, Bmx280Trim::fine);
    }

    /** Pressure falls with the code. */
    static int adcOfPascals(double pascals, int adcTemperature) {
        return nearest(-pascals * 256, 0xfffff, adc -> -pascals(adcTemperature, adc));
    }

    static int adcOfPercent(double percent, int adcTemperature) {
        return nearest(percent * 4_194_304, 0xffff, adc -> percent(adcTemperature, adc));
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
