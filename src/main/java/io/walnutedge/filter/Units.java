package io.walnutedge.filter;

import io.walnutedge.text.UnitSpelling;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The units that {@code convert} knows, each as a straight line to the base unit of its kind. Any thread. */
final class Units {
    private static final double PASCALS_PER_PSI = 6894.757293168361;
    private static final double PASCALS_PER_MMHG = 133.322387415;
    private static final double PASCALS_PER_INHG = 3386.389;
    private static final double FAHRENHEIT = 5 / 9.0;

    private static final Map<String, Unit> ALL = new LinkedHashMap<>();
    /**
     * @param kind the same for units that can be converted to each other
     * @param factor base = value * factor + offset
     */
    record Unit(String name, String kind, double factor, double offset) {
        /** From this unit to one of the same kind. */
        Linear to(Unit other) {
            return new Linear(factor / other.factor, (offset - other.offset) / other.factor);
        }
    }

    static {
        ALL.put("°C", new Unit("°C", "temperature", 1, 273.15));
        ALL.put("°F", new Unit("°F", "temperature", FAHRENHEIT, 459.67 * FAHRENHEIT));
        ALL.put("K", new Unit("K", "temperature", 1, 0));
        add("pressure", Map.of("Pa", 1.0, "hPa", 100.0, "kPa", 1000.0, "mbar", 100.0, "bar", 1e5));
        add("pressure", Map.of("mmHg", PASCALS_PER_MMHG, "inHg", PASCALS_PER_INHG, "psi", PASCALS_PER_PSI));
        add("length", Map.of("mm", 0.001, "cm", 0.01, "m", 1.0, "km", 1000.0, "in", 0.0254, "ft", 0.3048));
        add("power", Map.of("mW", 0.001, "W", 1.0, "kW", 1000.0));
        add("energy", Map.of("J", 1.0, "kJ", 1e3, "MJ", 1e6, "Wh", 3600.0, "kWh", 3.6e6, "MWh", 3.6e9));
        add("voltage", Map.of("mV", 0.001, "V", 1.0));
        add("current", Map.of("µA", 1e-6, "mA", 0.001, "A", 1.0));
        add("charge", Map.of("mAh", 3.6, "Ah", 3600.0));
        add("resistance", Map.of("Ω", 1.0, "kΩ", 1e3, "MΩ", 1e6));
        add("frequency", Map.of("Hz", 1.0, "kHz", 1e3));
        add("speed", Map.of("m/s", 1.0, "km/h", 1 / 3.6, "mph", 0.44704, "kn", 1852 / 3600.0));
        add("volume", Map.of("ml", 0.001, "l", 1.0, "m³", 1000.0));
        add("flow", Map.of("l/s", 1.0, "l/min", 1 / 60.0, "l/h", 1 / 3600.0, "m³/h", 1 / 3.6));
        add("mass", Map.of("g", 0.001, "kg", 1.0, "lb", 0.45359237));
        add("angle", Map.of("°", Math.PI / 180, "rad", 1.0));
        add("rotation", Map.of("°/s", Math.PI / 180, "rad/s", 1.0, "rpm", Math.PI / 30));
        add("share", Map.of("ppb", 1e-9, "ppm", 1e-6, "%", 0.01));
    }

    private Units() {}

    private static void add(String kind, Map<String, Double> factors) {
        factors.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .forEach(unit -> ALL.put(unit.getKey(), new Unit(unit.getKey(), kind, unit.getValue(), 0)));
    }

    static Optional<Unit> find(String name) {
        var spelled = UnitSpelling.of(name);
        return Optional.ofNullable(ALL.getOrDefault(spelled, ALL.get(spelled.replace('L', 'l'))));
    }

    static Collection<String> names() {
        return ALL.keySet();
    }
}
