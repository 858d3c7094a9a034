package io.walnutedge.reading;

/**
 * A physical quantity that a sensor measures: its name in topics and configuration, the unit of its values (a symbol
 * of SI or one in common use beside it) and the decimals that are published unless the configuration says otherwise.
 * Immutable; any thread.
 *
 * @param name of the form of {@link ItemId}
 * @param unit empty where there is none
 * @param decimals 0 to 9
 */
public record Quantity(String name, String unit, int decimals) {
    public static final Quantity TEMPERATURE = new Quantity("temperature", "°C", 2);
    public static final Quantity HUMIDITY = new Quantity("humidity", "%", 2);
    public static final Quantity PRESSURE = new Quantity("pressure", "hPa", 2);
    public static final Quantity ILLUMINANCE = new Quantity("illuminance", "lx", 1);
    public static final Quantity VOLTAGE = new Quantity("voltage", "V", 4);
    public static final Quantity CURRENT = new Quantity("current", "A", 4);
    public static final Quantity POWER = new Quantity("power", "W", 3);
    public static final Quantity CO2 = new Quantity("co2", "ppm", 0);

    /** What a gas sensor without a CO2 cell estimates from other gases. */
    public static final Quantity ECO2 = new Quantity("eco2", "ppm", 0);

    public static final Quantity TVOC = new Quantity("tvoc", "ppb", 0);

    /** An index without a unit, which its chip's datasheet defines. */
    public static final Quantity AIR_QUALITY = new Quantity("air-quality", "", 0);

    public static final Quantity GAS_RESISTANCE = new Quantity("gas-resistance", "Ω", 0);
    public static final Quantity DISTANCE = new Quantity("distance", "m", 3);
    public static final Quantity ACCELERATION = new Quantity("acceleration", "m/s²", 3);
    public static final Quantity ROTATION = new Quantity("rotation", "°/s", 2);
    public static final Quantity PARTICLES = new Quantity("particles", "µg/m³", 1);
    public static final Quantity CHARGE = new Quantity("charge", "%", 1);

    /** @throws IllegalArgumentException if the name is not an id or the decimals are out of range */
    public Quantity {
        if (!ItemId.isValid(name)) {
            throw new IllegalArgumentException("not a quantity's name: '" + name + "'");
        }
        if (decimals < 0 || decimals > 9) {
            throw new IllegalArgumentException("decimals of " + name + ": " + decimals);
        }
    }

    /** The same kind of quantity under another name, such as {@code a0} for the voltage of a converter's input. */
    public Quantity named(String other) {
        return new Quantity(other, unit, decimals);
    }
}
