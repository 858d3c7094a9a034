package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A BH1750FVI (ROHM Technical Note 2009.04 Rev.B). One instruction for each transfer; a measurement takes the longest
 * time; a read too early gives the result before. Any thread.
 */
public final class Bh1750Model extends ChipModel {
    private static final int DEFAULT_TIME = 69; // Measurement Time Register

    private boolean powered;
    private int time = DEFAULT_TIME;
    private int mode;
    private int data;

    /** @param nanos a monotonic clock */
    public Bh1750Model(LongSupplier nanos) {
        super(nanos, Map.of("illuminance", 320.0));
    }

    /** More than one byte is not understood: each instruction wants its own stop condition (Write Format). */
    @Override
    public synchronized void write(byte[] bytes) {
        advance();
        if (bytes.length == 1) {
            instruct(bytes[0] & 0xff);
        }
    }

    /** Instruction Set Architecture. */
    private void instruct(int code) {
        if (code == 0x00) {
            powered = false;
            convertFor(0);
        } else if (code == 0x01) {
            powered = true;
        } else if (code >> 3 == 0x40 >> 3) {
            time = (time & 0x1f) | ((code & 0x07) << 5);
        } else if (code >> 5 == 0x60 >> 5) {
            time = (time & 0xe0) | (code & 0x1f);
        } else if (powered && code == 0x07) {
            data = 0;
        } else if (powered && isMeasurement(code)) {
            mode = code;
            convertFor(measurementNanos());
        }
    }

    private static boolean isMeasurement(int code) {
        var resolution = code & 0x0f;
        return (code >> 4 == 1 || code >> 4 == 2) && (resolution == 0 || resolution == 1 || resolution == 3);
    }

    /** Electrical Characteristics, in proportion to the time register. */
    private long measurementNanos() {
        var millis = (mode & 0x0f) == 3 ? 24 : 180;
        return millis * 1_000_000L * time / DEFAULT_TIME;
    }

    private void advance() {
        if (hasConverted()) {
            data = counts();
            // one time: automatically powered down
            powered = mode >> 4 != 2;
            convertFor(powered ? measurementNanos() : 0);
        }
    }

    private int counts() {
        var resolution = mode & 0x0f;
        var exact = world.get("illuminance") * 1.2 * time / DEFAULT_TIME * (resolution == 1 ? 2 : 1);
        // 4 lx in L-resolution mode
        return held(resolution == 3 ? Math.round(exact / 4) * 4.0 : exact, 0, 0xffff);
    }

    @Override
    public synchronized byte[] read(int count) {
        advance();
        return wordAnswer(count, data);
    }
}
