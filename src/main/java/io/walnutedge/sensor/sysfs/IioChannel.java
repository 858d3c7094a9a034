package io.walnutedge.sensor.sysfs;

import io.walnutedge.reading.Quantity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A channel of an IIO device by its kernel name, such as {@code temp}, {@code voltage0}, {@code voltage0-voltage1} or
 * {@code temp_object}, and what it measures in our units. Immutable; any thread.
 *
 * @param name as in {@code in_NAME_raw}
 * @param type the part that shared scales and offsets are named by
 * @param factor from the kernel's unit to the quantity's
 * @param needsScale whether a raw value without a scale means nothing; a raw current without one is in mA by that document
 */
record IioChannel(String name, String type, Quantity quantity, double factor, boolean needsScale) {
    private static final Pattern NAME = Pattern.compile("([a-z]+)([0-9]*)((?:-[a-z]+[0-9]+)?)((?:_[a-z0-9]+)*)");

    /** Kernel type, our quantity, factor: Documentation/ABI/testing/sysfs-bus-iio gives the kernel's units. */
    private record Type(String name, Quantity quantity, double factor) {}

    private static final List<Type> TYPES = List.of(
            new Type("temp", Quantity.TEMPERATURE, 0.001), // m°C
            new Type("pressure", Quantity.PRESSURE, 10), // kPa
            new Type("humidityrelative", Quantity.HUMIDITY, 0.001), // m%
            new Type("illuminance", Quantity.ILLUMINANCE, 1), // lux
            new Type("voltage", Quantity.VOLTAGE, 0.001), // mV
            new Type("altvoltage", new Quantity("altvoltage", "V", 4), 0.001), // mV
            new Type("current", Quantity.CURRENT, 0.001), // mA
            new Type("activity", new Quantity("activity", "%", 0), 1), // percent
            new Type("power", Quantity.POWER, 0.001), // mW
            new Type("energy", new Quantity("energy", "J", 1), 1), // J
            new Type("electricalconductivity", new Quantity("conductivity", "S/m", 4), 1), // siemens per meter
            new Type("resistance", new Quantity("resistance", "Ω", 1), 1), // ohm
            new Type("capacitance", new Quantity("capacitance", "nF", 3), 1), // nF
            new Type("distance", new Quantity("distance", "m", 3), 1), // m
            new Type("accel", new Quantity("acceleration", "m/s²", 3), 1), // m/s^2
            new Type("gravity", new Quantity("gravity", "m/s²", 3), 1), // m/s^2
            new Type("deltavelocity", new Quantity("deltavelocity", "m/s", 4), 1), // meters per second
            new Type("deltaangl", new Quantity("deltaangle", "rad", 4), 1), // radians
            new Type("positionrelative", new Quantity("position", "%", 3), 0.001), // milli percent
            new Type("anglvel", new Quantity("rotation", "rad/s", 4), 1), // rad/s
            new Type("angl", new Quantity("angle", "rad", 4), 1), // rad
            new Type("incli", new Quantity("inclination", "°", 2), 1), // degrees
            new Type("magn", new Quantity("magnetic_field", "G", 4), 1), // Gauss
            new Type("concentration", new Quantity("concentration", "ppm", 1), 10_000), // percent
            new Type("massconcentration", new Quantity("massconcentration", "µg/m³", 1), 1), // ug/m^3
            new Type("proximity", new Quantity("proximity", "", 3), 1), // no unit
            new Type("intensity", new Quantity("intensity", "", 1), 1), // no unit
            new Type("uvindex", new Quantity("uvindex", "", 2), 1), // no unit
            new Type("ph", new Quantity("ph", "", 2), 1), // no unit
            new Type("steps", new Quantity("steps", "", 0), 1), // no unit
            new Type("count", new Quantity("count", "", 0), 1)); // no unit

    /** The channel of that name; empty where the name or its type is unknown. */
    static Optional<IioChannel> of(String name) {
        var match = NAME.matcher(name);
        if (name.length() > 64 || !match.matches()) {
            return Optional.empty();
        }
        return TYPES.stream()
                .filter(type -> type.name().equals(match.group(1)))
                .findFirst()
                .map(type -> channel(name, type, name.substring(match.end(1))));
    }

    private static IioChannel channel(String name, Type type, String rest) {
        var known = type.quantity();
        var quantity = known.named(known.name() + rest);
        return new IioChannel(
                name,
                type.name(),
                quantity,
                type.factor(),
                !known.unit().isEmpty() && !type.name().equals("current"));
    }

    /** Whether it is a type alone, without number and modifier. */
    boolean isType() {
        return name.equals(type);
    }

    /** The same channel under another name of its quantity. */
    IioChannel giving(Quantity other) {
        return new IioChannel(name, type, other, factor, needsScale);
    }

    /** For the catalogue: each type with what it gives and the unit. */
    static String gives() {
        return TYPES.stream()
                .map(type -> "`" + type.name() + "` gives `" + type.quantity().name() + "`"
                        + (type.quantity().unit().isEmpty()
                                ? ""
                                : " (" + type.quantity().unit() + ")"))
                .collect(Collectors.joining(", "));
    }

    /** For errors. */
    static List<String> types() {
        return TYPES.stream().map(Type::name).sorted(Comparator.naturalOrder()).toList();
    }

    /**
     * The names under which scale or offset of this channel may stand, most special first: its own, its own without
     * modifiers ({@code in_voltage0_mean_raw} takes {@code in_voltage0_scale}), the one of its type, the one of all inputs,
     * the one of the whole device. Differential channels share among themselves (drivers/iio/industrialio-core.c,
     * __iio_device_attr_init).
     */
    List<String> shared(String item) {
        var names = new ArrayList<String>();
        for (var part = name; !part.isEmpty(); part = part.substring(0, Math.max(0, part.lastIndexOf('_')))) {
            names.add("in_" + part + "_" + item);
        }
        names.add("in_" + (name.contains("-") ? type + "-" + type : type) + "_" + item);
        names.add("in_" + item);
        names.add(item);
        return names;
    }

    @Override
    public String toString() {
        return name;
    }
}
