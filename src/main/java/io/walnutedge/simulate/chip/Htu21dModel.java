package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.function.LongSupplier;

/**
 * An HTU21D (datasheet HPC199): measurements without holding the bus, in the longest times of the SHT21, user register,
 * reset. Any thread.
 */
public final class Htu21dModel extends CommandModel {
    private static final int USER_AFTER_RESET = 0x02; // "User register"
    // SHT21 5.6, table 8, and 5.4, table 7, by bits 0 and 7 of the user register
    private static final int[] TEMPERATURE_BITS = {14, 12, 13, 11};
    private static final int[] TEMPERATURE_MICROS = {85_000, 22_000, 43_000, 11_000};
    private static final int[] HUMIDITY_BITS = {12, 8, 10, 11};
    private static final int[] HUMIDITY_MICROS = {29_000, 4_000, 9_000, 15_000};

    private int user = USER_AFTER_RESET;

    /** @param nanos a monotonic clock */
    public Htu21dModel(LongSupplier nanos) {
        super(nanos, 0, Map.of("temperature", 21.5, "humidity", 45.0));
    }

    @Override
    void command(byte[] bytes) throws NotAcknowledged {
        switch (bytes.length == 0 ? 0 : bytes[0] & 0xff) {
            case 0xf3 -> answer(TEMPERATURE_MICROS[resolution()], this::temperature);
            case 0xf5 -> answer(HUMIDITY_MICROS[resolution()], this::humidity);
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

    /** Place in the tables above. */
    private int resolution() {
        return (user & 0x01) | (user >> 6 & 0x02);
    }

    private byte[] temperature() {
        return frame(code((world.get("temperature") + 46.85) / 175.72, TEMPERATURE_BITS[resolution()]));
    }

    /** Bit 1 tells the humidity from the temperature. */
    private byte[] humidity() {
        return frame(code((world.get("humidity") + 6) / 125, HUMIDITY_BITS[resolution()]) | 0x02);
    }

    private static int code(double share, int bits) {
        var full = 1 << bits;
        return held(share * full, 0, full - 1) << (16 - bits);
    }
}
