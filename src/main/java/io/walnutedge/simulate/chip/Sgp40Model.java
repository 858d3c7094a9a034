package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.function.LongSupplier;

/**
 * An SGP40 (datasheet, version 1.0): raw signal, self-test, heater off, serial number. Wrong checksums are not acknowledged.
 * The signal is that of the world at 50 % and 25 °C and is not compensated. Any thread.
 */
public final class Sgp40Model extends CommandModel {
    private static final long MEASURE_MICROS = 30_000; // 3.1
    private static final long TEST_MICROS = 320_000; // 3.3: 250 ms; in version 1.2 320 ms

    private boolean isHeating;

    /** @param nanos a monotonic clock */
    public Sgp40Model(LongSupplier nanos) {
        super(nanos, 0xff, Map.of("voc-raw", 30_000.0));
    }

    @Override
    void command(byte[] bytes) throws NotAcknowledged {
        if (bytes.length < 2) {
            return;
        }
        switch (word(bytes, 0)) {
            case 0x260f -> measure(bytes);
            case 0x280e -> answer(TEST_MICROS, () -> frame(0xd400));
            case 0x3615 -> isHeating = false;
            case 0x3682 -> answer(1_000, () -> frame(0x0000, 0x0123, 0x4567));
            default -> throw new NotAcknowledged("no command");
        }
    }

    private void measure(byte[] bytes) throws NotAcknowledged {
        argument(bytes, 0, 2);
        argument(bytes, 1, 2);
        isHeating = true;
        answer(MEASURE_MICROS, () -> frame(held(world.get("voc-raw"), 0, 0xffff)));
    }

    /** Whether the hotplate is on. */
    public synchronized boolean isHeating() {
        return isHeating;
    }
}
