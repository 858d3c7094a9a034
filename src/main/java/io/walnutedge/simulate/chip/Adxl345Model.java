package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.function.LongSupplier;

/** An ADXL345 (revision E): standby, data rates, ranges, both resolutions, the data flag. Any thread. */
public final class Adxl345Model extends AutoIncrementModel {
    private static final double GRAVITY = 9.80665;
    private static final String[] AXES = {"x", "y", "z"};

    private long sampledAt;

    /** @param nanos a monotonic clock */
    public Adxl345Model(LongSupplier nanos) {
        super(nanos, Map.of("acceleration-x", 0.0, "acceleration-y", 0.0, "acceleration-z", GRAVITY));
        registers[0x00] = 0xe5;
        registers[0x2c] = 0x0a;
        registers[0x30] = 0x02;
    }

    /** A rate's code is the power of two of 3200 samples by the second, at 15. */
    @Override
    void advance() {
        var period = Math.round(1e9 / 3200) << (15 - (registers[0x2c] & 0x0f));
        if ((registers[0x2d] & 0x08) != 0 && now() - sampledAt >= period) {
            sampledAt = now();
            sample();
        }
    }

    /** In full resolution 256 steps are a g; otherwise 512 steps are the range. */
    private void sample() {
        var range = registers[0x31] & 3;
        var isFull = (registers[0x31] & 0x08) != 0;
        var steps = isFull ? 256.0 : 256.0 / (1 << range);
        var end = isFull ? 512 << range : 512;
        for (var axis = 0; axis < 3; axis++) {
            var code = world.get("acceleration-" + AXES[axis]) / GRAVITY * steps;
            var word = held(code, -end, end - 1);
            store(0x32 + 2 * axis, word, word >> 8);
        }
        registers[0x30] |= 0x80;
    }

    @Override
    int get(int register) {
        if (register == 0x37) {
            registers[0x30] &= ~0x80;
        }
        return registers[register];
    }

    @Override
    void put(int register, int value) {
        var isData = register >= 0x32 && register <= 0x37;
        if (register >= 0x1d && register != 0x2b && register != 0x30 && !isData && register <= 0x38) {
            if (register == 0x2d) {
                sampledAt = now();
            }
            registers[register] = value;
        }
    }
}
