package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.function.LongSupplier;

/**
 * An ADS1115 (datasheet SBAS444D) or ADS1015 (SBAS473E): single-shot and continuous conversions of the voltages at {@code a0} to {@code a3}
 * against ground. A conversion takes the longest time that the rate's tolerance allows. Any thread.
 */
public final class Ads1115Model extends ChipModel {
    private static final int START = 0x8000; // 9.6.3, OS
    private static final double[] FULL_SCALE = {6.144, 4.096, 2.048, 1.024, 0.512, 0.256, 0.256, 0.256}; // 9.6.3, PGA
    private static final int[] RATES = {8, 16, 32, 64, 128, 250, 475, 860}; // 9.6.3, DR
    private static final int[] RATES_1015 = {128, 250, 490, 920, 1600, 2400, 3300, 3300}; // SBAS473E, 9.6.3, DR
    /** Positive and negative input by MUX (9.6.3); -1 is ground. */
    private static final int[][] INPUTS = {{0, 1}, {0, 3}, {1, 3}, {2, 3}, {0, -1}, {1, -1}, {2, -1}, {3, -1}};

    private final boolean is1015;
    /** Conversion, config, Lo_thresh and Hi_thresh after a reset (9.6). */
    private final int[] registers = {0x0000, 0x0583, 0x8000, 0x7fff};

    private int pointer;

    /** @param nanos a monotonic clock */
    public Ads1115Model(LongSupplier nanos) {
        this(nanos, false);
    }

    /** @param is1015 an ADS1015: 12 bits, the upper ones of the word */
    public Ads1115Model(LongSupplier nanos, boolean is1015) {
        super(nanos, Map.of("a0", 0.5, "a1", 1.0, "a2", 1.5, "a3", 2.0));
        this.is1015 = is1015;
    }

    /** Pointer, or pointer and two bytes (9.5.3). */
    @Override
    public synchronized void write(byte[] bytes) {
        advance();
        if (bytes.length > 0) {
            pointer = bytes[0] & 0x03;
        }
        if (bytes.length >= 3) {
            var word = word(bytes, 1);
            if (pointer == 1) {
                configure(word);
            } else if (pointer > 1) {
                registers[pointer] = word;
            }
        }
    }

    /** OS is not stored: a start counts only in single-shot mode and while none is running (9.6.3). */
    private void configure(int word) {
        registers[1] = word & ~START;
        var isContinuous = (word & 0x0100) == 0;
        if (isContinuous || ((word & START) != 0 && !isConverting())) {
            convertFor(conversionNanos());
        }
    }

    /** 10 % of tolerance (7.5) and 25 us to wake (9.4.2.1). */
    private long conversionNanos() {
        return 1_100_000_000L / (is1015 ? RATES_1015 : RATES)[(registers[1] >> 5) & 0x07] + 25_000;
    }

    private void advance() {
        if (hasConverted()) {
            registers[0] = code() & 0xffff;
            convertFor((registers[1] & 0x0100) == 0 ? conversionNanos() : 0);
        }
    }

    /** Ends of the code for what is beyond full scale (9.5.4). */
    private int code() {
        var pair = INPUTS[(registers[1] >> 12) & 0x07];
        var volts = volts(pair[0]) - volts(pair[1]);
        var codes = is1015 ? 2048 : 32_768;
        var lsb = FULL_SCALE[(registers[1] >> 9) & 0x07] / codes;
        var code = held(volts / lsb, -codes, codes - 1);
        return is1015 ? code << 4 : code;
    }

    private double volts(int input) {
        return input < 0 ? 0 : world.get("a" + input);
    }

    @Override
    public synchronized byte[] read(int count) {
        advance();
        return wordAnswer(count, pointer == 1 && !isConverting() ? registers[1] | START : registers[pointer]);
    }
}
