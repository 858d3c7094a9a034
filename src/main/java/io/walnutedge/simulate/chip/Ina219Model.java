package io.walnutedge.simulate.chip;

import java.util.function.LongSupplier;

/**
 * An INA219 (SBOS448G). It converts in the typical time; voltages over the shunt and of the bus are set, from which it
 * calculates current and power. Any thread.
 */
public final class Ina219Model extends InaModel {
    private static final int AFTER_RESET = 0x399f; // 8.6.1, table 2

    /** Typical times of 8.6.2.1, table 5, in nanoseconds: of 9 to 12 bits, and of 12 bits and 1 to 128 samples. */
    private static final long[] BITS = {84_000, 148_000, 276_000, 532_000};

    private static final long[] SAMPLES = {
        532_000, 1_060_000, 2_130_000, 4_260_000, 8_510_000, 17_020_000, 34_050_000, 68_100_000
    };

    /** @param nanos a monotonic clock */
    public Ina219Model(LongSupplier nanos) {
        super(nanos, AFTER_RESET);
        start();
    }

    private long conversion(int code) {
        return (code & 8) == 0 ? BITS[code & 3] : SAMPLES[code & 7];
    }

    @Override
    long conversion() {
        var ofShunt = (configuration & 1) == 0 ? 0 : conversion(configuration >> 3 & 15);
        var ofBus = (configuration & 2) == 0 ? 0 : conversion(configuration >> 7 & 15);
        return ofShunt + ofBus;
    }

    /** PG (table 4) and BRNG hold the codes at the ends. */
    @Override
    void convert() {
        var end = 4_000 << (configuration >> 11 & 3);
        if ((configuration & 1) != 0) {
            shunt = code(world.get("shunt-voltage"), 0.000_01, -end, end);
        }
        if ((configuration & 2) != 0) {
            bus = code(world.get("voltage"), 0.004, 0, (configuration & 0x2000) == 0 ? 4_000 : 8_000);
        }
        calculate(4_096, 5_000); // 8.5.2, equations 4 and 5
    }

    @Override
    int writable() {
        return 0x3fff;
    }

    /** The bus register has CNVR and OVF (8.6.3.2); reading the power clears CNVR. */
    @Override
    int get(int register) throws NotAcknowledged {
        if (register == 2) {
            return bus << 3 | (ready ? 2 : 0) | (overflow ? 1 : 0);
        }
        if (register == 3) {
            ready = false;
        }
        return super.get(register);
    }

    @Override
    void put(int register, int word) {
        if (register == 0) {
            configure(word);
        } else if (register == 5) {
            calibration = word & 0xfffe; // 8.6.4.1
        }
    }
}
