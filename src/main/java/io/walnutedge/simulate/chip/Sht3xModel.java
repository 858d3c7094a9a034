package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * An SHT31 (datasheet SHT3x-DIS, version 5): single shots without clock stretching, status, heater, reset. It accepts the
 * commands of periodic measurement and then refuses single shots, but measures nothing in that mode. Any thread.
 */
public final class Sht3xModel implements ChipModel {
    /** Single shots of table 9, and the longest times of table 4 at a low supply, in microseconds. */
    private static final Map<Integer, Integer> SHOTS = Map.of(0x2400, 15_500, 0x240b, 6_500, 0x2416, 4_500);

    private static final long RESET_NANOS = 1_500_000; // 2.2, table 4
    private static final int STATUS_AFTER_RESET = 0x8010; // 4.11, table 18

    private final LongSupplier nanos;
    private final World world = new World(Map.of("temperature", 21.5, "humidity", 45.0));
    private int status = STATUS_AFTER_RESET;
    private boolean periodic;
    private boolean measuring;
    private long readyAt;
    private long answersFrom;
    private byte[] answer = new byte[0];

    /** @param nanos a monotonic clock */
    public Sht3xModel(LongSupplier nanos) {
        this.nanos = nanos;
        this.answersFrom = nanos.getAsLong();
    }

    @Override
    public synchronized void write(byte[] bytes) throws NotAcknowledged {
        advance();
        if (measuring) {
            throw new NotAcknowledged("measuring");
        }
        if (bytes.length == 2) {
            command(((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff));
        }
    }

    private void command(int code) throws NotAcknowledged {
        var high = code >> 8;
        if (periodic && code != 0x3093) {
            throw new NotAcknowledged("in periodic mode");
        }
        if (SHOTS.containsKey(code)) {
            measuring = true;
            answer = new byte[0];
            readyAt = nanos.getAsLong() + SHOTS.get(code) * 1000L;
        } else if ((high >= 0x20 && high <= 0x23) || high == 0x27) {
            periodic = true; // table 10
        } else {
            switch (code) {
                case 0x3093 -> periodic = false; // 4.8
                case 0x30a2 -> reset(); // 4.9
                case 0x306d -> status |= 0x2000; // 4.10
                case 0x3066 -> status &= ~0x2000; // 4.10
                case 0x3041 -> status &= ~0x8c10; // 4.11
                case 0xf32d -> answer = frame(status); // 4.11
                default -> throw new NotAcknowledged("no command");
            }
        }
    }

    private void reset() {
        status = STATUS_AFTER_RESET;
        answer = new byte[0];
        answersFrom = nanos.getAsLong() + RESET_NANOS;
    }

    /** Without data the read header is not acknowledged (4.4, 4.6); data can be read once. */
    @Override
    public synchronized byte[] read(int count) throws NotAcknowledged {
        advance();
        if (answer.length == 0) {
            throw new NotAcknowledged(measuring ? "measuring" : "no data");
        }
        var bytes = new byte[count];
        for (var i = 0; i < count; i++) {
            bytes[i] = i < answer.length ? answer[i] : (byte) 0xff;
        }
        answer = new byte[0];
        return bytes;
    }

    private void advance() throws NotAcknowledged {
        var now = nanos.getAsLong();
        if (now - answersFrom < 0) {
            throw new NotAcknowledged("resetting");
        }
        if (measuring && now - readyAt >= 0) {
            measuring = false;
            // 4.13
            answer = frame(scaled((world.get("temperature") + 45) / 175), scaled(world.get("humidity") / 100));
        }
    }

    private static int scaled(double share) {
        return (int) Math.max(0, Math.min(0xffff, Math.round(share * 0xffff)));
    }

    private static byte[] frame(int... words) {
        var frame = new byte[3 * words.length];
        for (var i = 0; i < words.length; i++) {
            frame[3 * i] = (byte) (words[i] >> 8);
            frame[3 * i + 1] = (byte) words[i];
            frame[3 * i + 2] = (byte) checksum(words[i]);
        }
        return frame;
    }

    /** The remainder of the 16 bits divided by x8+x5+x4+1, the first eight inverted (4.12). */
    private static int checksum(int word) {
        var remainder = (word ^ 0xff00) << 8;
        for (var bit = 23; bit >= 8; bit--) {
            if ((remainder >> bit & 1) == 1) {
                remainder ^= 0x131 << (bit - 8);
            }
        }
        return remainder;
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
