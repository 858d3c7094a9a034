package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.function.LongSupplier;

/**
 * An HTU21D (datasheet HPC199): measurements without holding the bus, in the longest times of the SHT21, user register,
 * reset. Any thread.
 */
public final class Htu21dModel extends CommandModel {
    private static final int USER_AFTER_RESET = 0x02; // "User register"

    private int user = USER_AFTER_RESET;

    /** @param nanos a monotonic clock */
    public Htu21dModel(LongSupplier nanos) {
        super(nanos, 0, Map.of("temperature", 21.5, "humidity", 45.0));
    }

    @Override
    void command(byte[] bytes) throws NotAcknowledged {
        switch (bytes.length == 0 ? 0 : bytes[0] & 0xff) {
            case 0xf3 -> answer(temperatureMicros(), this::temperature);
            case 0xf5 -> answer(humidityMicros(), this::humidity);
            case 0xe6 -> user = bytes.length == 2 ? bytes[1] & 0x87 : user;
            case 0xe7 -> answer(0, () -> new byte[] {(byte) user});
            case 0xfe -> reset();
            default -> throw new NotAcknowledged("no command");
        }
    }

    /** The heater's bit stays (SHT21, 5.5). */
    private void reset() {
        user = USER_AFTER_RESET | (user & 0x04);
        busy(15_000);
    }

    private long temperatureMicros() {
        return switch (user & 0x81) {
            case 0x00 -> 85_000;
            case 0x80 -> 43_000;
            case 0x01 -> 22_000;
            default -> 11_000;
        };
    }

    private long humidityMicros() {
        return switch (user & 0x81) {
            case 0x00 -> 29_000;
            case 0x80 -> 9_000;
            case 0x01 -> 4_000;
            default -> 15_000;
        };
    }

    private byte[] temperature() {
        var bits = switch (user & 0x81) {
            case 0x00 -> 14;
            case 0x80 -> 13;
            case 0x01 -> 12;
            default -> 11;
        };
        return frame(code((world.get("temperature") + 46.85) / 175.72, bits));
    }

    /** Bit 1 tells the humidity from the temperature. */
    private byte[] humidity() {
        var bits = switch (user & 0x81) {
            case 0x00 -> 12;
            case 0x80 -> 10;
            case 0x01 -> 8;
            default -> 11;
        };
        return frame(code((world.get("humidity") + 6) / 125, bits) | 0x02);
    }

    private static int code(double share, int bits) {
        var full = 1 << bits;
        return (int) Math.max(0, Math.min(full - 1, Math.round(share * full))) << (16 - bits);
    }
}
