package io.walnutedge.sensor.chip;

import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.i2c.I2cChip;
import java.util.ArrayList;
import java.util.List;

/** Three numbers of one kind, one for each axis, as motion sensors give them. Immutable; any thread. */
record Axes(List<Quantity> quantities) {
    /** Standard gravity in m/s² (ISO 80000-3), by which the makers' g is meant. */
    static final double GRAVITY = 9.80665;

    static final Axes ACCELERATION = of(Quantity.ACCELERATION);
    static final Axes ROTATION = of(Quantity.ROTATION);

    /** Three words of 16 bits with a sign, the lower byte first. */
    static int[] littleEndian(byte[] data) {
        var codes = new int[3];
        for (var axis = 0; axis < 3; axis++) {
            codes[axis] = (data[2 * axis + 1] << 8) | (data[2 * axis] & 0xff);
        }
        return codes;
    }

    private static Axes of(Quantity kind) {
        return new Axes(List.of(
                kind.named(kind.name() + "-x"), kind.named(kind.name() + "-y"), kind.named(kind.name() + "-z")));
    }

    /**
     * An axis at the converter's ends, which mean "this much or more", has no value.
     *
     * @param limit the first number that is not measured
     * @param setting that widens the range
     */
    List<Measurement> measured(I2cChip chip, int[] codes, int limit, double step, String setting) {
        var measurements = new ArrayList<Measurement>();
        for (var axis = 0; axis < quantities.size(); axis++) {
            var quantity = quantities.get(axis);
            var code = codes[axis];
            measurements.add(I2cChip.each(quantity, () -> {
                if (code >= limit || code < -limit) {
                    throw chip.none(quantity.name() + " is saturated; widen " + setting);
                }
                return code * step;
            }));
        }
        return measurements;
    }
}
