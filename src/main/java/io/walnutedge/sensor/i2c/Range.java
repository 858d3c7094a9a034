package io.walnutedge.sensor.i2c;

import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.SensorException;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** What a chip can measure by its datasheet, both ends included, whoever's driver reads it. Immutable; any thread. */
public record Range(Quantity quantity, double min, double max) {
    public static Range celsius(double min, double max) {
        return new Range(Quantity.TEMPERATURE, min, max);
    }

    public static Range hectopascals(double min, double max) {
        return new Range(Quantity.PRESSURE, min, max);
    }

    /**
     * A value, which has none where it is beyond.
     *
     * @param where it was read, for the error
     * @throws SensorException if a temperature is beyond: the others are computed from it, or come with it from a chip that
     *     does not answer or was reset, whose zeros would pass for theirs
     */
    Measurement measured(double value, String where) throws SensorException {
        if (quantity.equals(Quantity.TEMPERATURE)) {
            return Measurement.of(quantity, checked(value, where));
        }
        return I2cChip.each(quantity, () -> checked(value, where));
    }

    /** @param where it was read, for the error */
    double checked(double value, String where) throws SensorException {
        if (value >= min && value <= max) {
            return value;
        }
        throw new SensorException(where + ": " + quantity.name() + " " + shown(value, 2) + " " + quantity.unit()
                + " is beyond what the chip measures, " + shown(min, 0) + " to " + shown(max, 0));
    }

    private static String shown(double value, int decimals) {
        return Double.isFinite(value)
                ? new BigDecimal(value).setScale(decimals, RoundingMode.HALF_UP).toPlainString()
                : Double.toString(value);
    }
}
