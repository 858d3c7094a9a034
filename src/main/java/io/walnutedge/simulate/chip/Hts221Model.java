package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.function.LongSupplier;

/** An HTS221 (DocID026333) with a calibration like that of a real one: single conversions of 50 ms. Any thread. */
public final class Hts221Model extends StOneShotModel {
    private static final int AV_CONF = 0x1b;
    private static final int[] PERCENT_X2 = {0x42, 0x94}; // 33 %, 74 %
    private static final int[] HUMIDITY_OUT = {-10, -9_120};
    private static final int[] CELSIUS_X8 = {0xa1, 0x114}; // 20.125 °C, 34.5 °C
    private static final int[] TEMPERATURE_OUT = {-3, 932};

    /** @param nanos a monotonic clock */
    public Hts221Model(LongSupplier nanos) {
        super(nanos, 0xbc, AV_CONF, Map.of("temperature", 21.5, "humidity", 45.0));
        store(0x30, PERCENT_X2[0], PERCENT_X2[1], CELSIUS_X8[0], CELSIUS_X8[1]);
        store(0x35, CELSIUS_X8[0] >> 8 | CELSIUS_X8[1] >> 8 << 2);
        word(0x36, HUMIDITY_OUT[0]);
        word(0x3a, HUMIDITY_OUT[1]);
        word(0x3c, TEMPERATURE_OUT[0]);
        word(0x3e, TEMPERATURE_OUT[1]);
    }

    /** Takes its supply away and gives it back. */
    public void interruptPower() {
        clear(AV_CONF);
    }

    private void word(int register, int value) {
        store(register, value, value >> 8);
    }

    @Override
    long conversionNanos() {
        return 50_000_000;
    }

    @Override
    void convert() {
        word(0x28, between(world.get("humidity") * 2, PERCENT_X2, HUMIDITY_OUT));
        word(0x2a, between(world.get("temperature") * 8, CELSIUS_X8, TEMPERATURE_OUT));
    }

    private static int between(double value, int[] from, int[] to) {
        var share = (value - from[0]) / (from[1] - from[0]);
        return held(to[0] + share * (to[1] - to[0]), -0x8000, 0x7fff);
    }

    @Override
    int clears(int register) {
        return register == 0x29 ? 0x02 : register == 0x2b ? 0x01 : 0;
    }
}
