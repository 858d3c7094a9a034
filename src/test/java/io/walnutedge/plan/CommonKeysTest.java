package io.walnutedge.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.actuator.ActuatorDrivers;
import io.walnutedge.config.InputConfig;
import io.walnutedge.hocon.ConfigException;
import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problem;
import io.walnutedge.hocon.Problems;
import io.walnutedge.reading.MeasurementKeys;
import io.walnutedge.sensor.Drivers;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A key that belongs to all drivers of a kind is taken by each of them, whatever stands beside it. */
class CommonKeysTest {
    /** What a formula computes from. */
    private static final String ROOM = "room { type = bme280, bus = 9 }\n";

    private static final Pattern REQUIRED = Pattern.compile("outputs\\.o\\.([a-z-]+): is required and missing");

    private static final List<String> OF_OUTPUTS = List.of(
            "active-low = true",
            "initial = last",
            "initial = keep",
            "on-stop = keep",
            "safe-state = on",
            "link-loss-after = 10 s",
            "controller { topic = \"home/alive\", timeout = 1 min }",
            "max-on = 1 min",
            "min-on = 1 s",
            "min-off = 1 s",
            "interlock = blind, dead-time = 1 s",
            "pulse = 1 s",
            "confirm = true",
            "accept-retained = true",
            "format = json",
            "topic = t",
            "set-topic = s",
            "retain = false",
            "entity { name = Pump, icon = \"mdi:pump\" }");

    private static final List<String> OF_INPUTS = List.of(
            "active-low = true", "debounce = 1 ms", "debounce { on = 1 ms, off = 2 ms }", "topic = t", "qos = 0");

    static Stream<EveryDriver> drivers() {
        return EveryDriver.all();
    }

    static Set<String> outputs() {
        return ActuatorDrivers.installed().names();
    }

    /** An output of a type with the keys that it requires, each of which takes 1, as a number or as a text. */
    static String output(String type, String more) {
        var keys = problems("outputs { o { type = " + type + " } }").stream()
                .flatMap(problem -> REQUIRED.matcher(problem).results())
                .map(required -> required.group(1) + " = " + one(type, required.group(1)) + ", ")
                .collect(Collectors.joining());
        return "outputs { o { type = " + type + ", " + keys + more + " } }";
    }

    private static String one(String type, String key) {
        return problems("outputs { o { type = " + type + ", " + key + " = 1 } }").stream()
                        .anyMatch(problem -> problem.contains(key + ": 1 is not a text"))
                ? "\"1\""
                : "1";
    }

    private static List<String> problems(String hocon) {
        var problems = new Problems();
        try {
            new PlanReader(Drivers.installed(), (device, pin) -> pin)
                    .read(ConfigFile.parse("device.id = a\n" + hocon, problems), problems);
            return List.of();
        } catch (ConfigException refused) {
            return refused.problems().stream().map(Problem::toString).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void keysOfASensor_areTakenWithEveryDriver(EveryDriver driver) {
        for (var place : driver.places()) {
            for (var payload : EveryDriver.PAYLOADS) {
                assertThat(problems("sensors {\n" + ROOM + driver.entry(place, driver.withAllKeys(payload)) + "}"))
                        .as("%s with %s", driver, place)
                        .isEmpty();
            }
        }
    }

    /** No list knows of a key that no sensor takes, and no sensor takes one that is not in the list. */
    @Test
    void keysOfASensor_areAllThatStandInTheList() {
        var asked = new TreeSet<String>();
        for (var table : List.of("", "derived = [altitude]", "derived = [sea-level-pressure]")) {
            asked.addAll(accepted("sensors { s { type = bmp280, driver = own\n" + table + "\nzzzzzzzz = 1 } }"));
        }
        asked.addAll(accepted("sensors { s { type = thermal, zone = x, zzzzzzzz = 1 } }"));
        asked.removeAll(Set.of(
                "bus",
                "address",
                "mux",
                "driver",
                "oversampling",
                "filter",
                "temperature",
                "pressure",
                "altitude",
                "sea-level-pressure",
                "zone"));
        assertThat(asked).containsExactlyInAnyOrderElementsOf(MeasurementKeys.ALL);
    }

    private static List<String> accepted(String hocon) {
        return problems(hocon).stream()
                .filter(each -> each.contains("zzzzzzzz: unknown key; accepted here: "))
                .flatMap(each ->
                        Stream.of(each.replaceFirst(".*accepted here: ", "").split(", ")))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("outputs")
    void keyOfAnOutput_isTakenWithEveryType(String type) {
        for (var key : OF_OUTPUTS) {
            assertThat(problems(output(type, key))).as("%s of %s", key, type).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("outputs")
    void muxOfAnOutput_isRefusedWithTheWayOut(String type) {
        assertThat(problems(output(type, "mux { address = 0x70, channel = 1 }")))
                .singleElement()
                .asString()
                .contains(isOnABus(type) ? "i2c-mux-pca954x" : "unknown key");
    }

    private static boolean isOnABus(String type) {
        var settings = ConfigFile.parse("", new Problems());
        return ActuatorDrivers.installed()
                .find(type)
                .orElseThrow()
                .plan(settings)
                .chip()
                .isPresent();
    }

    @Test
    void keyOfAnInput_isTakenWithEveryType() {
        for (var type : InputConfig.TYPES) {
            for (var key : OF_INPUTS) {
                assertThat(problems("inputs { i { pin = 11, type = " + type + ", " + key + " } }"))
                        .as("%s of %s", key, type)
                        .isEmpty();
            }
        }
    }
}
