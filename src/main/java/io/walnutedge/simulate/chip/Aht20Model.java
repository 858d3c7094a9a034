package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * An AHT20 (datasheet version 1.0) that must be initialized after each reset; a measurement takes 80 ms, during which
 * it answers its status, and the last result. Any thread.
 */
public final class Aht20Model implements ChipModel {
    private static final long MEASURE = 80_000_000; // 5.4
    private static final long RESET = 20_000_000; // 5.5
    private static final int FULL = (1 << 20) - 1;

    private final LongSupplier nanos;
    private final int initialize;
    private final boolean hasChecksum;
    private final World world = new World(Map.of("temperature", 21.5, "humidity", 45.0));
    private boolean calibrated;
    private boolean measuring;
    private long endsAt;
    private long answersFrom;
    private long result;

    /** @param nanos a monotonic clock */
    public Aht20Model(LongSupplier nanos) {
        this(nanos, 0xbe, true);
    }

    private Aht20Model(LongSupplier nanos, int initialize, boolean hasChecksum) {
        this.nanos = nanos;
        this.initialize = initialize;
        this.hasChecksum = hasChecksum;
        this.answersFrom = nanos.getAsLong();
    }

    /** An AHT10: another command that initializes, and no checksum (AHT10 Technical Manual, 5.3, table 9). */
    public static Aht20Model aht10(LongSupplier nanos) {
        return new Aht20Model(nanos, 0xe1, false);
    }

    @Override
    public synchronized void write(byte[] bytes) throws NotAcknowledged {
        advance();
        var command = bytes.length == 0 ? 0 : bytes[0] & 0xff;
        if (command == initialize) {
            calibrated |= bytes.length == 3 && bytes[1] == 0x08 && bytes[2] == 0;
            return;
        }
        switch (command) {
            case 0xba -> reset();
            case 0xac -> measure(bytes);
            default -> throw new NotAcknowledged("no command");
        }
    }

    private void reset() {
        calibrated = false;
        measuring = false;
        result = 0;
        answersFrom = nanos.getAsLong() + RESET;
    }

    /** Without calibration it measures nothing. */
    private void measure(byte[] bytes) {
        if (calibrated && !measuring && bytes.length == 3 && bytes[1] == 0x33 && bytes[2] == 0) {
            measuring = true;
            endsAt = nanos.getAsLong() + MEASURE;
        }
    }

    /** Status, humidity, temperature, CRC (5.4). */
    @Override
    public synchronized byte[] read(int count) throws NotAcknowledged {
        advance();
        var status = (measuring ? 0x80 : 0) | 0x10 | (calibrated ? 0x08 : 0);
        var frame = ((long) status << 40) | result;
        var bytes = new byte[count];
        for (var i = 0; i < count; i++) {
            bytes[i] = i < 6
                    ? (byte) (frame >> (40 - 8 * i))
                    : i == 6 && hasChecksum ? (byte) checksum(frame) : (byte) 0xff;
        }
        return bytes;
    }

    private void advance() throws NotAcknowledged {
        var now = nanos.getAsLong();
        if (now - answersFrom < 0) {
            throw new NotAcknowledged("resetting");
        }
        if (measuring && now - endsAt >= 0) {
            measuring = false;
            // 6.1 and 6.2
            result = (code(world.get("humidity") / 100) << 20) | code((world.get("temperature") + 50) / 200);
        }
    }

    private static long code(double share) {
        return Math.max(0, Math.min(FULL, Math.round(share * (1 << 20))));
    }

    /** The remainder of the 48 bits divided by x8+x5+x4+1, the first eight inverted. */
    private static int checksum(long frame) {
        var remainder = (frame ^ (0xffL << 40)) << 8;
        for (var bit = 55; bit >= 8; bit--) {
            if (((remainder >> bit) & 1) == 1) {
                remainder ^= 0x131L << (bit - 8);
            }
        }
        return (int) remainder;
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
