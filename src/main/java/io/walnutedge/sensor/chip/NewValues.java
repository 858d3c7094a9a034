package io.walnutedge.sensor.chip;

import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.i2c.I2cChip;
import java.time.Duration;

/**
 * Tells a chip that measures by itself and has no new value yet from one that has stopped. Nobody waits on the bus for such
 * a chip: a read between two of its values answers none. One thread.
 */
final class NewValues {
    private final I2cChip chip;
    private final long limit;
    private long newestAt;

    /** @param period of the chip's own measurements; without a new value for two of them it has stopped */
    NewValues(I2cChip chip, Duration period) {
        this.chip = chip;
        this.limit = 2 * period.toNanos();
        this.newestAt = chip.nanoTime();
    }

    /** The chip has begun to measure. */
    void restart() {
        newestAt = chip.nanoTime();
    }

    /**
     * Whether there is one now.
     *
     * @param isReady what the chip says
     * @throws SensorException if there has been none for too long
     */
    boolean has(boolean isReady) throws SensorException {
        var now = chip.nanoTime();
        if (isReady) {
            newestAt = now;
        } else if (now - newestAt > limit) {
            throw chip.fault("has had no new value for "
                    + Duration.ofNanos(now - newestAt).toMillis()
                    + " ms; was its power interrupted, or does another program read it?");
        }
        return isReady;
    }
}
