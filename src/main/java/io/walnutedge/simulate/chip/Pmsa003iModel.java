package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A PMSA003I (data manual, version 2.6) in its stable mode, a new frame each 2.3 seconds. In the factory's calibration all
 * masses are a half more; no particles are counted. Any thread.
 */
public final class Pmsa003iModel extends ChipModel {
    private static final long INTERVAL = 2_300_000_000L; // output result
    private static final int VERSION = 0x97;
    private static final String[] SIZES = {"pm1", "pm2-5", "pm10"};

    private long framedAt;
    private byte[] frame;

    /** @param nanos a monotonic clock */
    public Pmsa003iModel(LongSupplier nanos) {
        super(nanos, Map.of("pm1", 4.0, "pm2-5", 7.0, "pm10", 9.0));
        this.framedAt = now();
        this.frame = frame();
    }

    private byte[] frame() {
        var words = new int[16];
        words[0] = 0x424d;
        words[1] = 2 * 13 + 2;
        for (var i = 0; i < 3; i++) {
            var mass = Math.max(0, world.get(SIZES[i]));
            words[2 + i] = (int) Math.round(mass * 1.5);
            words[5 + i] = (int) Math.round(mass);
        }
        words[14] = VERSION << 8; // no error
        for (var i = 0; i < 15; i++) {
            words[15] += (words[i] >> 8 & 0xff) + (words[i] & 0xff);
        }
        return bytes(32, i -> words[i / 2] >> (i % 2 == 0 ? 8 : 0));
    }

    /** It has nothing to write. */
    @Override
    public void write(byte[] bytes) {}

    @Override
    public synchronized byte[] read(int count) {
        if (now() - framedAt >= INTERVAL) {
            framedAt = now();
            frame = frame();
        }
        return bytes(count, i -> i < frame.length ? frame[i] : 0xff);
    }
}
