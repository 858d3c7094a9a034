package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.function.LongSupplier;

/**
 * An ENS160 (datasheet version 1.2): deep sleep, idle and standard mode with a value each second. Its warm-up is over unless
 * set otherwise. Any thread.
 */
public final class Ens160Model extends AutoIncrementModel {
    private static final long PERIOD = 1_000_000_000;
    private int validity;
    private long endsAt;

    /** @param nanos a monotonic clock */
    public Ens160Model(LongSupplier nanos) {
        super(nanos, Map.of("air-quality", 2.0, "tvoc", 120.0, "eco2", 650.0));
        store(0x00, 0x60, 0x01);
    }

    /** @param flag 0 normal, 1 warm-up, 2 first start, 3 invalid */
    public synchronized void validity(int flag) {
        validity = flag;
    }

    /** Takes its supply away and gives it back: deep sleep, no compensation. */
    public synchronized void interruptPower() {
        store(0x10, 0, 0, 0, 0, 0, 0, 0);
        store(0x20, 0, 0, 0, 0, 0, 0);
    }

    /** TEMP_IN and RH_IN as the driver left them, in °C and %. */
    public synchronized double[] compensation() {
        return new double[] {
            (registers[0x13] | registers[0x14] << 8) / 64.0 - 273.15, (registers[0x15] | registers[0x16] << 8) / 512.0
        };
    }

    @Override
    void put(int register, int value) {
        if (register == 0x10 && value == 0xf0) {
            interruptPower();
        } else if (register == 0x10) {
            registers[0x10] = value;
            registers[0x20] = value == 0x02 ? 0x80 : 0;
            endsAt = now() + PERIOD;
        } else if (register >= 0x11 && register <= 0x16) {
            registers[register] = value;
        }
    }

    @Override
    void advance() {
        if (registers[0x10] == 0x02 && now() - endsAt >= 0) {
            var tvoc = held(world.get("tvoc"), 0, 65_000);
            var eco2 = held(world.get("eco2"), 400, 65_000);
            store(0x20, 0x82 | validity << 2, held(world.get("air-quality"), 1, 5));
            store(0x22, tvoc, tvoc >> 8, eco2, eco2 >> 8);
            endsAt = now() + PERIOD;
        }
    }

    /** NEWDAT falls with the first of the data that is read. */
    @Override
    int get(int register) {
        if (register >= 0x21 && register <= 0x27) {
            registers[0x20] &= ~0x02;
        }
        return registers[register];
    }
}
