package io.walnutedge.sensor.sysfs;

import io.walnutedge.reading.Quantity;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A class of hwmon channels and its unit, from Documentation/hwmon/sysfs-interface.rst; freq is from
 * drivers/gpu/drm/amd/pm/amdgpu_pm.c ("hwmon interfaces for GPU clocks"). Immutable; any thread.
 *
 * @param prefix of the channels' names, as in {@code temp1_input}
 * @param divisor from the kernel's unit to the quantity's
 * @param endings of the files that have the value, the better one first
 */
record HwmonKind(String prefix, Quantity quantity, double divisor, List<String> endings) {
    /** Some power meters give only an average (sysfs-interface.rst, "Power"). */
    private static final List<String> MEASURED = List.of("_input", "_average");

    static final HwmonKind TEMP = new HwmonKind("temp", Quantity.TEMPERATURE, 1000, MEASURED); // m°C

    private static final List<HwmonKind> ALL = List.of(
            TEMP,
            new HwmonKind("in", Quantity.VOLTAGE, 1000, MEASURED), // mV
            new HwmonKind("curr", Quantity.CURRENT, 1000, MEASURED), // mA
            new HwmonKind("power", Quantity.POWER, 1_000_000, MEASURED), // µW
            new HwmonKind("energy", new Quantity("energy", "J", 1), 1_000_000, MEASURED), // µJ
            new HwmonKind("humidity", Quantity.HUMIDITY, 1000, MEASURED), // m%
            new HwmonKind("fan", new Quantity("speed", "rpm", 0), 1, MEASURED), // revolutions per minute
            new HwmonKind("pwm", new Quantity("duty", "%", 1), 2.55, List.of("")), // 255 is 100 %
            new HwmonKind("freq", new Quantity("frequency", "Hz", 0), 1, MEASURED), // Hz
            new HwmonKind("intrusion", new Quantity("intrusion", "", 0), 1, List.of("_alarm"))); // 1 or 0

    static Optional<HwmonKind> of(String prefix) {
        return ALL.stream().filter(kind -> kind.prefix().equals(prefix)).findFirst();
    }

    static String names() {
        return ALL.stream().map(HwmonKind::prefix).collect(Collectors.joining(", "));
    }

    /** For the catalogue: each class with what it gives and the unit. */
    static String gives() {
        return ALL.stream()
                .map(kind -> "`" + kind.prefix() + "` gives `" + kind.quantity().name() + "`"
                        + (kind.quantity().unit().isEmpty()
                                ? ""
                                : " (" + kind.quantity().unit() + ")"))
                .collect(Collectors.joining(", "));
    }

    /** The kernel's figure in the unit of {@link #quantity}. */
    double converted(double kernel) {
        return kernel / divisor;
    }
}
