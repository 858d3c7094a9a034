package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.function.LongSupplier;

/** An MS5611 (MS5611-01BA03) with the calibration of the datasheet's example. Conversions take the longest time. Any thread. */
public final class Ms5611Model extends ChipModel {
    private static final long RELOAD = 2_800_000; // Reset sequence
    private static final int[] MICROS = {600, 1_170, 2_280, 4_540, 9_040}; // Analog digital converter

    /** C1 to C6 between the maker's word and the serial number with the checksum. */
    private static final int[] PROM = {0x0064, 40127, 36924, 23317, 23282, 33464, 28312, 0x4c90};

    private int[] answer = {};
    private int conversion;
    private int result;

    /** @param nanos a monotonic clock */
    public Ms5611Model(LongSupplier nanos) {
        super(nanos, Map.of("temperature", 21.5, "pressure", 1013.25));
    }

    @Override
    public synchronized void write(byte[] bytes) throws NotAcknowledged {
        advance();
        if (bytes.length > 0) {
            command(bytes[0] & 0xff);
        }
    }

    private void command(int code) {
        if (code == 0x1e) {
            convertFor(0);
            result = 0;
            answer = new int[0];
            silentFor(RELOAD);
        } else if (code >= 0xa0 && code <= 0xae) {
            var word = PROM[(code - 0xa0) / 2] | (code == 0xae ? checksum() : 0);
            answer = new int[] {word >> 8, word & 0xff};
        } else if ((code & 0xe1) == 0x40 && (code & 0x0f) <= 8) {
            conversion = code;
            result = 0;
            convertFor(MICROS[(code & 0x0f) / 2] * 1000L);
        } else if (code == 0) {
            // ADC read sequence: zero before the end, which also spoils the result, and zero when repeated
            answer = new int[] {result >> 16, (result >> 8) & 0xff, result & 0xff};
            result = 0;
            convertFor(0);
        } else {
            answer = new int[0];
        }
    }

    @Override
    public synchronized byte[] read(int count) throws NotAcknowledged {
        advance();
        return bytes(count, i -> i < answer.length ? answer[i] : 0);
    }

    private void advance() throws NotAcknowledged {
        refuseWhileSilent("resetting");
        if (hasConverted()) {
            var d2 = temperatureCode();
            result = held(conversion < 0x50 ? pressureCode(d2) : d2, 0, 0xffffff);
        }
    }

    private static double first(double d2) {
        return 2000 + (d2 - 256.0 * PROM[5]) * PROM[6] / (1 << 23);
    }

    /** Figures 2 and 3. */
    private double temperatureCode() {
        return solved(
                code -> {
                    var dt = code - 256.0 * PROM[5];
                    return first(code) < 2000 ? first(code) - dt * dt / (1L << 31) : first(code);
                },
                world.get("temperature") * 100,
                0,
                0xffffff);
    }

    private double pressureCode(double d2) {
        var dt = d2 - 256.0 * PROM[5];
        var off = PROM[2] * (double) (1 << 16) + PROM[4] * dt / (1 << 7);
        var sens = PROM[1] * (double) (1 << 15) + PROM[3] * dt / (1 << 8);
        var cold = Math.min(0, first(d2) - 2000);
        var veryCold = Math.min(0, first(d2) + 1500);
        off -= 5 * cold * cold / 2 + 7 * veryCold * veryCold;
        sens -= 5 * cold * cold / 4 + 11 * veryCold * veryCold / 2;
        return (world.get("pressure") * 100 * (1 << 15) + off) * (1 << 21) / sens;
    }

    /** AN520, as a division of the bits by x^4 + x + 1 without the four last bits. */
    private static int checksum() {
        var remainder = 0;
        for (var bit = 0; bit < 8 * 16 - 4; bit++) {
            var word = bit / 16 == 7 ? PROM[7] & 0xff00 : PROM[bit / 16];
            remainder = remainder << 1 | (word >> (15 - bit % 16) & 1);
            if ((remainder & 0x10) != 0) {
                remainder ^= 0x13;
            }
        }
        return remainder;
    }
}
