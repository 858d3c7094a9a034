package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * An SGP40 (datasheet, version 1.0): raw signal, self-test, heater off, serial number. Wrong checksums are not acknowledged.
 * The signal is that of the world at 50 % and 25 °C and is not compensated. Any thread.
 */
public final class Sgp40Model implements ChipModel {
    private static final long MEASURE_NANOS = 30_000_000; // 3.1
    private static final long TEST_NANOS = 320_000_000; // 3.3: 250 ms; in version 1.2 320 ms

    private final LongSupplier nanos;
    private final World world = new World(Map.of("voc-raw", 30_000.0));
    private long readyAt;
    private boolean isHeating;
    private byte[] answer = new byte[0];

    /** @param nanos a monotonic clock */
    public Sgp40Model(LongSupplier nanos) {
        this.nanos = nanos;
        this.readyAt = nanos.getAsLong();
    }

    @Override
    public synchronized void write(byte[] bytes) throws NotAcknowledged {
        refuseWhileBusy();
        if (bytes.length < 2) {
            return;
        }
        switch (word(bytes, 0)) {
            case 0x260f -> measure(bytes);
            case 0x280e -> answerAfter(TEST_NANOS, 0xd400);
            case 0x3615 -> isHeating = false;
            case 0x3682 -> answerAfter(1_000_000, 0x0000, 0x0123, 0x4567);
            default -> throw new NotAcknowledged("no command");
        }
    }

    private void measure(byte[] bytes) throws NotAcknowledged {
        if (bytes.length != 8 || checksum(word(bytes, 2)) != bytes[4] || checksum(word(bytes, 5)) != bytes[7]) {
            throw new NotAcknowledged("bad parameters");
        }
        isHeating = true;
        answerAfter(MEASURE_NANOS, (int) Math.max(0, Math.min(0xffff, Math.round(world.get("voc-raw")))));
    }

    private void answerAfter(long delay, int... words) {
        readyAt = nanos.getAsLong() + delay;
        answer = new byte[3 * words.length];
        for (var i = 0; i < words.length; i++) {
            answer[3 * i] = (byte) (words[i] >> 8);
            answer[3 * i + 1] = (byte) words[i];
            answer[3 * i + 2] = checksum(words[i]);
        }
    }

    @Override
    public synchronized byte[] read(int count) throws NotAcknowledged {
        refuseWhileBusy();
        if (answer.length == 0) {
            throw new NotAcknowledged("no data");
        }
        var bytes = new byte[count];
        for (var i = 0; i < count; i++) {
            bytes[i] = i < answer.length ? answer[i] : (byte) 0xff;
        }
        answer = new byte[0];
        return bytes;
    }

    private void refuseWhileBusy() throws NotAcknowledged {
        if (nanos.getAsLong() - readyAt < 0) {
            throw new NotAcknowledged("measuring");
        }
    }

    private static int word(byte[] bytes, int at) {
        return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
    }

    /** The remainder of the 16 bits divided by x8+x5+x4+1, the first eight inverted. */
    private static byte checksum(int word) {
        var remainder = (word ^ 0xff00) << 8;
        for (var bit = 23; bit >= 8; bit--) {
            if ((remainder >> bit & 1) == 1) {
                remainder ^= 0x131 << (bit - 8);
            }
        }
        return (byte) remainder;
    }

    /** Whether the hotplate is on. */
    public synchronized boolean isHeating() {
        return isHeating;
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
