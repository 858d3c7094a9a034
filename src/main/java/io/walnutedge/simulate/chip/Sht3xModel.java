package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.function.LongSupplier;

/**
 * An SHT31 (datasheet SHT3x-DIS, version 5): single shots without clock stretching, status, heater, reset. It accepts the
 * commands of periodic measurement and then refuses single shots, but measures nothing in that mode. Any thread.
 */
public final class Sht3xModel extends CommandModel {
    /** Single shots of table 9, and the longest times of table 4 at a low supply, in microseconds. */
    private static final Map<Integer, Integer> SHOTS = Map.of(0x2400, 15_500, 0x240b, 6_500, 0x2416, 4_500);

    private static final long RESET_MICROS = 1_500; // 2.2, table 4
    private static final int STATUS_AFTER_RESET = 0x8010; // 4.11, table 18

    private int status = STATUS_AFTER_RESET;
    private boolean periodic;

    /** @param nanos a monotonic clock */
    public Sht3xModel(LongSupplier nanos) {
        super(nanos, 0xff, Map.of("temperature", 21.5, "humidity", 45.0));
    }

    @Override
    void command(byte[] bytes) throws NotAcknowledged {
        if (bytes.length == 2) {
            command(word(bytes, 0));
        }
    }

    private void command(int code) throws NotAcknowledged {
        var high = code >> 8;
        if (periodic && code != 0x3093) {
            throw new NotAcknowledged("in periodic mode");
        }
        if (SHOTS.containsKey(code)) {
            answer(SHOTS.get(code), this::measured);
        } else if ((high >= 0x20 && high <= 0x23) || high == 0x27) {
            periodic = true; // table 10
        } else {
            switch (code) {
                case 0x3093 -> periodic = false; // 4.8
                case 0x30a2 -> reset(); // 4.9
                case 0x306d -> status |= 0x2000; // 4.10
                case 0x3066 -> status &= ~0x2000; // 4.10
                case 0x3041 -> status &= ~0x8c10; // 4.11
                case 0xf32d -> answer(0, () -> frame(status)); // 4.11
                default -> throw new NotAcknowledged("no command");
            }
        }
    }

    private void reset() {
        status = STATUS_AFTER_RESET;
        busy(RESET_MICROS);
    }

    /** 4.13. */
    private byte[] measured() {
        return frame(
                scaled((world.get("temperature") + 45) / 175, 0xffff), scaled(world.get("humidity") / 100, 0xffff));
    }
}
