package io.walnutedge.sensor;

import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.MeasurementKeys;
import io.walnutedge.reading.Quantity;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads a quantity that the configuration names; one of a usual name has its usual unit and decimals. Any thread. */
public final class DeclaredQuantity {
    private static final Map<String, Quantity> USUAL = Stream.of(
                    Quantity.TEMPERATURE,
                    Quantity.HUMIDITY,
                    Quantity.PRESSURE,
                    Quantity.ILLUMINANCE,
                    Quantity.VOLTAGE,
                    Quantity.CURRENT,
                    Quantity.POWER,
                    Quantity.CO2,
                    Quantity.ECO2,
                    Quantity.TVOC,
                    Quantity.AIR_QUALITY,
                    Quantity.GAS_RESISTANCE,
                    Quantity.DISTANCE,
                    Quantity.ACCELERATION,
                    Quantity.ROTATION,
                    Quantity.PARTICLES,
                    Quantity.CHARGE)
            .collect(Collectors.toUnmodifiableMap(Quantity::name, Function.identity()));

    private DeclaredQuantity() {}

    /** Without a unit, and with two decimals, where the name is not a usual one. */
    public static Quantity usual(String name) {
        return USUAL.getOrDefault(name, new Quantity(ItemId.isValid(name) ? name : "value", "", 2));
    }

    /**
     * Reads {@code unit} and {@code decimals}.
     *
     * @param settings the quantity's table
     * @param ownKeys what the sensor's table has for its driver: no name for a quantity
     */
    public static Quantity read(ConfigTable settings, String name, Collection<String> ownKeys) {
        if (!ItemId.isValid(name)) {
            settings.problem("'" + name + "' is no name of a quantity; accepted: 1 to 64 of a-z, 0-9, _ and -");
        }
        if (MeasurementKeys.ALL.contains(name) || ownKeys.contains(name)) {
            settings.problem("'" + name + "' is a key of the sensor; give the quantity another name");
        }
        var usual = usual(name);
        var unit = settings.unit("unit", usual.unit());
        var decimals = settings.integer("decimals", usual.decimals(), 0, 9);
        return new Quantity(usual.name(), unit, decimals);
    }
}
