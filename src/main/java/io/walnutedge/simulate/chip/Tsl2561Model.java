package io.walnutedge.simulate.chip;

import java.util.function.LongSupplier;

/**
 * A TSL2561T (TAOS059N): it integrates for the longest time while it is on. Interrupts and manual integration are without
 * effect. Any thread.
 */
public final class Tsl2561Model extends TslModel {
    private static final int[] PERIODS = {11, 81, 322, 322};
    private static final int[] FULL_SCALE = {5_047, 37_177, 65_535, 65_535};

    /** The timing of the integration that runs. */
    private int timing;

    /** @param nanos a monotonic clock */
    public Tsl2561Model(LongSupplier nanos) {
        this(nanos, 0.25);
    }

    /** @param ratio of the infrared channel to the other */
    public Tsl2561Model(LongSupplier nanos, double ratio) {
        super(nanos, ratio);
        registers[1] = 0x02;
        registers[10] = 0x50;
    }

    @Override
    int register(int command) {
        return (command & 0x80) == 0 ? -1 : command & 0x0f;
    }

    @Override
    long conversion() {
        return PERIODS[timing & 3] * 918_000_000L / 690;
    }

    @Override
    int fullScale() {
        return FULL_SCALE[timing & 3];
    }

    @Override
    int data() {
        return 12;
    }

    /** Lux for each count at gain 16 and 402 ms: the lines of the package T, for a given ratio. */
    private double luxPerCount() {
        if (ratio <= 0.5) {
            return 0.0304 - 0.062 * Math.pow(ratio, 1.4);
        }
        if (ratio <= 0.61) {
            return 0.0224 - 0.031 * ratio;
        }
        return ratio <= 0.8 ? 0.0128 - 0.0153 * ratio : 0.00146 - 0.00112 * ratio;
    }

    @Override
    double counts(double lux) {
        var gain = (timing & 0x10) == 0 ? 1 : 16;
        return lux / luxPerCount() * gain / 16 * PERIODS[timing & 3] / 322;
    }

    @Override
    void put(int register, int value) {
        if (register == 0) {
            if (registers[0] != 3) {
                timing = registers[1];
            }
            registers[0] = value & 3;
            run(registers[0] == 3);
        } else if (register == 1) {
            registers[1] = value & 0x1b; // counts from the next integration on
        }
    }

    @Override
    void ended() {
        timing = registers[1];
    }
}
