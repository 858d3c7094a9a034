package io.walnutedge.reading;

/**
 * A physical quantity that a sensor measures: its name in topics and configuration, the unit of its values (a symbol
 * of SI or one in common use beside it) and the decimals that are published unless the configuration says otherwise.
 * Immutable; any thread.
 *
 * @param name of the form of {@link SensorId}
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

    /** @throws IllegalArgumentException if the name is not an id or the decimals are out of range */
    public Quantity {
        if (!SensorId.isValid(name)) {
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
