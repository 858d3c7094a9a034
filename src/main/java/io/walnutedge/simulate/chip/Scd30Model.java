package io.walnutedge.simulate.chip;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * An SCD30 (Interface Description, version 1.0): continuous measurement, settings that stay without power. The temperature
 * is that of the world at an offset of 0 °C; pressure, altitude and calibration change nothing. Any thread.
 */
public final class Scd30Model extends CommandModel {
    private static final int INTERVAL = 0x4600;
    private static final int OFFSET = 0x5403;
    private static final int VERSION = 0x0342; // 3.66
    private static final long BEFORE_READ = 3_000; // I2C Sequence

    /** By their command. */
    private final Map<Integer, Integer> settings = new HashMap<>(Map.of(INTERVAL, 2, 0x5306, 0, 0x5102, 0, OFFSET, 0));

    private boolean isMeasuring;
    private int pressure;
    private long startedAt;
    private long taken;

    /** @param nanos a monotonic clock */
    public Scd30Model(LongSupplier nanos) {
        super(nanos, 0xff, Map.of("co2", 620.0, "temperature", 21.5, "humidity", 45.0));
    }

    @Override
    void command(byte[] bytes) throws NotAcknowledged {
        var code = bytes.length >= 2 ? word(bytes, 0) : -1;
        if (settings.containsKey(code)) {
            setting(code, bytes);
            return;
        }
        switch (code) {
            case 0x0010 -> start(argument(bytes, 0, 1));
            case 0x0104 -> isMeasuring = false;
            case 0x0202 -> answer(BEFORE_READ, () -> frame(values() > taken ? 1 : 0));
            case 0x0300 -> measurement();
            case 0xd100 -> answer(BEFORE_READ, () -> frame(VERSION));
            default -> throw new NotAcknowledged("no command");
        }
    }

    private void setting(int code, byte[] bytes) throws NotAcknowledged {
        if (bytes.length == 2) {
            answer(BEFORE_READ, () -> frame(settings.getOrDefault(code, 0)));
            return;
        }
        var word = argument(bytes, 0, 1);
        if (code == INTERVAL && (word < 2 || word > 1_800)) {
            throw new NotAcknowledged("no interval");
        }
        settings.put(code, word);
    }

    private void start(int mbar) throws NotAcknowledged {
        if (mbar != 0 && (mbar < 700 || mbar > 1_400)) {
            throw new NotAcknowledged("no pressure");
        }
        pressure = mbar;
        if (!isMeasuring) {
            isMeasuring = true;
            startedAt = now();
            taken = 0;
        }
    }

    /** How many it has measured since the start. */
    private long values() {
        return isMeasuring ? (now() - startedAt) / (settings.getOrDefault(INTERVAL, 2) * 1_000_000_000L) : 0;
    }

    private void measurement() {
        if (values() > taken) {
            answer(BEFORE_READ, this::measured);
        }
    }

    private byte[] measured() {
        taken = values();
        var celsius = world.get("temperature") - settings.getOrDefault(OFFSET, 0) / 100.0;
        var bits = new int[] {
            Float.floatToIntBits((float) world.get("co2")),
            Float.floatToIntBits((float) celsius),
            Float.floatToIntBits((float) world.get("humidity"))
        };
        return frame(
                bits[0] >>> 16, bits[0] & 0xffff, bits[1] >>> 16, bits[1] & 0xffff, bits[2] >>> 16, bits[2] & 0xffff);
    }

    /** What it compensates for, in mbar; 0 where it does not. */
    public synchronized int pressure() {
        return pressure;
    }
}
