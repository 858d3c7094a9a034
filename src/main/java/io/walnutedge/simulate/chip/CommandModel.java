package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A chip of commands with answers in words of 16 bits, each with its checksum; while it works on one it acknowledges
 * nothing. Any thread.
 */
abstract class CommandModel implements ChipModel {
    final World world;
    private final LongSupplier clock;
    private final int checksumInit;
    private Supplier<byte[]> answer = () -> new byte[0];
    private long busyUntil;

    /** @param checksumInit 0xff of most chips, 0 of the older */
    CommandModel(LongSupplier clock, int checksumInit, Map<String, Double> initial) {
        this.clock = clock;
        this.checksumInit = checksumInit;
        this.world = new World(initial);
        this.busyUntil = clock.getAsLong();
    }

    /** Carries out what was written; without a call of {@link #answer} there is nothing to read then. */
    abstract void command(byte[] bytes) throws NotAcknowledged;

    final long now() {
        return clock.getAsLong();
    }

    final void busy(long micros) {
        busyUntil = now() + micros * 1_000;
    }

    /** What can be read, once, when the time is over; it is asked for then. */
    final void answer(long micros, Supplier<byte[]> bytes) {
        busy(micros);
        answer = bytes;
    }

    @Override
    public final synchronized void write(byte[] bytes) throws NotAcknowledged {
        acknowledge();
        answer = () -> new byte[0];
        command(bytes);
    }

    @Override
    public final synchronized byte[] read(int count) throws NotAcknowledged {
        acknowledge();
        var bytes = answer.get();
        answer = () -> new byte[0];
        if (bytes.length == 0) {
            throw new NotAcknowledged("no data");
        }
        var read = new byte[count];
        for (var i = 0; i < count; i++) {
            read[i] = i < bytes.length ? bytes[i] : (byte) 0xff;
        }
        return read;
    }

    private void acknowledge() throws NotAcknowledged {
        if (now() - busyUntil < 0) {
            throw new NotAcknowledged("busy");
        }
    }

    /** The nearest code, held at the ends. */
    static int scaled(double share, int full) {
        return (int) Math.max(0, Math.min(full, Math.round(share * full)));
    }

    static int word(byte[] bytes, int at) {
        return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
    }

    final byte[] frame(int... words) {
        var frame = new byte[3 * words.length];
        for (var i = 0; i < words.length; i++) {
            frame[3 * i] = (byte) (words[i] >> 8);
            frame[3 * i + 1] = (byte) words[i];
            frame[3 * i + 2] = (byte) checksum(words[i]);
        }
        return frame;
    }

    /** The remainder of the 16 bits divided by x8+x5+x4+1, the first eight changed by the initial value. */
    final int checksum(int word) {
        var remainder = (word ^ (checksumInit << 8)) << 8;
        for (var bit = 23; bit >= 8; bit--) {
            if (((remainder >> bit) & 1) == 1) {
                remainder ^= 0x131 << (bit - 8);
            }
        }
        return remainder;
    }

    @Override
    public final Set<String> quantities() {
        return world.names();
    }

    @Override
    public final synchronized void set(String quantity, double value) {
        world.set(quantity, value);
    }
}
