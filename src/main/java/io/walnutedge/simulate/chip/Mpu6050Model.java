package io.walnutedge.simulate.chip;

import java.util.Arrays;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * An MPU-6050 (RM-MPU-6000A, revision 4.2): asleep after power-up, a sample each millisecond, ranges, the data ready flag.
 * Its filter is as quick as the samples. Any thread.
 */
public final class Mpu6050Model extends AutoIncrementModel {
    private static final long PERIOD = 1_000_000; // register 25
    private static final long START_UP = 100_000_000; // register 107
    private static final double GRAVITY = 9.80665;
    private static final String[] AXES = {"x", "y", "z"};

    private long sampledAt;

    /** @param nanos a monotonic clock */
    public Mpu6050Model(LongSupplier nanos) {
        super(
                nanos,
                Map.of(
                        "acceleration-x", 0.0,
                        "acceleration-y", 0.0,
                        "acceleration-z", GRAVITY,
                        "rotation-x", 0.0,
                        "rotation-y", 0.0,
                        "rotation-z", 0.0,
                        "temperature", 21.5));
        reset();
        silentFor(0);
    }

    /** Power, which is lost and comes back, does the same. */
    public synchronized void reset() {
        Arrays.fill(registers, 0);
        registers[0x6b] = 0x40; // asleep
        registers[0x75] = 0x68;
        silentFor(START_UP);
    }

    @Override
    void advance() {
        var isAsleep = (registers[0x6b] & 0x40) != 0;
        if (!isAsleep && now() - sampledAt >= PERIOD) {
            sampledAt = now();
            sample();
        }
    }

    private void sample() {
        var g = 2 << (registers[0x1c] >> 3 & 3);
        var degrees = 250 << (registers[0x1b] >> 3 & 3);
        for (var axis = 0; axis < 3; axis++) {
            putWord(0x3b + 2 * axis, code(world.get("acceleration-" + AXES[axis]) / GRAVITY / g));
            putWord(0x43 + 2 * axis, code(world.get("rotation-" + AXES[axis]) / degrees));
        }
        putWord(0x41, (int) Math.round((world.get("temperature") - 36.53) * 340));
        registers[0x3a] |= registers[0x38] & 0x01;
    }

    private static int code(double share) {
        return held(share * 32_768, -32_768, 32_767);
    }

    @Override
    int get(int register) {
        var value = registers[register];
        if (register == 0x3a) {
            registers[register] = 0;
        }
        return value;
    }

    /** Data, status and id are for reading only. */
    @Override
    void put(int register, int value) {
        if (register == 0x6b && (value & 0x80) != 0) {
            reset();
        } else if ((register < 0x3a || register > 0x60) && register != 0x75) {
            registers[register] = value;
        }
    }
}
