package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** An MS5611 (MS5611-01BA03) with the calibration of the datasheet's example. Conversions take the longest time. Any thread. */
public final class Ms5611Model implements ChipModel {
    private static final long RELOAD = 2_800_000; // Reset sequence
    private static final int[] MICROS = {600, 1_170, 2_280, 4_540, 9_040}; // Analog digital converter

    /** C1 to C6 between the maker's word and the serial number with the checksum. */
    private static final int[] PROM = {0x0064, 40127, 36924, 23317, 23282, 33464, 28312, 0x4c90};

    private final LongSupplier nanos;
    private final World world = new World(Map.of("temperature", 21.5, "pressure", 1013.25));
    private int[] answer = {};
    private int conversion = -1;
    private int result;
    private long endsAt;
    private long answersFrom;

    /** @param nanos a monotonic clock */
    public Ms5611Model(LongSupplier nanos) {
        this.nanos = nanos;
        this.answersFrom = nanos.getAsLong();
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
            conversion = -1;
            result = 0;
            answer = new int[0];
            answersFrom = nanos.getAsLong() + RELOAD;
        } else if (code >= 0xa0 && code <= 0xae) {
            var word = PROM[(code - 0xa0) / 2] | (code == 0xae ? checksum() : 0);
            answer = new int[] {word >> 8, word & 0xff};
        } else if ((code & 0xe1) == 0x40 && (code & 0x0f) <= 8) {
            conversion = code;
            result = 0;
            endsAt = nanos.getAsLong() + MICROS[(code & 0x0f) / 2] * 1000L;
        } else if (code == 0) {
            // ADC read sequence: zero before the end, which also spoils the result, and zero when repeated
            answer = new int[] {result >> 16, (result >> 8) & 0xff, result & 0xff};
            result = 0;
            conversion = -1;
        } else {
            answer = new int[0];
        }
    }

    @Override
    public synchronized byte[] read(int count) throws NotAcknowledged {
        advance();
        var bytes = new byte[count];
        for (var i = 0; i < count; i++) {
            bytes[i] = (byte) (i < answer.length ? answer[i] : 0);
        }
        return bytes;
    }

    private void advance() throws NotAcknowledged {
        if (nanos.getAsLong() - answersFrom < 0) {
            throw new NotAcknowledged("resetting");
        }
        if (conversion >= 0 && nanos.getAsLong() - endsAt >= 0) {
            var d2 = temperatureCode();
            var code = conversion < 0x50 ? pressureCode(d2) : d2;
            result = (int) Math.max(0, Math.min(0xffffff, Math.round(code)));
            conversion = -1;
        }
    }

    private static double first(double d2) {
        return 2000 + (d2 - 256.0 * PROM[5]) * PROM[6] / (1 << 23);
    }

    /** Figures 2 and 3. */
    private double temperatureCode() {
        var low = 0.0;
        var high = 0xffffff + 0.0;
        for (var i = 0; i < 60; i++) {
            var middle = (low + high) / 2;
            var dt = middle - 256.0 * PROM[5];
            var centi = first(middle) < 2000 ? first(middle) - dt * dt / (1L << 31) : first(middle);
            if (centi < world.get("temperature") * 100) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
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

    @Override
    public Set<String> quantities() {
        return world.names();
    }

    @Override
    public synchronized void set(String quantity, double value) {
        world.set(quantity, value);
    }
}
