package io.walnutedge.sensor;

import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.Absence;
import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Outcome;
import io.walnutedge.reading.Quantity;
import io.walnutedge.reading.Value;
import io.walnutedge.text.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Quantities that follow from those of the same sample: {@code derived = [dew-point, altitude]} in a sensor's table.
 * Stateless; any thread.
 */
public final class Derived {
    // vapour pressure over water, in hPa and °C: Magnus, with the coefficients of WMO-No. 8, part I, annex 4.B
    private static final double MAGNUS_PRESSURE = 6.112;
    private static final double MAGNUS_FACTOR = 17.62;
    private static final double MAGNUS_CELSIUS = 243.12;

    /** Of water vapour, in g K/J: its molar mass 18.015 g/mol over the gas constant 8.3145 J/(mol K). */
    private static final double VAPOUR = 18.01528 / 8.314462618;

    private static final double ZERO_CELSIUS = 273.15; // in K
    private static final double PASCALS = 100; // in a hPa

    // ICAO standard atmosphere (Doc 7488/3) below 11 km: 288.15 K / 0.0065 K/m, and g M / (R 0.0065 K/m)
    private static final double SCALE_METRES = 44_330.77;
    private static final double EXPONENT = 5.255876;
    private static final double STANDARD_PRESSURE = 1013.25; // in hPa

    private Derived() {}

    /** What can be derived, and from what. */
    private enum Kind {
        DEW_POINT("dew-point", "°C", 2, "temperature", "humidity"),
        ABSOLUTE_HUMIDITY("absolute-humidity", "g/m³", 2, "temperature", "humidity"),
        ALTITUDE("altitude", "m", 1, "pressure", ""),
        SEA_LEVEL_PRESSURE("sea-level-pressure", "hPa", 2, "pressure", ""),
        AIR_QUALITY_INDEX("aqi", "", 0, "pm2-5", "pm10");

        private final String label;
        private final String unit;
        private final int decimals;
        private final String first;
        private final String second;

        Kind(String label, String unit, int decimals, String first, String second) {
            this.label = label;
            this.unit = unit;
            this.decimals = decimals;
            this.first = first;
            this.second = second;
        }

        Quantity quantity() {
            return new Quantity(label, unit, decimals);
        }

        /** The quantities that it is computed from. */
        List<String> from() {
            return second.isEmpty() ? List.of(first) : List.of(first, second);
        }

        static Optional<Kind> of(String name) {
            return Stream.of(values()).filter(kind -> kind.label.equals(name)).findFirst();
        }

        static List<String> names() {
            return Stream.of(values()).map(kind -> kind.label).toList();
        }
    }

    /** One quantity and how it is computed. */
    private record Formula(Quantity quantity, List<String> from, Function<Map<String, Double>, Double> compute) {
        /** With its value, or the reason why it has none; empty where what it is computed from is not in the sample. */
        Optional<Measurement> of(Map<String, Outcome> sample) {
            if (!sample.keySet().containsAll(from)) {
                return Optional.empty();
            }
            for (var each : from) {
                if (sample.get(each) instanceof Absence none) {
                    return Optional.of(
                            new Measurement(quantity, new Absence("no " + each + ": " + none.reason(), none.failed())));
                }
            }
            var value = compute.apply(numbers(sample));
            return Optional.of(
                    Double.isFinite(value)
                            ? Measurement.of(quantity, value)
                            : new Measurement(
                                    quantity, Absence.normal("there is none at this " + String.join(" and ", from))));
        }

        private static Map<String, Double> numbers(Map<String, Outcome> sample) {
            var numbers = new TreeMap<String, Double>();
            sample.forEach((name, outcome) -> {
                if (outcome instanceof Value.Numeric number) {
                    numbers.put(name, number.number());
                }
            });
            return numbers;
        }
    }

