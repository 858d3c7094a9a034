package io.walnutedge.simulate.chip;

import io.walnutedge.hardware.I2cTarget;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntUnaryOperator;
import java.util.function.LongSupplier;

/**
 * One chip on an I2C bus. A transfer with a repeated start is a {@link #write} and then a {@link #read}. Any thread:
 * implementations lock themselves, since transfers and {@link #set} come from different ones.
 */
public abstract class ChipModel implements I2cTarget {
    final World world;
    private final LongSupplier clock;
    private long answersFrom;
    private boolean converting;
    private long endsAt;

    /** @param clock a monotonic one, in nanoseconds */
    ChipModel(LongSupplier clock, Map<String, Double> initial) {
        this.clock = clock;
        this.world = new World(initial);
        this.answersFrom = clock.getAsLong();
    }

    /**
     * The bytes after the address of one write transfer; none is an empty probe.
     *
     * @throws NotAcknowledged where the chip would not
     */
    @Override
    public abstract void write(byte[] bytes) throws NotAcknowledged;

    /**
     * The bytes of one read transfer.
     *
     * @throws NotAcknowledged where the chip would not
     */
    @Override
    public abstract byte[] read(int count) throws NotAcknowledged;

    /** What can be set, by the names that the driver gives its quantities. */
    public final Set<String> quantities() {
        return world.names();
    }

    /**
     * Changes the world around the chip; seen by the next conversion to end.
     *
     * @throws IllegalArgumentException if there is no such quantity or the value is not finite
     */
    public final synchronized void set(String quantity, double value) {
        world.set(quantity, value);
    }

    final long now() {
        return clock.getAsLong();
    }

    /** No acknowledgement for so long. */
    final void silentFor(long nanos) {
        answersFrom = now() + nanos;
    }

    /** @param doing what it does while it is silent */
    final void refuseWhileSilent(String doing) throws NotAcknowledged {
        if (now() - answersFrom < 0) {
            throw new NotAcknowledged(doing);
        }
    }

    /** Begins a conversion; with no time, it ends the one that runs without a value. */
    final void convertFor(long nanos) {
        converting = nanos > 0;
        endsAt = now() + nanos;
    }

    final boolean isConverting() {
        return converting;
    }

    /** Whether a conversion has ended, once for each. */
    final boolean hasConverted() {
        var ended = converting && now() - endsAt >= 0;
        converting &= !ended;
        return ended;
    }

    /** The nearest whole number, held at the ends. */
    static int held(double value, int min, int max) {
        return (int) Math.max(min, Math.min(max, Math.round(value)));
    }

    /** The place at which a rising curve comes to a value. */
    static double solved(DoubleUnaryOperator rising, double wanted, double lowest, double highest) {
        var low = lowest;
        var high = highest;
        for (var i = 0; i < 60; i++) {
            var middle = (low + high) / 2;
            if (rising.applyAsDouble(middle) < wanted) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The bytes of an answer by their place. */
    static byte[] bytes(int count, IntUnaryOperator at) {
        var bytes = new byte[count];
        for (var i = 0; i < count; i++) {
            bytes[i] = (byte) at.applyAsInt(i);
        }
        return bytes;
    }

    /** A word of 16 bits, and ones beyond. */
    static byte[] wordAnswer(int count, int word) {
        return bytes(count, i -> i == 0 ? word >> 8 : i == 1 ? word : 0xff);
    }

    /** A word of 16 bits, the higher byte first. */
    static int word(byte[] bytes, int at) {
        return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
    }

    /** The remainder of so many bits divided by x8+x5+x4+1, the first eight changed by the initial value. */
    static int checksum(long bits, int count, int initial) {
        var remainder = (bits ^ ((long) initial << (count - 8))) << 8;
        for (var bit = count + 7; bit >= 8; bit--) {
            if (((remainder >> bit) & 1) == 1) {
                remainder ^= 0x131L << (bit - 8);
            }
        }
        return (int) remainder;
    }
}
