package io.walnutedge.simulate.chip;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * An SCD40 (datasheet SCD4x, version 1.3): periodic measurement, settings without persistence, serial number. The
 * temperature is that of the world at the offset of 4 °C; pressure and calibration change nothing. Any thread.
 */
public final class Scd4xModel extends CommandModel {
    private static final double KELVIN_PER_CODE = 175 / 65_535.0; // 3.6.1
    private static final int OFFSET = 0x241d;

    /** The settings' reading command by their writing command (3.4, table 9). */
    private static final Map<Integer, Integer> READING = Map.of(OFFSET, 0x2318, 0x2427, 0x2322, 0x2416, 0x2313);

    /** Their words, by their reading command. */
    private final Map<Integer, Integer> settings = new HashMap<>();

    /** Seconds between values; 0 in idle mode. */
    private long interval;

    private long startedAt;
    private long taken;

    /** @param nanos a monotonic clock */
    public Scd4xModel(LongSupplier nanos) {
        super(nanos, 0xff, Map.of("co2", 620.0, "temperature", 21.5, "humidity", 45.0));
        reinit();
    }

    private void reinit() {
        // 3.6.1: 4 °C; 3.6.3: 0 m; 3.7.2: enabled
        settings.putAll(Map.of(0x2318, 1_498, 0x2322, 0, 0x2313, 1));
    }

    @Override
    void command(byte[] bytes) throws NotAcknowledged {
        var code = bytes.length >= 2 ? word(bytes, 0) : -1;
        switch (code) {
            case 0xe4b8 -> answer(1_000, () -> frame(values() > taken ? 0x8006 : 0x8000));
            case 0xec05 -> measurement();
            case 0x3f86 -> stop();
            case 0xe000 -> argument(bytes, 0, 1);
            default -> idle(code, bytes);
        }
    }

    /** Commands that are refused while it measures. */
    private void idle(int code, byte[] bytes) throws NotAcknowledged {
        if (interval > 0) {
            throw new NotAcknowledged("measuring");
        }
        var reading = READING.get(code);
        if (reading != null) {
            settings.put(reading, argument(bytes, 0, 1));
            busy(1_000);
        } else if (settings.containsKey(code)) {
            answer(1_000, () -> frame(settings.getOrDefault(code, 0)));
        } else {
            switch (code) {
                case 0x21b1 -> start(5);
                case 0x21ac -> start(30);
                case 0x3682 -> answer(1_000, () -> frame(0xf896, 0x9f07, 0x3bbe));
                case 0x3646 -> {
                    reinit();
                    busy(20_000);
                }
                default -> throw new NotAcknowledged("no command");
            }
        }
    }

    private void start(long seconds) {
        interval = seconds;
        startedAt = now();
        taken = 0;
    }

    private void stop() {
        interval = 0;
        busy(500_000);
    }

    /** How many it has measured since the start. */
    private long values() {
        return interval == 0 ? 0 : (now() - startedAt) / (interval * 1_000_000_000);
    }

    /** Each can be read once (3.5.2). */
    private void measurement() {
        if (values() > taken) {
            answer(1_000, this::measured);
        }
    }

    private byte[] measured() {
        taken = values();
        var celsius = world.get("temperature") + 4 - settings.getOrDefault(0x2318, 0) * KELVIN_PER_CODE;
        var co2 = scaled(world.get("co2") / 0xffff, 0xffff);
        return frame(co2, scaled((celsius + 45) / 175, 0xffff), scaled(world.get("humidity") / 100, 0xffff));
    }
}
