package io.walnutedge.sensor.sysfs;

import io.walnutedge.reading.Quantity;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A class of hwmon channels and its unit, from Documentation/hwmon/sysfs-interface.rst. Immutable; any thread.
 *
 * @param prefix of the channels' names, as in {@code temp1_input}
 * @param divisor from the kernel's unit to the quantity's
 */
record HwmonKind(String prefix, Quantity quantity, double divisor) {
    static final HwmonKind TEMP = new HwmonKind("temp", Quantity.TEMPERATURE, 1000); // m°C

    private static final List<HwmonKind> ALL = List.of(
            TEMP,
            new HwmonKind("in", Quantity.VOLTAGE, 1000), // mV
            new HwmonKind("curr", Quantity.CURRENT, 1000), // mA
            new HwmonKind("power", Quantity.POWER, 1_000_000), // µW
            new HwmonKind("energy", new Quantity("energy", "J", 1), 1_000_000), // µJ
            new HwmonKind("humidity", Quantity.HUMIDITY, 1000), // m%
            new HwmonKind("fan", new Quantity("speed", "rpm", 0), 1)); // revolutions per minute

    static Optional<HwmonKind> of(String prefix) {
        return ALL.stream().filter(kind -> kind.prefix().equals(prefix)).findFirst();
    }

    static String names() {
        return ALL.stream().map(HwmonKind::prefix).collect(Collectors.joining(", "));
    }

    /** The kernel's figure in the unit of {@link #quantity}. */
    double converted(double kernel) {
        return kernel / divisor;
    }
}
