package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.function.LongSupplier;

/** An LPS25H (DocID023722): single conversions of the typical time of AN4450, 6.2. Any thread. */
public final class Lps25hModel extends StOneShotModel {
    private static final int RES_CONF = 0x05;

    /** @param nanos a monotonic clock */
    public Lps25hModel(LongSupplier nanos) {
        super(nanos, 0xbd, RES_CONF, Map.of("temperature", 21.5, "pressure", 1013.25));
    }

    /** Takes its supply away and gives it back. */
    public void interruptPower() {
        clear(RES_CONF);
    }

    @Override
    long conversionNanos() {
        var temperature = 8 << (registers[0x10] >> 2 & 3);
        var pressure = 8 << (2 * (registers[0x10] & 3));
        return 1000L * (62 * (temperature + pressure) + 975);
    }

    @Override
    void convert() {
        var pressure = held(world.get("pressure") * 4096, -0x800000, 0x7fffff);
        var temperature = held((world.get("temperature") - 42.5) * 480, -0x8000, 0x7fff);
        store(0x28, pressure, pressure >> 8, pressure >> 16, temperature, temperature >> 8);
    }

    @Override
    int clears(int register) {
        return register == 0x2a ? 0x02 : register == 0x2c ? 0x01 : 0;
    }
}
