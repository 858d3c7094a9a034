package io.walnutedge.sensor.chip;

import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.sensor.i2c.I2cChip;
import java.time.Duration;
import java.util.List;

/**
 * How long an INA226 (SBOS547A, 7.6.1) or INA3221 (SBOS576B, 8.6.2.1) converts: their configurations have the same bits.
 * Immutable; any thread.
 *
 * @param average conversions of each voltage
 * @param micros of one conversion
 */
record InaTiming(int average, int micros) {
    static final String KEYS = "`average` **1** 4 16 64 128 256 512 1024; "
            + "`conversion-time` 140 204 332 588 **1100** 2116 4156 8244 (µs)";

    /** AVG, by code. */
    private static final List<Integer> AVERAGES = List.of(1, 4, 16, 64, 128, 256, 512, 1024);

    /** VBUSCT, VSHCT, by code. */
    private static final List<Integer> MICROS = List.of(140, 204, 332, 588, 1100, 2116, 4156, 8244);

    /** The longest times of both electrical characteristics, by the same code. */
    private static final List<Integer> LONGEST_MICROS = List.of(154, 224, 365, 646, 1210, 2328, 4572, 9068);

    static InaTiming of(ConfigTable settings) {
        return new InaTiming(
                I2cChip.oneOf(settings, "average", 1, AVERAGES),
                I2cChip.oneOf(settings, "conversion-time", 1100, MICROS));
    }

    /** AVG, VBUSCT and VSHCT. */
    int bits() {
        var time = MICROS.indexOf(micros);
        return (AVERAGES.indexOf(average) << 9) | (time << 6) | (time << 3);
    }

    /** Of the shunt and the bus voltage of so many channels, one after the other. */
    Duration longest(int channels) {
        return Duration.ofNanos(2_000L * channels * average * LONGEST_MICROS.get(MICROS.indexOf(micros)));
    }
}
