package io.walnutedge.simulate.chip;

import java.util.function.LongSupplier;

/**
 * A TSL2591 (version 1-05): it integrates for the longest time while it is on. Interrupts and thresholds are without effect.
 * Any thread.
 */
public final class Tsl2591Model extends TslModel {
    private static final int[] GAINS = {1, 25, 428, 9_876};

    /** @param nanos a monotonic clock */
    public Tsl2591Model(LongSupplier nanos) {
        this(nanos, 0.25);
    }

    /** @param ratio of the infrared channel to the other, below 1 */
    public Tsl2591Model(LongSupplier nanos, double ratio) {
        super(nanos, ratio);
        registers[0x12] = 0x50;
    }

    /** CMD and a normal transaction; special functions select nothing. */
    @Override
    int register(int command) {
        return (command & 0xe0) == 0xa0 ? command & 0x1f : -1;
    }

    private int steps() {
        return (registers[1] & 7) + 1;
    }

    @Override
    long conversion() {
        return steps() * 108_000_000L;
    }

    @Override
    int fullScale() {
        return steps() == 1 ? 36_863 : 65_535;
    }

    @Override
    int data() {
        return 0x14;
    }

    @Override
    double counts(double lux) {
        var countsPerLux = steps() * 100 * GAINS[registers[1] >> 4 & 3] / 408.0;
        return lux * countsPerLux / ((1 - ratio) * (1 - ratio));
    }

    @Override
    void ended() {
        registers[0x13] |= 1;
    }

    @Override
    void put(int register, int value) {
        if (register == 0) {
            registers[0] = value & 0xd3;
            var on = (value & 3) == 3;
            registers[0x13] = on ? registers[0x13] : 0;
            run(on);
        } else if (register == 1) {
            registers[1] = value & 0x37;
        }
    }
}
