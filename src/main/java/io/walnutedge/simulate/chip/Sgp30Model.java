package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.function.LongSupplier;

/**
 * An SGP30 (datasheet, version 1.0) that has been running for long: air quality, baseline, humidity, feature set, serial
 * number. The baseline does not move; humidity changes nothing. Any thread.
 */
public final class Sgp30Model extends CommandModel {
    private static final long STARTING_NANOS = 15_000_000_000L; // Air Quality Signals
    private static final int LEARNT = 0x8a5c;

    private boolean isInitialized;
    private long startedAt;
    private int co2Baseline;
    private int tvocBaseline;
    private int humidity = 0x0b92; // 11.57 g/m3

    /** @param nanos a monotonic clock */
    public Sgp30Model(LongSupplier nanos) {
        super(nanos, 0xff, Map.of("eco2", 520.0, "tvoc", 85.0));
        isInitialized = true;
        startedAt = nanos.getAsLong() - STARTING_NANOS;
        co2Baseline = LEARNT;
        tvocBaseline = LEARNT + 0x100;
    }

    @Override
    void command(byte[] bytes) throws NotAcknowledged {
        switch (bytes.length >= 2 ? word(bytes, 0) : -1) {
            case 0x2003 -> {
                lose();
                isInitialized = true;
                busy(10_000);
            }
            case 0x2008 -> answer(12_000, this::measured);
            case 0x2015 -> answer(10_000, () -> frame(co2Baseline, tvocBaseline));
            case 0x201e -> {
                tvocBaseline = argument(bytes, 0, 2);
                co2Baseline = argument(bytes, 1, 2);
                busy(10_000);
            }
            case 0x2061 -> {
                humidity = argument(bytes, 0, 1);
                busy(10_000);
            }
            case 0x202f -> answer(10_000, () -> frame(0x0022));
            case 0x3682 -> answer(500, () -> frame(0x0000, 0x0123, 0x4567));
            default -> throw new NotAcknowledged("no command");
        }
    }

    private void lose() {
        startedAt = now();
        co2Baseline = 0;
        tvocBaseline = 0;
    }

    private byte[] measured() {
        if (!isInitialized || now() - startedAt < STARTING_NANOS) {
            return frame(400, 0);
        }
        if (co2Baseline == 0) {
            co2Baseline = LEARNT;
            tvocBaseline = LEARNT + 0x100;
        }
        return frame(
                400 + scaled((world.get("eco2") - 400) / 59_600, 59_600), scaled(world.get("tvoc") / 60_000, 60_000));
    }

    /** Takes its power away for a moment. */
    public synchronized void interruptPower() {
        lose();
        isInitialized = false;
        humidity = 0x0b92;
    }

    /** What it compensates for, in 1/256 g/m3. */
    public synchronized int humidity() {
        return humidity;
    }
}
