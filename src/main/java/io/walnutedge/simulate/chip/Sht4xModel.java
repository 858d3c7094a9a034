package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.function.LongSupplier;

/** An SHT40 (datasheet SHT4x, version 6): measurements, heater, serial number, reset. Any thread. */
public final class Sht4xModel extends CommandModel {
    private static final int SERIAL_HIGH = 0x0f2c;
    private static final int SERIAL_LOW = 0x71b4;

    /** Measurements (4.5) and their longest times in microseconds (3.2). */
    private static final Map<Integer, Integer> SHOTS = Map.of(0xfd, 8_300, 0xf6, 4_500, 0xe0, 1_600);

    /** Heating for 1 s or 0.1 s with a measurement at its end (4.5, 4.9): the longest times in milliseconds (3.2). */
    private static final Map<Integer, Integer> HEATING =
            Map.of(0x39, 1_100, 0x2f, 1_100, 0x1e, 1_100, 0x32, 110, 0x24, 110, 0x15, 110);

    /** @param nanos a monotonic clock */
    public Sht4xModel(LongSupplier nanos) {
        super(nanos, 0xff, Map.of("temperature", 21.5, "humidity", 45.0));
    }

    @Override
    void command(byte[] bytes) throws NotAcknowledged {
        var code = bytes.length == 1 ? bytes[0] & 0xff : -1;
        var micros = SHOTS.getOrDefault(code, 1_000 * HEATING.getOrDefault(code, 0));
        if (micros > 0) {
            answer(micros, this::measured);
        } else if (code == 0x89) {
            answer(0, () -> frame(SERIAL_HIGH, SERIAL_LOW));
        } else if (code == 0x94) {
            busy(1_000);
        } else {
            throw new NotAcknowledged("no command");
        }
    }

    /** 4.6. */
    private byte[] measured() {
        var temperature = scaled((world.get("temperature") + 45) / 175, 0xffff);
        return frame(temperature, scaled((world.get("humidity") + 6) / 125, 0xffff));
    }
}
