package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A chip with a pointer to registers of 16 bits, the higher byte first; what is read beyond them is ones. A register of 8
 * bits is the higher half. Any thread.
 */
abstract class WordModel extends ChipModel {
    private int pointer;

    WordModel(LongSupplier clock, Map<String, Double> initial) {
        super(clock, initial);
    }

    /** The register's content; reading may change it. */
    abstract int get(int register) throws NotAcknowledged;

    abstract void put(int register, int word) throws NotAcknowledged;

    /** Lets end what has ended; called before every transfer. */
    abstract void advance();

    /** The nearest code for a value, held at the ends. */
    static int code(double value, double step, int min, int max) {
        return held(value / step, min, max);
    }

    @Override
    public final synchronized void write(byte[] bytes) throws NotAcknowledged {
        advance();
        if (bytes.length > 0) {
            pointer = bytes[0] & 0xff;
        }
        if (bytes.length > 1) {
            put(pointer, ((bytes[1] & 0xff) << 8) | (bytes.length > 2 ? bytes[2] & 0xff : 0));
        }
    }

    @Override
    public final synchronized byte[] read(int count) throws NotAcknowledged {
        advance();
        return wordAnswer(count, get(pointer));
    }
}
