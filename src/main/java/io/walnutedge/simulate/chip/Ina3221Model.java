package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.function.LongSupplier;

/**
 * An INA3221 (SBOS576B): voltages over the shunts and of the buses of three channels, triggered and continuous, in the
 * longest time. Limits and alerts are registers without effect. Any thread.
 */
public final class Ina3221Model extends WordModel {
    private static final int AFTER_RESET = 0x7127; // 8.6.1

    /** By VBUSCT and VSHCT, in nanoseconds (7.5). */
    private static final long[] TIMES = {154_000, 224_000, 365_000, 646_000, 1_210_000, 2_328_000, 4_572_000, 9_068_000
    };

    /** By AVG (8.6.2.1). */
    private static final int[] AVERAGES = {1, 4, 16, 64, 128, 256, 512, 1024};

    /** Configuration, then shunt and bus voltage of each channel. */
    private final int[] registers = {AFTER_RESET, 0, 0, 0, 0, 0, 0};

    private int mask = 2; // 8.6.1: 0002 after power-up

    /** @param nanos a monotonic clock */
    public Ina3221Model(LongSupplier nanos) {
        super(
                nanos,
                Map.of(
                        "ch1-voltage", 5.1,
                        "ch1-shunt-voltage", 0.02,
                        "ch2-voltage", 12.0,
                        "ch2-shunt-voltage", 0.05,
                        "ch3-voltage", 3.3,
                        "ch3-shunt-voltage", -0.01));
        start();
    }

    private boolean isEnabled(int channel) {
        return (registers[0] & 0x4000 >> channel) != 0;
    }

    private void start() {
        var time = 0L;
        for (var channel = 0; channel < 3; channel++) {
            if (isEnabled(channel)) {
                time += (registers[0] & 1) == 0 ? 0 : TIMES[registers[0] >> 3 & 7];
                time += (registers[0] & 2) == 0 ? 0 : TIMES[registers[0] >> 6 & 7];
            }
        }
        convertFor(AVERAGES[registers[0] >> 9 & 7] * time);
    }

    @Override
    void advance() {
        if (!hasConverted()) {
            return;
        }
        for (var channel = 0; channel < 3; channel++) {
            if (isEnabled(channel)) {
                convert(channel);
            }
        }
        mask |= 1; // CVRF
        if ((registers[0] & 4) != 0) {
            start();
        }
    }

    private void convert(int channel) {
        var name = "ch" + (channel + 1) + "-";
        if ((registers[0] & 1) != 0) {
            var code = code(world.get(name + "shunt-voltage"), 0.000_04, -0x1000, 0xfff);
            registers[1 + 2 * channel] = code << 3 & 0xffff;
        }
        if ((registers[0] & 2) != 0) {
            registers[2 + 2 * channel] = code(world.get(name + "voltage"), 0.008, 0, 0xfff) << 3;
        }
    }

    @Override
    int get(int register) {
        return switch (register) {
            case 0x0f -> flags();
            case 0xfe -> 0x5449;
            case 0xff -> 0x3220;
            default -> register < registers.length ? registers[register] : 0;
        };
    }

    private int flags() {
        var flags = mask;
        mask &= ~1;
        return flags;
    }

    @Override
    void put(int register, int word) {
        if (register == 0 && (word & 0x8000) != 0) {
            registers[0] = AFTER_RESET;
            start();
        } else if (register == 0) {
            registers[0] = word;
            mask = (word & 3) == 0 ? mask : mask & ~1;
            start();
        }
    }
}
