package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * A PMSA003I (data manual, version 2.6) in its stable mode, a new frame each 2.3 seconds. In the factory's calibration all
 * masses are a half more; no particles are counted. Any thread.
 */
public final class Pmsa003iModel implements ChipModel {
    private static final long INTERVAL = 2_300_000_000L; // output result
    private static final int VERSION = 0x97;
    private static final String[] SIZES = {"pm1", "pm2-5", "pm10"};

    private final LongSupplier nanos;
    private final World world = new World(Map.of("pm1", 4.0, "pm2-5", 7.0, "pm10", 9.0));
    private long framedAt;
    private byte[] frame;

    /** @param nanos a monotonic clock */
    public Pmsa003iModel(LongSupplier nanos) {
        this.nanos = nanos;
        this.framedAt = nanos.getAsLong();
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
        var bytes = new byte[32];
        for (var i = 0; i < 32; i++) {
            bytes[i] = (byte) (i % 2 == 0 ? words[i / 2] >> 8 : words[i / 2]);
        }
        return bytes;
    }

    /** It has nothing to write. */
    @Override
    public void write(byte[] bytes) {}

    @Override
    public synchronized byte[] read(int count) {
        if (nanos.getAsLong() - framedAt >= INTERVAL) {
            framedAt = nanos.getAsLong();
            frame = frame();
        }
        var answer = new byte[count];
        for (var i = 0; i < count; i++) {
            answer[i] = i < frame.length ? frame[i] : (byte) 0xff;
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
