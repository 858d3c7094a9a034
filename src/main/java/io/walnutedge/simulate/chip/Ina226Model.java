package io.walnutedge.simulate.chip;

import java.util.function.LongSupplier;

/**
 * An INA226 (SBOS547A). It converts in the longest time; voltages over the shunt and of the bus are set, from which it
 * calculates current and power. Its alert limit is a register without effect. Any thread.
 */
public final class Ina226Model extends InaModel {
    private static final int AFTER_RESET = 0x4127; // 7.6, table 4

    /** By VBUSCT and VSHCT, in nanoseconds (6.5). */
    private static final long[] TIMES = {154_000, 224_000, 365_000, 646_000, 1_210_000, 2_328_000, 4_572_000, 9_068_000
    };

    /** By AVG (7.6.1, table 6). */
    private static final int[] AVERAGES = {1, 4, 16, 64, 128, 256, 512, 1024};

    private int mask;
    private int limit;

    /** @param nanos a monotonic clock */
    public Ina226Model(LongSupplier nanos) {
        super(nanos, AFTER_RESET);
        start();
    }

    @Override
    long conversion() {
        var ofShunt = (configuration & 1) == 0 ? 0 : TIMES[configuration >> 3 & 7];
        var ofBus = (configuration & 2) == 0 ? 0 : TIMES[configuration >> 6 & 7];
        return AVERAGES[configuration >> 9 & 7] * (ofShunt + ofBus);
    }

    @Override
    void convert() {
        if ((configuration & 1) != 0) {
            shunt = code(world.get("shunt-voltage"), 0.000_0025, Short.MIN_VALUE, Short.MAX_VALUE);
        }
        if ((configuration & 2) != 0) {
            bus = code(world.get("voltage"), 0.001_25, 0, Short.MAX_VALUE);
        }
        calculate(2_048, 20_000); // 7.5.2, equations 3 and 4
    }

    @Override
    int writable() {
        return 0x0fff;
    }

    @Override
    int get(int register) throws NotAcknowledged {
        return switch (register) {
            case 6 -> flags();
            case 7 -> limit;
            case 0xfe -> 0x5449;
            case 0xff -> 0x2260;
            default -> super.get(register);
        };
    }

    /** Reading them clears CVRF (7.6.7). */
    private int flags() {
        var flags = mask | (ready ? 8 : 0) | (overflow ? 4 : 0);
        ready = false;
        return flags;
    }

    @Override
    void put(int register, int word) {
        switch (register) {
            case 0 -> configure(word);
            case 5 -> calibration = word & 0x7fff;
            case 6 -> mask = word & 0xfc03;
            case 7 -> limit = word;
            default -> {}
        }
    }
}
