package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A DPS310 (datasheet version 1.1) with coefficients like those of a real one: conversions on command, without background
 * mode and FIFO. Any thread.
 */
public final class Dps310Model extends AutoIncrementModel {
    private static final int[] C = {207, -264}; // c0, c1
    private static final int C00 = 79_508;
    private static final int C10 = -52_507;
    private static final int[] C_16 = {-2855, 1226, -9487, 122, -1676}; // c01, c11, c20, c21, c30
    private static final long START_UP = 40_000_000; // 4.2, table 6
    private static final int[] MICROS = {3_600, 5_200, 8_400, 14_800, 27_600, 53_200, 104_400, 206_800};
    private static final int[] SCALES = {524288, 1572864, 3670016, 7864320, 253952, 516096, 1040384, 2088960};

    private int command;
    private long endsAt;
    private long startedAt;

    /** @param nanos a monotonic clock */
    public Dps310Model(LongSupplier nanos) {
        super(nanos, Map.of("temperature", 21.5, "pressure", 1013.25));
        registers[0x0d] = 0x10;
        store(0x10, C[0] >> 4, C[0] << 4 | (C[1] >> 8 & 0x0f), C[1]);
        store(0x13, C00 >> 12, C00 >> 4, C00 << 4 | (C10 >> 16 & 0x0f), C10 >> 8, C10);
        for (var i = 0; i < C_16.length; i++) {
            store(0x18 + 2 * i, C_16[i] >> 8, C_16[i]);
        }
        registers[0x28] = 0x80;
        registers[0x32] = 0x02;
        clear();
    }

    /** Takes its supply away and gives it back. */
    public synchronized void interruptPower() {
        clear();
    }

    private void clear() {
        store(0x00, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        command = 0;
        startedAt = now() + START_UP;
    }

    @Override
    void put(int register, int value) {
        switch (register) {
            case 0x06, 0x07, 0x09 -> registers[register] = value;
            case 0x08 -> measure(value & 0x07);
            case 0x0c -> {
                if ((value & 0x0f) == 0x09) {
                    clear();
                }
            }
            default -> {}
        }
    }

    private void measure(int control) {
        command = control;
        if (control == 1 || control == 2) {
            endsAt = now() + MICROS[registers[control == 1 ? 0x06 : 0x07] & 7] * 1000L;
        }
    }

    @Override
    void advance() {
        if (now() - startedAt >= 0) {
            registers[0x08] |= 0xc0;
        }
        if ((command != 1 && command != 2) || now() - endsAt < 0) {
            return;
        }
        var temperature = (world.get("temperature") - C[0] / 2.0) / C[1];
        if (command == 2) {
            result(0x03, temperature, registers[0x07] & 7, registers[0x09] & 0x08);
            registers[0x08] |= 0x20;
        } else {
            result(0x00, pressure(temperature), registers[0x06] & 7, registers[0x09] & 0x04);
            registers[0x08] |= 0x10;
        }
        command = 0;
    }

    /** Without the shift a result of more than 8 samples does not fit (CFG_REG). */
    private void result(int register, double scaled, int code, int shift) {
        var raw = held(scaled * SCALES[code], -0x800000, 0x7fffff);
        var kept = code > 3 && shift == 0 ? raw << 4 : raw;
        store(register, kept >> 16, kept >> 8, kept);
    }

    /** 4.9.1; the pressure falls with the code. */
    private double pressure(double t) {
        return solved(
                p -> -(C00 + p * (C10 + p * (C_16[2] + p * C_16[4])) + t * C_16[0] + t * p * (C_16[1] + p * C_16[3])),
                -world.get("pressure") * 100,
                -2,
                2);
    }

    /** Reading the data clears its flag (MEAS_CFG). */
    @Override
    int get(int register) {
        if (register <= 0x05) {
            registers[0x08] &= register <= 0x02 ? ~0x10 : ~0x20;
        }
        return registers[register];
    }
}
