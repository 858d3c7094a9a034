package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.function.LongSupplier;

/**
 * An OPT3001 (SBOS681): single shots and continuous conversions in the longest time, automatic and fixed ranges. The limits
 * are registers without effect. Any thread.
 */
public final class Opt3001Model extends WordModel {
    private static final int MODE = 0x0600;
    private static final int OVERFLOW = 0x0100;
    private static final int READY = 0x0080;

    /** Result, configuration, low limit, high limit after power-up. */
    private final int[] registers = {0, 0xc810, 0xc000, 0xbfff};

    private long endsAt;

    /** @param nanos a monotonic clock */
    public Opt3001Model(LongSupplier nanos) {
        super(nanos, Map.of("illuminance", 320.0));
    }

    private void start() {
        endsAt = now() + ((registers[1] & 0x0800) == 0 ? 113_000_000L : 883_000_000L);
    }

    @Override
    void advance() {
        if ((registers[1] & MODE) == 0 || now() - endsAt < 0) {
            return;
        }
        convert();
        registers[1] |= READY;
        if ((registers[1] & MODE) == 0x0200) {
            registers[1] &= ~MODE;
        } else {
            start();
        }
    }

    private void convert() {
        var lux = world.get("illuminance");
        var range = registers[1] >> 12;
        var exponent = range < 12 ? range : 0;
        while (range >= 12 && exponent < 11 && code(lux, 0.01 * (1 << exponent), 0, 0xffff) > 0xfff) {
            exponent++;
        }
        var isBeyond = code(lux, 0.01 * (1 << exponent), 0, 0xffff) > 0xfff;
        registers[0] = exponent << 12 | code(lux, 0.01 * (1 << exponent), 0, 0xfff);
        registers[1] = isBeyond ? registers[1] | OVERFLOW : registers[1] & ~OVERFLOW;
    }

    /** Reading the configuration clears CRF. */
    @Override
    int get(int register) {
        return switch (register) {
            case 0, 2, 3 -> registers[register];
            case 1 -> flags();
            case 0x7e -> 0x5449;
            case 0x7f -> 0x3001;
            default -> 0;
        };
    }

    private int flags() {
        var word = registers[1];
        registers[1] &= ~READY;
        return word;
    }

    /** OVF, CRF, FH and FL are for reading only. */
    @Override
    void put(int register, int word) {
        if (register == 1) {
            registers[1] = (word & 0xfe1f) | (registers[1] & OVERFLOW);
            start();
        } else if (register == 2 || register == 3) {
            registers[register] = word;
        }
    }
}
