package io.walnutedge.sensor.chip;

import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.reading.Value;
import io.walnutedge.sensor.i2c.I2cChip;
import io.walnutedge.sensor.i2c.KernelChip;
import io.walnutedge.sensor.i2c.KernelNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/**
 * A shunt resistor and the calibration register that Texas Instruments' INA219 and INA226 need for it. Immutable; any
 * thread.
 *
 * @param ohms of the shunt
 * @param volts the highest voltage over the shunt
 * @param step amperes of the lowest bit of the current register
 */
record Shunt(double ohms, double volts, int calibration, double step) {
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
    static Shunt of(ConfigTable settings, double factor, double fullScale, int bits) {
        var ohms = ohms(settings);
        var most = rounded(fullScale / ohms);
        var amperes = settings.number("max-current", most, rounded(most / 1000), most);
        // the current register has 15 bits and a sign; a part of a bit is rounding in this line, not of the chip
        var exact = factor * 32_768 / (amperes * ohms) + 1e-6;
        var calibration = (int) Math.min(exact, bits) & bits;
        return new Shunt(ohms, amperes * ohms, calibration, factor / (calibration * ohms));
    }

    /**
     * What the kernel's driver shows (Documentation/hwmon/ina2xx.rst), in mV, mV and mA. Its current is that over its own
     * {@code shunt_resistor} in µΩ, which need not be ours.
     */
    static KernelChip shownBy(KernelChip kernel, ConfigTable settings) {
        var nodes = List.of(
                KernelNode.hwmon(Quantity.VOLTAGE, "in1_input", 0.001),
                KernelNode.hwmon(VOLTAGE, "in0_input", 0.001),
                KernelNode.hwmon(Quantity.CURRENT, "curr1_input", 0.001 * 0.000_001 / ohms(settings))
                        .scaledBy("shunt_resistor"));
        return new KernelChip(kernel.name(), quantities -> nodes, Shunt::withPower, kernel.ranges());
    }

    private static double ohms(ConfigTable settings) {
        return settings.number("shunt", 0.1, 0.00001, 1000);
    }

    /** The power has the current's sign, which the kernel's {@code power1_input} has not. */
    private static List<Measurement> withPower(List<Measurement> sample) {
        return List.of(
                sample.get(0), sample.get(1), sample.get(2), power(Quantity.POWER, sample.get(0), sample.get(2)));
    }

    /** The product of both; what has no value of them leaves it without one, too. */
    static Measurement power(Quantity quantity, Measurement volts, Measurement amperes) {
        return volts.absence()
                .or(amperes::absence)
                .map(none -> new Measurement(quantity, none))
                .orElseGet(() -> Measurement.of(quantity, number(volts) * number(amperes)));
    }

    private static double number(Measurement measurement) {
        return ((Value.Numeric) measurement.value()).number();
    }

    /** So that 0.32 V over 0.1 Ω are 3.2 A also in binary numbers. */
    private static double rounded(double value) {
        return BigDecimal.valueOf(value).round(new MathContext(9)).doubleValue();
    }

    /**
     * The current register's code becomes amperes, unless the shunt has no voltage or the register ran over; the power has
     * the current's sign, which the power register has not.
     */
    List<Measurement> measurements(
            I2cChip chip, Measurement volts, Measurement shuntVolts, int currentCode, boolean over) {
        var amperes = shuntVolts
                .absence()
                .map(none -> new Measurement(Quantity.CURRENT, none))
                .orElseGet(() -> I2cChip.each(Quantity.CURRENT, () -> {
                    if (over) {
                        throw chip.none("the current is beyond max-current; write a higher one");
                    }
                    return currentCode * step;
                }));
        return withPower(List.of(volts, shuntVolts, amperes));
    }
}
