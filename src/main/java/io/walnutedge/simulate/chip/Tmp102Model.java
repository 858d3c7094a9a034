package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A TMP102 (SBOS397): continuous conversion and single shots, 12 and 13 bits. A conversion takes the longest time; the
 * alert output stays high. Any thread.
 */
public final class Tmp102Model extends WordModel {
    private static final long CONVERSION = 35_000_000; // 6.5
    private static final int ONE_SHOT = 0x8000;
    private static final int SHUTDOWN = 0x0100;
    private static final int EXTENDED = 0x0010;

    /** Temperature, configuration, T_LOW 75 °C, T_HIGH 80 °C after power-up (7.5.1 to 7.5.4). */
    private final int[] registers = {0, 0x60a0, 0x4b00, 0x5000};

    /** @param nanos a monotonic clock */
    public Tmp102Model(LongSupplier nanos) {
        super(nanos, Map.of("temperature", 21.5));
        convertFor(CONVERSION);
    }

    @Override
    void advance() {
        if (hasConverted()) {
            var isExtended = (registers[1] & EXTENDED) != 0;
            var half = isExtended ? 4096 : 2048;
            var sixteenths = code(world.get("temperature"), 1 / 16.0, -half, half - 1);
            registers[0] = isExtended ? sixteenths << 3 | 1 : sixteenths << 4;
            convertFor((registers[1] & SHUTDOWN) == 0 ? CONVERSION : 0);
        }
    }

    /** OS reads 1 when no conversion is running in shutdown (7.5.3.6). */
    @Override
    int get(int register) {
        var word = registers[register & 0x03];
        var isIdle = (registers[1] & SHUTDOWN) != 0 && !isConverting();
        return (register & 0x03) == 1 && isIdle ? word | ONE_SHOT : word;
    }

    /** R1, R0 and AL are for reading only. */
    @Override
    void put(int register, int word) {
        switch (register & 0x03) {
            case 1 -> configure(word);
            case 2, 3 -> registers[register & 0x03] = word;
            default -> {}
        }
    }

    private void configure(int word) {
        var isShutdown = (word & SHUTDOWN) != 0;
        if (!isConverting() && (!isShutdown || (word & ONE_SHOT) != 0)) {
            convertFor(CONVERSION);
        }
        registers[1] = (word & 0x1fd0) | 0x6020;
    }
}
