package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A BMP180 (BST-BMP180-DS000-09) with the calibration of the datasheet's example. Conversions take the longest time. Any
 * thread.
 */
public final class Bmp180Model extends AutoIncrementModel {
    private static final long START_UP = 10_000_000; // table 2
    private static final int[] WORDS = {408, -72, -14383, 32741, 32757, 23153, 6190, 4, -32768, -8711, 2868};

    /** @param nanos a monotonic clock */
    public Bmp180Model(LongSupplier nanos) {
        super(nanos, Map.of("temperature", 21.5, "pressure", 1013.25));
        for (var i = 0; i < WORDS.length; i++) {
            store(0xaa + 2 * i, WORDS[i] >> 8, WORDS[i]);
        }
        store(0xd0, 0x55, 0x02);
        store(0xf4, 0, 0, 0x80, 0, 0);
    }

    @Override
    void put(int register, int value) {
        if (register == 0xe0 && value == 0xb6) {
            convertFor(0);
            store(0xf4, 0, 0, 0x80, 0, 0);
            silentFor(START_UP);
        } else if (register == 0xf4 && !isConverting()) {
            registers[0xf4] = value;
            if ((value & 0x20) != 0) {
                convertFor(micros(value) * 1000L);
            }
        }
    }

    /** Table 8. */
    private static int micros(int control) {
        return (control & 0x1f) == 0x0e ? 4_500 : new int[] {4_500, 7_500, 13_500, 25_500}[control >> 6];
    }

    @Override
    void advance() {
        if (!hasConverted()) {
            return;
        }
        registers[0xf4] &= 0xdf;
        var ut = solved(Bmp180Model::celsius, world.get("temperature"), 21_000, 65_535); // below, x1 + MD comes to zero
        if ((registers[0xf4] & 0x1f) == 0x0e) {
            var code = held(ut, 0, 0xffff);
            store(0xf6, code >> 8, code, 0);
        } else {
            var oss = registers[0xf4] >> 6;
            var up = solved(code -> pascals(ut, code), world.get("pressure") * 100, 0, 65_535);
            var code = held(up * (1 << oss), 0, (0x10000 << oss) - 1) << (8 - oss);
            store(0xf6, code >> 16, code >> 8, code);
        }
    }

    private static double celsius(double ut) {
        return b5(ut) / 160;
    }

    private static double b5(double ut) {
        var x1 = (ut - WORDS[5]) * WORDS[4] / 32768.0;
        return x1 + WORDS[9] * 2048.0 / (x1 + WORDS[10]);
    }

    /** Figure 4 for an oversampling of one. */
    private static double pascals(double ut, double up) {
        var b6 = b5(ut) - 4000;
        var b3 = (4 * WORDS[0] + WORDS[7] * b6 * b6 / (1 << 23) + WORDS[1] * b6 / (1 << 11)) / 4;
        var sum = WORDS[2] * b6 / (1 << 13) + WORDS[6] * b6 * b6 / (1 << 28);
        var b4 = WORDS[3] * (1 + sum / 4 / (1 << 15));
        var p = (up - b3) * 100_000 / b4;
        return p + (p * p * 3038 / (1L << 32) - p * 7357 / (1 << 16) + 3791) / 16;
    }
}
