package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A TMP117 (SNOSD82): continuous conversion and one shots, averaging, the data ready flag. A conversion takes the longest
 * time, without the pauses between them. Any thread.
 */
public final class Tmp117Model extends WordModel {
    private static final long CONVERSION = 17_500_000; // 6.5
    private static final int[] AVERAGES = {1, 8, 32, 64}; // 7.6.1.2

    private int configuration = 0x0220; // 7.6.1.2
    private int temperature = 0x8000; // 7.6.1.1
    private boolean isReady;

    /** @param nanos a monotonic clock */
    public Tmp117Model(LongSupplier nanos) {
        super(nanos, Map.of("temperature", 21.5));
        start();
    }

    private void start() {
        convertFor(CONVERSION * AVERAGES[configuration >> 5 & 3]);
    }

    private int mode() {
        return configuration >> 10 & 3;
    }

    @Override
    void advance() {
        if (!hasConverted()) {
            return;
        }
        temperature = code(world.get("temperature"), 1 / 128.0, -0x8000, 0x7fff);
        isReady = true;
        if (mode() == 3) {
            configuration = (configuration & ~0x0c00) | 0x0400;
        } else {
            start();
        }
    }

    @Override
    int get(int register) {
        return switch (register) {
            case 0x00 -> {
                isReady = false;
                yield temperature;
            }
            case 0x01 -> {
                var word = configuration | (isReady ? 0x2000 : 0);
                isReady = false;
                yield word;
            }
            case 0x0f -> 0x0117;
            default -> 0;
        };
    }

    @Override
    void put(int register, int word) {
        if (register == 0x01) {
            configuration = word & 0x0ffc;
            convertFor(0);
            if (mode() != 1) {
                start();
            }
        }
    }
}
