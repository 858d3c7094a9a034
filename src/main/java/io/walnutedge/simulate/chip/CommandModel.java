package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A chip of commands with answers in words of 16 bits, each with its checksum; while it works on one it acknowledges
 * nothing. Any thread.
 */
abstract class CommandModel extends ChipModel {
    private final int checksumInit;
    private Supplier<byte[]> answer = () -> new byte[0];

    /** @param checksumInit 0xff of most chips, 0 of the older */
    CommandModel(LongSupplier clock, int checksumInit, Map<String, Double> initial) {
        super(clock, initial);
        this.checksumInit = checksumInit;
    }

    /** Carries out what was written; without a call of {@link #answer} there is nothing to read then. */
    abstract void command(byte[] bytes) throws NotAcknowledged;

    final void busy(long micros) {
        silentFor(micros * 1_000);
    }

    /** What can be read, once, when the time is over; it is asked for then. */
    final void answer(long micros, Supplier<byte[]> bytes) {
        busy(micros);
        answer = bytes;
    }

    @Override
    public final synchronized void write(byte[] bytes) throws NotAcknowledged {
        refuseWhileSilent("busy");
        answer = () -> new byte[0];
        command(bytes);
    }

    @Override
    public final synchronized byte[] read(int count) throws NotAcknowledged {
        refuseWhileSilent("busy");
        var bytes = answer.get();
        answer = () -> new byte[0];
        if (bytes.length == 0) {
            throw new NotAcknowledged("no data");
        }
        return bytes(count, i -> i < bytes.length ? bytes[i] : 0xff);
    }

    /** The nearest code, held at the ends. */
    static int scaled(double share, int full) {
        return held(share * full, 0, full);
    }

    /** A word of those that a command takes; without its checksum it is not acknowledged. */
    final int argument(byte[] bytes, int at, int count) throws NotAcknowledged {
        var from = 2 + 3 * at;
        if (bytes.length != 2 + 3 * count || checksum(word(bytes, from)) != (bytes[from + 2] & 0xff)) {
            throw new NotAcknowledged("bad parameters");
        }
        return word(bytes, from);
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

    private int checksum(int word) {
        return checksum(word, 16, checksumInit);
    }
}
