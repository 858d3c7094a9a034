package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.function.LongSupplier;

/** A LIS3DH (DocID17530): power-down, data rates, ranges and resolutions, data flags. Any thread. */
public final class Lis3dhModel extends AutoIncrementModel {
    private static final int[] RATES = {0, 1, 10, 25, 50, 100, 200, 400}; // CTRL_REG1, ODR
    private static final int[] MILLIS = {1, 2, 4, 12}; // 2.1, table 4, of 12 bits
    private static final double GRAVITY = 9.80665;
    private static final String[] AXES = {"x", "y", "z"};

    private long sampledAt;

    /** @param nanos a monotonic clock */
    public Lis3dhModel(LongSupplier nanos) {
        super(nanos, Map.of("acceleration-x", 0.0, "acceleration-y", 0.0, "acceleration-z", GRAVITY));
        registers[0x0f] = 0x33;
        registers[0x20] = 0x07;
    }

    @Override
    void advance() {
        var rate = RATES[Math.min(7, registers[0x20] >> 4)];
        if (rate > 0 && now() - sampledAt >= 1_000_000_000L / rate) {
            sampledAt = now();
            sample();
        }
    }

    /** 12 bits, or 10, or 8, from the left. */
    private void sample() {
        var range = registers[0x23] >> 4 & 3;
        var isLow = (registers[0x20] & 0x08) != 0;
        var isHigh = (registers[0x23] & 0x08) != 0;
        var mask = isHigh ? 0xfff0 : isLow ? 0xff00 : 0xffc0;
        for (var axis = 0; axis < 3; axis++) {
            var isOn = (registers[0x20] >> axis & 1) == 1;
            var steps = world.get("acceleration-" + AXES[axis]) / GRAVITY * 1000 / MILLIS[range];
            var word = isOn ? held(steps, -2048, 2047) << 4 & mask : 0;
            registers[0x28 + 2 * axis] = word & 0xff;
            registers[0x29 + 2 * axis] = word >> 8;
        }
        registers[0x27] = (registers[0x27] & 0x0f) == 0 ? 0x0f : 0xff;
    }

    @Override
    int get(int register) {
        var value = registers[register & 0x7f];
        if ((register & 0x7f) == 0x2d) {
            registers[0x27] = 0;
        }
        return value;
    }

    @Override
    int next(int register) {
        return (register & 0x80) == 0 ? register : ((register + 1) & 0x7f) | 0x80;
    }

    /** CTRL_REG1 to CTRL_REG6 are for writing; the rest is left out. A rate begins when it is written. */
    @Override
    void put(int register, int value) {
        var number = register & 0x7f;
        if (number >= 0x20 && number <= 0x25) {
            if (number == 0x20) {
                sampledAt = now();
            }
            registers[number] = value;
        }
    }
}
