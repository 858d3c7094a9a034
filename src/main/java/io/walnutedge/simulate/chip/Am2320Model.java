package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.function.LongSupplier;

/**
 * An AM2320 (product manual V1.0, 8.2): asleep until it is addressed and 3 ms after the last transfer; answers what it
 * measured the time before, at most every 2 s anew. Any thread.
 */
public final class Am2320Model extends ChipModel {
    private static final long WAKING = 800_000; // 8.2.4
    private static final long ANSWERING = 1_500_000; // 8.2.4
    private static final long AWAKE = 3_000_000; // 8.2.4
    private static final long BETWEEN = 2_000_000_000; // table 1

    private boolean awake;
    private long since;
    private long asked = Long.MAX_VALUE;
    private long measured;
    private int humidity;
    private int temperature;

    /** @param nanos a monotonic clock */
    public Am2320Model(LongSupplier nanos) {
        super(nanos, Map.of("temperature", 21.5, "humidity", 45.0));
        this.measured = now() - BETWEEN;
    }

    @Override
    public synchronized void write(byte[] bytes) throws NotAcknowledged {
        var now = now();
        if (!awake || now - since > AWAKE) {
            awake = true;
            since = now;
            throw new NotAcknowledged("asleep");
        }
        if (now - since < WAKING) {
            throw new NotAcknowledged("waking");
        }
        if (bytes.length == 3 && bytes[0] == 3 && bytes[1] == 0 && bytes[2] == 4) {
            asked = now;
        }
        since = now;
    }

    @Override
    public synchronized byte[] read(int count) throws NotAcknowledged {
        var now = now();
        if (!awake || asked == Long.MAX_VALUE || now - asked < ANSWERING) {
            throw new NotAcknowledged("no answer yet");
        }
        var frame = frame();
        awake = false;
        asked = Long.MAX_VALUE;
        if (now - measured >= BETWEEN) {
            measured = now;
            humidity = (int) Math.round(world.get("humidity") * 10);
            var tenths = (int) Math.round(world.get("temperature") * 10);
            temperature = tenths < 0 ? 0x8000 | -tenths : tenths;
        }
        return bytes(count, i -> i < frame.length ? frame[i] : 0);
    }

    private byte[] frame() {
        var data = new byte[] {
            3, 4, (byte) (humidity >> 8), (byte) humidity, (byte) (temperature >> 8), (byte) temperature, 0, 0
        };
        var crc = 0xffff;
        for (var i = 0; i < 6; i++) {
            crc ^= data[i] & 0xff;
            for (var bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
            }
        }
        data[6] = (byte) crc;
        data[7] = (byte) (crc >> 8);
        return data;
    }
}
