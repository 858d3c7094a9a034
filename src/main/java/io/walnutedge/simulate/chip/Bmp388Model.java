package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A BMP388 (BST-BMP388-DS001): sleep and forced mode, conversions of the typical time of 3.9.2, the filter not modelled. Any
 * thread.
 */
public final class Bmp388Model extends AutoIncrementModel {
    private static final int T1 = 27_500;
    private static final int T2 = 18_900;
    private static final int T3 = -10;
    private static final int[] P = {0, 122, -2459, 35, 0, 25_290, 30_667, -13, -7, 16_368, 20, -60};

    /** @param nanos a monotonic clock */
    public Bmp388Model(LongSupplier nanos) {
        super(nanos, Map.of("temperature", 21.5, "pressure", 1013.25));
        registers[0x00] = 0x50;
        store(0x31, T1, T1 >> 8, T2, T2 >> 8, T3, P[1], P[1] >> 8, P[2], P[2] >> 8, P[3], P[4]);
        store(0x3c, P[5], P[5] >> 8, P[6], P[6] >> 8, P[7], P[8], P[9], P[9] >> 8, P[10], P[11]);
        clear();
    }

    /** Takes its supply away and gives it back: the state of the memory map. */
    public synchronized void interruptPower() {
        clear();
        silentFor(2_000_000);
    }

    private void clear() {
        convertFor(0);
        registers[0x03] = 0x10;
        store(0x04, 0, 0, 0x80, 0, 0, 0x80);
        store(0x1b, 0, 0x02, 0, 0, 0);
    }

    @Override
    void put(int register, int value) {
        switch (register) {
            case 0x1c, 0x1d, 0x1f -> registers[register] = value;
            case 0x1b -> power(value);
            case 0x7e -> {
                if (value == 0xb6) {
                    interruptPower();
                }
            }
            default -> {}
        }
    }

    private void power(int value) {
        registers[0x1b] = value;
        var mode = value >> 4 & 3;
        if ((mode == 1 || mode == 2) && !isConverting()) {
            var pressure = 392 + (2020 << (registers[0x1c] & 7));
            var temperature = 163 + (2020 << (registers[0x1c] >> 3 & 7));
            convertFor(1000L * (234 + ((value & 1) == 0 ? 0 : pressure) + ((value & 2) == 0 ? 0 : temperature)));
        }
    }

    @Override
    void advance() {
        if (!hasConverted()) {
            return;
        }
        var celsius = world.get("temperature");
        // the smaller root of t3 x^2 + t2 x - celsius
        var t2 = T2 * 0x1p-30;
        var t3 = T3 * 0x1p-48;
        var over = 2 * celsius / (t2 + Math.sqrt(t2 * t2 + 4 * t3 * celsius));
        var temperature = resolved(over + 256.0 * T1, registers[0x1c] >> 3 & 7);
        if ((registers[0x1b] & 2) != 0) {
            store(0x07, temperature, temperature >> 8, temperature >> 16);
            registers[0x03] |= 0x40;
        }
        if ((registers[0x1b] & 1) != 0) {
            var pressure = resolved(
                    solved(code -> -pascals(celsius, code), -world.get("pressure") * 100, 0, 0x1p24),
                    registers[0x1c] & 7);
            store(0x04, pressure, pressure >> 8, pressure >> 16);
            registers[0x03] |= 0x20;
        }
        registers[0x1b] &= 0x0f;
    }

    /** 9.3; it falls with the code. */
    private static double pascals(double t, double code) {
        var out1 = P[5] * 8 + P[6] / 64.0 * t + P[7] / 256.0 * t * t + P[8] / 32_768.0 * t * t * t;
        var p2 = (P[2] - 16_384) / (double) (1 << 29);
        var partial = (P[1] - 16_384) / (double) (1 << 20) + p2 * t + P[3] / (double) (1L << 32) * t * t;
        var out2 = code * (partial + P[4] / (double) (1L << 37) * t * t * t);
        var p9 = (P[9] + P[10] * t) / (1L << 48);
        return out1 + out2 + p9 * code * code + P[11] * Math.pow(code, 3) / Math.pow(2, 65);
    }

    /** 3.4.4: 16 bits and one for each doubling. */
    private static int resolved(double code, int osr) {
        var step = 1 << (8 - osr);
        return held(code / step, 0, (0x1000000 - step) / step) * step;
    }

    /** STATUS: reading the data clears its flag. */
    @Override
    int get(int register) {
        if (register >= 0x04 && register <= 0x09) {
            registers[0x03] &= register <= 0x06 ? ~0x20 : ~0x40;
        }
        return registers[register];
    }
}
