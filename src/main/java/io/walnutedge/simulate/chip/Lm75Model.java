package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.function.LongSupplier;

/**
 * An LM75B (NXP, rev. 6.1: 11 bits) or a TMP75 (SBOS288: 9 to 12 bits, as R1 and R0 say). Both convert by themselves; until
 * the first conversion ends they show 0 °C. Any thread.
 */
public final class Lm75Model extends WordModel {
    private static final long PERIOD = 300_000_000; // TMP75, 12 bits; an LM75B takes 100 ms

    private final boolean isTmp75;
    /** Temp, Conf (in the higher byte), Thyst, Tos (LM75B 7.4, table 6). */
    private final int[] registers = {0, 0, 0x4b00, 0x5000};

    private long endsAt;

    private Lm75Model(LongSupplier nanos, boolean isTmp75) {
        super(nanos, Map.of("temperature", 21.5));
        this.isTmp75 = isTmp75;
        this.endsAt = now() + PERIOD;
    }

    /** @param nanos a monotonic clock */
    public static Lm75Model lm75b(LongSupplier nanos) {
        return new Lm75Model(nanos, false);
    }

    /** @param nanos a monotonic clock */
    public static Lm75Model tmp75(LongSupplier nanos) {
        return new Lm75Model(nanos, true);
    }

    @Override
    void advance() {
        var isShutDown = (registers[1] & 0x0100) != 0;
        if (!isShutDown && now() - endsAt >= 0) {
            var bits = isTmp75 ? 9 + ((registers[1] >> 13) & 0x03) : 11;
            var half = 1 << (bits - 1);
            // 128 °C is full scale at any number of bits
            registers[0] = code(world.get("temperature"), 128.0 / half, -half, half - 1) << (16 - bits);
            endsAt = now();
        }
    }

    @Override
    int get(int register) {
        return register == 1 ? registers[1] | 0xff : registers[register & 0x03];
    }

    /** Temp is for reading only. */
    @Override
    void put(int register, int word) {
        switch (register & 0x03) {
            case 1 -> registers[1] = word & (isTmp75 ? 0x7f00 : 0xff00);
            case 2, 3 -> registers[register & 0x03] = word & 0xff80;
            default -> {}
        }
    }
}
