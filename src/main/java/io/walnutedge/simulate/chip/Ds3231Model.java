package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.function.LongSupplier;

/** A DS3231 (19-5170): registers that wrap at 0x12, conversions on request; its clock stands still. Any thread. */
public final class Ds3231Model extends AutoIncrementModel {
    private static final long CONVERSION = 200_000_000; // electrical characteristics, t_CONV at most

    /** @param nanos a monotonic clock */
    public Ds3231Model(LongSupplier nanos) {
        super(nanos, 0x13, Map.of("temperature", 21.5));
        registers[0x0e] = 0x1c; // control register: INTCN, RS2 and RS1 at power-up
        registers[0x0f] = 0x88; // status register: OSF and EN32kHz
    }

    @Override
    void advance() {
        if (hasConverted()) {
            registers[0x0e] &= ~0x20;
            registers[0x0f] &= ~0x04;
            var quarters = (int) Math.round(world.get("temperature") * 4);
            registers[0x11] = quarters >> 2 & 0xff;
            registers[0x12] = (quarters & 3) << 6;
        }
    }

    @Override
    void put(int register, int value) {
        if (register == 0x0e && (value & 0x20) != 0 && !isConverting()) {
            convertFor(CONVERSION);
            registers[0x0f] |= 0x04;
        }
        if (register == 0x0f) {
            registers[register] = (registers[register] & 0x04) | (value & 0x8b);
        } else if (register < 0x11) {
            registers[register] = value;
        }
    }
}
