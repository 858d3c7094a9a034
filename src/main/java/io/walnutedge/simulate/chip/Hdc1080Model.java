package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A HDC1080 (SNAS672A): acquisitions of temperature, humidity or both, at 14 bits; while one is under way it does not
 * acknowledge. Any thread.
 */
public final class Hdc1080Model extends ChipModel {
    private static final long TEMPERATURE = 6_350_000; // 6.5
    private static final long HUMIDITY = 6_500_000; // 6.5

    private final int[] data = new int[2];
    private int configuration = 0x1000; // 8.6.3
    private int pointer;
    private int acquiring;
    private long endsAt;

    /** @param nanos a monotonic clock */
    public Hdc1080Model(LongSupplier nanos) {
        super(nanos, Map.of("temperature", 21.5, "humidity", 45.0));
    }

    private void advance() throws NotAcknowledged {
        if (acquiring == 0) {
            return;
        }
        if (now() - endsAt < 0) {
            throw new NotAcknowledged("acquiring");
        }
        if ((acquiring & 1) != 0) {
            data[0] = code((world.get("temperature") + 40) / 165);
        }
        if ((acquiring & 2) != 0) {
            data[1] = code(world.get("humidity") / 100);
        }
        acquiring = 0;
    }

    /** Fourteen bits; the lowest two are zero (8.6.1). */
    private static int code(double share) {
        return held(share * 0x4000, 0, 0x3fff) << 2;
    }

    @Override
    public synchronized void write(byte[] bytes) throws NotAcknowledged {
        advance();
        if (bytes.length == 0) {
            return;
        }
        pointer = bytes[0] & 0xff;
        if (pointer == 0x02 && bytes.length >= 3) {
            var word = word(bytes, 1);
            configuration = (word & 0x8000) == 0 ? word & 0x3700 : 0x1000;
        } else if (pointer < 2 && bytes.length == 1) {
            var isBoth = (configuration & 0x1000) != 0;
            acquiring = isBoth ? 3 : pointer + 1;
            endsAt = now() + (isBoth ? TEMPERATURE + HUMIDITY : pointer == 0 ? TEMPERATURE : HUMIDITY);
        }
    }

    @Override
    public synchronized byte[] read(int count) throws NotAcknowledged {
        advance();
        return bytes(count, i -> word(i / 2) >> (i % 2 == 0 ? 8 : 0));
    }

    private int word(int index) {
        return switch (pointer) {
            case 0x00, 0x01 -> pointer + index < 2 ? data[pointer + index] : 0xffff;
            case 0x02 -> configuration;
            case 0xfe -> 0x5449;
            case 0xff -> 0x1050;
            default -> 0xffff;
        };
    }
}
