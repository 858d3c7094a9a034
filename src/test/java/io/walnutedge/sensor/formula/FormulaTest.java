package io.walnutedge.sensor.formula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problem;
import io.walnutedge.hocon.Problems;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Value;
import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormulaTest {
    private final Map<String, Hardware.Latest> known = new HashMap<>();

    private final Hardware hardware = new Hardware() {
        @Override
        public void pause(Duration duration) {
            throw new AssertionError("nothing to wait for");
        }

        @Override
        public Optional<Latest> latest(ItemId sensor, String quantity) {
            return Optional.ofNullable(known.get(sensor + "." + quantity));
        }
    };

    private void know(String input, double value, long seconds) {
        known.put(input, new Hardware.Latest(value, Duration.ofSeconds(seconds)));
    }

    private Sensor open(String hocon) throws Exception {
        var problems = new Problems();
        var settings = ConfigFile.parse(hocon, problems);
        var plan = new Formula().plan(settings);
        settings.finish();
        assertThat(problems.list()).isEmpty();
        return plan.opening().open(hardware);
    }

    private static double number(Sensor sensor) throws Exception {
        return ((Value.Numeric) sensor.read().get(0).value()).number();
    }

    private static List<String> problems(String hocon) {
        var problems = new Problems();
        var settings = ConfigFile.parse(hocon, problems);
        new Formula().plan(settings);
        settings.finish();
        return problems.list().stream().map(Problem::toString).toList();
    }

    @ParameterizedTest
    @CsvSource({"a - b, 15.5", "a * b, -90", "(a + b) / 2, 12.25", "'max(a, b) ^ 2', 400", "ln(e) + abs(b), 5.5"})
    void formula_isComputed(String formula, double expected) throws Exception {
        know("room.temperature", 20, 1);
        know("garden.temperature", formula.contains("*") || formula.contains("abs") ? -4.5 : 4.5, 1);
        var sensor = open("formula = \"" + formula + "\", inputs { a = room.temperature, b = garden.temperature }");
        assertThat(number(sensor)).isCloseTo(expected, within(1e-9));
    }

    @Test
    void dewPoint_canBeWritten() throws Exception {
        know("room.temperature", 20, 1);
        know("room.humidity", 50, 1);
        var sensor = open("""
            formula = "243.12 * (ln(h / 100) + 17.62 * t / (243.12 + t)) / (17.62 - (ln(h / 100) + 17.62 * t / (243.12 + t)))"
            inputs { t = room.temperature, h = room.humidity }
            """);
        assertThat(number(sensor)).isCloseTo(9.26, within(0.01));
    }

    @Test
    void input_missingOldOrBack() throws Exception {
        var sensor = open("formula = a, inputs { a = room.temperature }, max-age = 30 s");
        assertThatThrownBy(sensor::read).isInstanceOf(SensorException.class).hasMessageContaining("room.temperature");
        know("room.temperature", 21, 31);
        assertThatThrownBy(sensor::read).hasMessageContaining("31 s old");
        know("room.temperature", 21, 30);
        assertThat(number(sensor)).isEqualTo(21);
    }

    @ParameterizedTest
    @CsvSource({"1 / a", "ln(a)", "ln(a - 1)", "acos(a + 5)"})
    void noValue_isAFaultAndNoNumber(String formula) throws Exception {
        know("room.temperature", 0, 1);
        var sensor = open("formula = \"" + formula + "\", inputs { a = room.temperature }");
        assertThatThrownBy(sensor::read)
                .isInstanceOf(SensorException.class)
                .hasMessageContaining("no value for {a=0.0}");
    }

    @ParameterizedTest
    @CsvSource({"a +", "a b", "random()", "(a", "sin(a", "b * 2", "a..b", "max()"})
    void formula_thatIsNone_isAProblem(String formula) {
        assertThat(problems("formula = \"" + formula + "\", inputs { a = room.temperature }"))
                .singleElement()
                .asString()
                .contains("formula: cannot be computed");
    }

    @Test
    void inputs_areJudged() {
        assertThat(problems("formula = \"1 + 1\"")).singleElement().asString().contains("inputs");
        assertThat(problems("formula = a, inputs { a = temperature }"))
                .anySatisfy(problem -> assertThat(problem).contains("one like room.temperature"));
        assertThat(problems("formula = 3, inputs { \"1a\" = room.temperature }"))
                .anySatisfy(problem -> assertThat(problem).contains("a letter first"));
    }
}
