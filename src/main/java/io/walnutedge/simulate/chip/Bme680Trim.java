package io.walnutedge.simulate.chip;

import java.util.Arrays;

/** Calibration like that of a real BME680, and Bosch's formulas in whole numbers (BST-BME680-DS001, 3.3 and 3.4). */
final class Bme680Trim {
    private static final int T1 = 26_000;
    private static final int T2 = 26_400;
    private static final int T3 = 3;
    private static final int[] P = {0, 36_400, -10_350, 88, 6_800, -100, 30, 40, -3_000, -2_800, 30};
    private static final int[] H = {0, 800, 1_000, 0, 45, 20, 120, -100};
    private static final int[] GH = {0, -30, -5_000, 18};
    private static final int HEAT_VALUE = 45;
    private static final int HEAT_RANGE = 1;
    private static final int SWITCHING_ERROR = -3;
    private static final long[] K1 = new long[16];
    private static final long[] K2 = {
        4_096_000_000L,
        2_048_000_000,
        1_024_000_000,
        512_000_000,
        255_744_255,
        127_110_228,
        64_000_000,
        32_258_064,
        16_016_016,
        8_000_000,
        4_000_000,
        2_000_000,
        1_000_000,
        500_000,
        250_000,
        125_000
    };

    static {
        Arrays.fill(K1, 2_147_483_647);
        K1[5] = 2_126_008_810;
        K1[7] = 2_130_303_777;
        K1[10] = 2_143_188_679;
        K1[11] = 2_136_746_228;
        K1[13] = 2_126_008_810;
    }

    private Bme680Trim() {}

    static void store(AutoIncrementModel chip) {
        chip.store(0x8a, T2, T2 >> 8, T3, 0, P[1], P[1] >> 8, P[2], P[2] >> 8, P[3], 0, P[4], P[4] >> 8);
        chip.store(0x96, P[5], P[5] >> 8, P[7], P[6], 0, 0, P[8], P[8] >> 8, P[9], P[9] >> 8, P[10]);
        chip.store(0xe1, H[2] >> 4, H[2] << 4 | (H[1] & 0x0f), H[1] >> 4, H[3], H[4], H[5], H[6], H[7]);
        chip.store(0xe9, T1, T1 >> 8, GH[2], GH[2] >> 8, GH[1], GH[3]);
        chip.store(0x00, HEAT_VALUE, 0, HEAT_RANGE << 4, 0, SWITCHING_ERROR << 4);
    }

    static int fine(int adc) {
        var over = (long) (adc >> 3) - (T1 << 1);
        return (int) (((over * T2) >> 11) + (((((over >> 1) * (over >> 1)) >> 12) * (T3 << 4)) >> 14));
    }

    static long pascals(int adc, int fine) {
        var var1 = (fine >> 1) - 64_000L;
        var var2 = ((((var1 >> 2) * (var1 >> 2)) >> 11) * P[6]) >> 2;
        var2 += (var1 * P[5]) << 1;
        var2 = (var2 >> 2) + ((long) P[4] << 16);
        var1 = (((((var1 >> 2) * (var1 >> 2)) >> 13) * (P[3] << 5)) >> 3) + ((P[2] * var1) >> 1);
        var1 = ((32_768 + (var1 >> 18)) * P[1]) >> 15;
        var p = (1_048_576 - adc - (var2 >> 12)) * 3_125 * 2 / var1;
        var square = (P[9] * (((p >> 3) * (p >> 3)) >> 13)) >> 12;
        var linear = ((p >> 2) * P[8]) >> 13;
        var cube = ((p >> 8) * (p >> 8) * (p >> 8) * P[10]) >> 17;
        return p + ((square + linear + cube + (P[7] << 7)) >> 4);
    }

    /** In thousandths of a percent. */
    static long percent(int adc, int fine) {
        var centi = (fine * 5L + 128) >> 8;
        var var1 = adc - (H[1] << 4) - ((centi * H[3] / 100) >> 1);
        var var2 = (H[2] * (centi * H[4] / 100 + ((centi * (centi * H[5] / 100)) >> 6) / 100 + (1 << 14))) >> 10;
        var var3 = var1 * var2;
        var var4 = ((H[6] << 7) + centi * H[7] / 100) >> 4;
        var var5 = ((var3 >> 14) * (var3 >> 14)) >> 10;
        return (((var3 + ((var4 * var5) >> 1)) >> 10) * 1_000) >> 12;
    }

    static long ohms(int adc, int range) {
        var var1 = ((1_340 + 5 * SWITCHING_ERROR) * K1[range]) >> 16;
        var var2 = ((long) adc << 15) - 16_777_216 + var1;
        return (((K2[range] * var1) >> 9) + (var2 >> 1)) / var2;
    }

    static int heaterResistance(int celsius) {
        var var1 = 25L * GH[3] / 1_000 * 256;
        var var2 = (GH[1] + 784) * (((GH[2] + 154_009L) * celsius * 5 / 100 + 3_276_800) / 10);
        var var4 = (var1 + var2 / 2) / (HEAT_RANGE + 4);
        var hundredths = (var4 / (131L * HEAT_VALUE + 65_536) - 250) * 34;
        return (int) ((hundredths + 50) / 100);
    }
}
