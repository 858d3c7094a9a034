package io.walnutedge.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problem;
import io.walnutedge.hocon.Problems;
import io.walnutedge.reading.Absence;
import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.reading.Value;
import io.walnutedge.sensor.files.FileSource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DerivedTest {
    private static final Hardware NONE = new Hardware() {
        @Override
        public void pause(Duration duration) {
            throw new AssertionError("nothing to wait for");
        }
    };

    private final Problems problems = new Problems();

    private static SensorPlan weather(double celsius, double percent, double hectopascals) {
        return new SensorPlan(
                new FileSource("weather"),
                List.of(Quantity.TEMPERATURE, Quantity.HUMIDITY, Quantity.PRESSURE),
                hardware -> () -> List.of(
                        Measurement.of(Quantity.TEMPERATURE, celsius),
                        Measurement.of(Quantity.HUMIDITY, percent),
                        Measurement.of(Quantity.PRESSURE, hectopascals)));
    }

    private final Map<String, Absence> absent = new LinkedHashMap<>();

    private Map<String, Double> read(String hocon, SensorPlan plan) throws Exception {
        var settings = ConfigFile.parse(hocon, problems);
        var derived = Derived.of(settings, plan);
        settings.finish();
        assertThat(problems.list()).isEmpty();
        var values = new LinkedHashMap<String, Double>();
        for (var each : derived.opening().open(NONE).read()) {
            each.absence().ifPresent(none -> absent.put(each.quantity().name(), none));
            if (each.absence().isPresent()) {
                continue;
            }
            values.put(each.quantity().name(), ((Value.Numeric) each.value()).number());
        }
        return values;
    }

    private List<String> problems(String hocon, SensorPlan plan) {
        var settings = ConfigFile.parse(hocon, problems);
        Derived.of(settings, plan);
        settings.finish();
        return problems.list().stream().map(Problem::toString).toList();
    }

    /** Sensirion, "Introduction to Humidity", table of dew points; psychrometric tables. */
    @ParameterizedTest
    @CsvSource({"20, 50, 9.3, 8.6", "25, 100, 25.0, 23.0", "30, 80, 26.2, 24.3", "-10, 90, -11.3, 2.1"})
    void moisture_isThatOfTables(double celsius, double percent, double dewPoint, double grams) throws Exception {
        var values = read("derived = [dew-point, absolute-humidity]", weather(celsius, percent, 1000));
        assertThat(values.get("dew-point")).isCloseTo(dewPoint, within(0.15));
        assertThat(values.get("absolute-humidity")).isCloseTo(grams, within(0.15));
    }

    /** ICAO standard atmosphere: altitude and pressure. */
    @ParameterizedTest
    @CsvSource({"1013.25, 0", "954.61, 500", "898.75, 1000", "540.20, 5000"})
    void altitude_isThatOfTheStandardAtmosphere(double pressure, double metres) throws Exception {
        var values = read("derived = altitude", weather(15, 50, pressure));
        assertThat(values.get("altitude")).isCloseTo(metres, within(0.5));
        var back = read("derived = sea-level-pressure, altitude-here = " + metres, weather(15, 50, pressure));
        assertThat(back.get("sea-level-pressure")).isCloseTo(1013.25, within(0.05));
    }

    @Test
    void aqi_isOfBothKindsOfParticles() throws Exception {
        var dust = new SensorPlan(
                new FileSource("dust"),
                List.of(new Quantity("pm2-5", "µg/m³", 0), new Quantity("pm10", "µg/m³", 0)),
                hardware -> () -> List.of(
                        Measurement.of(new Quantity("pm2-5", "µg/m³", 0), 35),
                        Measurement.of(new Quantity("pm10", "µg/m³", 0), 255)));
        assertThat(read("derived = [aqi]", dust)).containsEntry("aqi", 151.0);
    }

    @Test
    void altitude_followsThePressureAtSeaLevel() throws Exception {
        var values = read("derived = altitude, sea-level-pressure-now = 1000", weather(15, 50, 1000));
        assertThat(values.get("altitude")).isZero();
    }

    @Test
    void dryAir_hasNoDewPoint_andTheRestIsThere() throws Exception {
        var values = read("derived = [dew-point, absolute-humidity]", weather(20, 0, 1000));
        assertThat(values).doesNotContainKey("dew-point").containsEntry("absolute-humidity", 0.0);
        assertThat(values).containsEntry("temperature", 20.0);
        assertThat(absent)
                .containsOnly(Map.entry("dew-point", Absence.normal("there is none at this temperature and humidity")));
    }

    @ParameterizedTest
    @CsvSource({"true, pressure", "false, pressure", "false, temperature", "true, humidity"})
    void whatItIsComputedFrom_isTheReason(boolean failed, String without) throws Exception {
        var plan = weather(20, 50, 1000);
        var cut = plan.giving(
                plan.quantities(),
                hardware -> () -> plan.opening().open(NONE).read().stream()
                        .map(each -> each.quantity().name().equals(without)
                                ? new Measurement(each.quantity(), new Absence("broken", failed))
                                : each)
                        .toList());
        read("derived = [dew-point, altitude]", cut);
        var derived = without.equals("pressure") ? "altitude" : "dew-point";
        assertThat(absent).hasSize(2).containsEntry(derived, new Absence("no " + without + ": broken", failed));
    }

    @Test
    void mistakes_areTold() {
        assertThat(problems("derived = [dew-pont]", weather(1, 1, 1)))
                .singleElement()
                .asString()
                .contains("did you mean");
    }

    @Test
    void quantitiesThatAreNotThere_areTold() {
        var thermometer = new SensorPlan(new FileSource("t"), List.of(Quantity.TEMPERATURE), hardware -> List::of);
        assertThat(problems("derived = [dew-point]", thermometer))
                .singleElement()
                .asString()
                .contains("needs temperature and humidity");
    }

    @Test
    void keyOfWhatIsNotAskedFor_isUnknown() {
        assertThat(problems("derived = [dew-point], altitude-here = 3", weather(1, 1, 1)))
                .singleElement()
                .asString()
                .contains("unknown key");
    }
}
