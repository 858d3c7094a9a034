package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.function.LongSupplier;

/**
 * An AHT20 (datasheet version 1.0) that must be initialized after each reset; a measurement takes 80 ms, during which
 * it answers its status, and the last result. Any thread.
 */
public final class Aht20Model extends ChipModel {
    private static final long MEASURE = 80_000_000; // 5.4
    private static final long RESET = 20_000_000; // 5.5
    private static final int FULL = (1 << 20) - 1;

    private final int initialize;
    private final boolean hasChecksum;
    private boolean calibrated;
    private long result;

    /** @param nanos a monotonic clock */
    public Aht20Model(LongSupplier nanos) {
        this(nanos, 0xbe, true);
    }

    private Aht20Model(LongSupplier nanos, int initialize, boolean hasChecksum) {
        super(nanos, Map.of("temperature", 21.5, "humidity", 45.0));
        this.initialize = initialize;
        this.hasChecksum = hasChecksum;
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
        convertFor(0);
        result = 0;
        silentFor(RESET);
    }

    /** Without calibration it measures nothing. */
    private void measure(byte[] bytes) {
        if (calibrated && !isConverting() && bytes.length == 3 && bytes[1] == 0x33 && bytes[2] == 0) {
            convertFor(MEASURE);
        }
    }

    /** Status, humidity, temperature, CRC (5.4). */
    @Override
    public synchronized byte[] read(int count) throws NotAcknowledged {
        advance();
        var status = (isConverting() ? 0x80 : 0) | 0x10 | (calibrated ? 0x08 : 0);
        var frame = ((long) status << 40) | result;
        return bytes(
                count,
                i -> i < 6 ? (int) (frame >> (40 - 8 * i)) : i == 6 && hasChecksum ? checksum(frame, 48, 0xff) : 0xff);
    }

    private void advance() throws NotAcknowledged {
        refuseWhileSilent("resetting");
        if (hasConverted()) {
            // 6.1 and 6.2
            result = ((long) code(world.get("humidity") / 100) << 20) | code((world.get("temperature") + 50) / 200);
        }
    }

    private static int code(double share) {
        return held(share * (1 << 20), 0, FULL);
    }
}