    /** The plan with what {@code derived} asks for; the plan itself where the key is missing. */
    public static SensorPlan of(ConfigTable settings, SensorPlan plan) {
        if (!settings.has("derived")) {
            return plan;
        }
        var there = plan.quantities().stream().map(Quantity::name).collect(Collectors.toSet());
        var formulas = new ArrayList<Formula>();
        for (var name : settings.texts("derived")) {
            var kind = Kind.of(name);
            if (kind.isEmpty()) {
                settings.problem(
                        "derived",
                        "'" + name + "' is none of " + String.join(", ", Kind.names())
                                + Suggestion.of(name, Kind.names()));
            } else if (!there.containsAll(kind.get().from())) {
                settings.problem(
                        "derived",
                        name + " needs " + String.join(" and ", kind.get().from()) + " of the sensor");
            } else if (there.contains(name)
                    || formulas.stream().anyMatch(each -> each.quantity.name().equals(name))) {
                settings.problem("derived", name + " is there already");
            } else {
                formulas.add(formula(settings, kind.get()));
            }
        }
        var quantities = new ArrayList<>(plan.quantities());
        formulas.forEach(each -> quantities.add(each.quantity));
        return plan.giving(quantities, hardware -> new Deriving(plan.opening().open(hardware), List.copyOf(formulas)));
    }

    private static Formula formula(ConfigTable settings, Kind kind) {
        return new Formula(
                kind.quantity(),
                kind.from(),
                switch (kind) {
                    case DEW_POINT -> sample -> dewPoint(celsius(sample), percent(sample));
                    case ABSOLUTE_HUMIDITY -> sample -> absoluteHumidity(celsius(sample), percent(sample));
                    case AIR_QUALITY_INDEX ->
                        sample -> AirQualityIndex.of(
                                sample.getOrDefault("pm2-5", Double.NaN), sample.getOrDefault("pm10", Double.NaN));
                    case ALTITUDE -> {
                        // the lowest and the highest ever measured are 870 and 1084 hPa (WMO)
                        var seaLevel = settings.number("sea-level-pressure-now", STANDARD_PRESSURE, 800, 1100);
                        yield sample -> altitude(hectopascals(sample), seaLevel);
                    }
                    case SEA_LEVEL_PRESSURE -> {
                        // from the Dead Sea's shore to the highest mountain
                        var metres = settings.number("altitude-here", 0, -450, 8850);
                        yield sample -> seaLevelPressure(hectopascals(sample), metres);
                    }
                });
    }

    private static double celsius(Map<String, Double> sample) {
        return sample.getOrDefault(Quantity.TEMPERATURE.name(), Double.NaN);
    }

    private static double percent(Map<String, Double> sample) {
        return sample.getOrDefault(Quantity.HUMIDITY.name(), Double.NaN);
    }

    private static double hectopascals(Map<String, Double> sample) {
        return sample.getOrDefault(Quantity.PRESSURE.name(), Double.NaN);
    }

    /** In °C, over water also below 0 °C; not a number for absolutely dry air, which has none. */
    static double dewPoint(double celsius, double percent) {
        var logarithm = Math.log(percent / 100) + MAGNUS_FACTOR * celsius / (MAGNUS_CELSIUS + celsius);
        return MAGNUS_CELSIUS * logarithm / (MAGNUS_FACTOR - logarithm);
    }

    /** In grams of water in a cubic metre of air. */
    public static double absoluteHumidity(double celsius, double percent) {
        var saturated = MAGNUS_PRESSURE * Math.exp(MAGNUS_FACTOR * celsius / (MAGNUS_CELSIUS + celsius));
        return VAPOUR * saturated * PASCALS * percent / 100 / (ZERO_CELSIUS + celsius);
    }

    /** In metres, of a place with that pressure, both in hPa. */
    static double altitude(double pressure, double seaLevel) {
        return SCALE_METRES * (1 - Math.pow(pressure / seaLevel, 1 / EXPONENT));
    }

    /** In hPa, where a place of that altitude has that pressure. */
    static double seaLevelPressure(double pressure, double metres) {
        return pressure / Math.pow(1 - metres / SCALE_METRES, EXPONENT);
    }

    /** What cannot be computed has no value, as a dew point of dry air. */
    private record Deriving(Sensor sensor, List<Formula> formulas) implements Sensor {
        @Override
        public List<Measurement> read() throws SensorException, InterruptedException {
            var measurements = new ArrayList<>(sensor.read());
            var sample = new TreeMap<String, Outcome>();
            measurements.forEach(each -> sample.put(each.quantity().name(), each.outcome()));
            formulas.forEach(formula -> formula.of(sample).ifPresent(measurements::add));
            return List.copyOf(measurements);
        }

        @Override
        public void close() {
            sensor.close();
        }
    }
}
