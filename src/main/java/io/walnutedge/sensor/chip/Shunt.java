package io.walnutedge.sensor.chip;

import io.walnutedge.config.Settings;
import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/**
 * A shunt resistor and the calibration register that Texas Instruments' INA219 and INA226 need for it. Immutable; any
 * thread.
 *
 * @param volts the highest voltage over the shunt
 * @param step amperes of the lowest bit of the current register
 */
record Shunt(double volts, int calibration, double step) {
    static final String KEYS =
            "`shunt` (Ω, default **0.1**); `max-current` (A, default the most that the chip measures)";

    /** Of microvolts, which the decimals of a supply voltage would hide. */
    static final Quantity VOLTAGE = new Quantity("shunt-voltage", Quantity.VOLTAGE.unit(), 6);

    static final List<Quantity> QUANTITIES = List.of(Quantity.VOLTAGE, VOLTAGE, Quantity.CURRENT, Quantity.POWER);

    /**
     * Reads {@code shunt} and {@code max-current}.
     *
     * @param factor calibration times step times ohms
     * @param fullScale volts over the shunt
     * @param bits of the calibration register that can be set, from the highest down
     */
    static Shunt of(Settings settings, double factor, double fullScale, int bits) {
        var ohms = settings.number("shunt", 0.1, 0.00001, 1000);
        var most = rounded(fullScale / ohms);
        var amperes = settings.number("max-current", most, rounded(most / 1000), most);
        // the current register has 15 bits and a sign; a part of a bit is rounding in this line, not of the chip
        var exact = factor * 32_768 / (amperes * ohms) + 1e-6;
        var calibration = (int) Math.min(exact, bits) & bits;
        return new Shunt(amperes * ohms, calibration, factor / (calibration * ohms));
    }

    /** So that 0.32 V over 0.1 Ω are 3.2 A also in binary numbers. */
    private static double rounded(double value) {
        return BigDecimal.valueOf(value).round(new MathContext(9)).doubleValue();
    }

    /** The current register's code becomes amperes; the power has the current's sign, which the power register has not. */
    List<Measurement> measurements(double volts, double shuntVolts, int currentCode) {
        var amperes = currentCode * step;
        return List.of(
                Measurement.of(Quantity.VOLTAGE, volts),
                Measurement.of(VOLTAGE, shuntVolts),
                Measurement.of(Quantity.CURRENT, amperes),
                Measurement.of(Quantity.POWER, volts * amperes));
    }
}
