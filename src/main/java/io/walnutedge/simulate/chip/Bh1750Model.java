package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * A BH1750FVI (ROHM Technical Note 2009.04 Rev.B). One instruction for each transfer; a measurement takes the longest
 * time; a read too early gives the result before. Any thread.
 */
public final class Bh1750Model implements ChipModel {
    private static final int DEFAULT_TIME = 69; // Measurement Time Register

    private final LongSupplier nanos;
    private final World world = new World(Map.of("illuminance", 320.0));
    private boolean powered;
    private int time = DEFAULT_TIME;
    private int mode;
    private boolean measuring;
    private long endsAt;
    private int data;

    /** @param nanos a monotonic clock */
    public Bh1750Model(LongSupplier nanos) {
        this.nanos = nanos;
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
            measuring = false;
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
            measuring = true;
            endsAt = nanos.getAsLong() + measurementNanos();
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
        var now = nanos.getAsLong();
        if (!measuring || now - endsAt < 0) {
            return;
        }
        data = counts();
        if (mode >> 4 == 2) {
            // one time: automatically powered down
            measuring = false;
            powered = false;
        } else {
            endsAt = now + measurementNanos();
        }
    }

    private int counts() {
        var resolution = mode & 0x0f;
        var exact = world.get("illuminance") * 1.2 * time / DEFAULT_TIME * (resolution == 1 ? 2 : 1);
        // 4 lx in L-resolution mode
        var counts = resolution == 3 ? Math.round(exact / 4) * 4 : Math.round(exact);
        return (int) Math.max(0, Math.min(0xffff, counts));
    }

    @Override
    public synchronized byte[] read(int count) {
        advance();
        var answer = new byte[count];
        for (var i = 0; i < count; i++) {
            answer[i] = (byte) (i == 0 ? data >> 8 : i == 1 ? data : 0xff);
        }
        return answer;
    }

    @Override
    public Set<String> quantities() {
        return world.names();
    }

    @Override
    public synchronized void set(String quantity, double value) {
        world.set(quantity, value);
    }
}
