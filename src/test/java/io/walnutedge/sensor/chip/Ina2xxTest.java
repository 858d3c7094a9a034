package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.Sensor;
import io.walnutedge.simulate.chip.Ina2xxModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** INA219 and INA226. */
class Ina2xxTest {
    /** 1 mA for each step. */
    private static final String LOAD = "shunt = 0.002, max-current = 32.768";

    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();

    private Sensor opened219() throws Exception {
        return bench.open("ina219", LOAD, registers.then("write 00 80 00").then("register 00 2 -> 39 9f"));
    }

    private Sensor opened226() throws Exception {
        return bench.open(
                "ina226", LOAD, registers.then("register fe 2 -> 54 49").then("register ff 2 -> 22 60"));
    }

    /** SBOS448G, 8.5.4, table 8: 20 mV, 11.98 V, 10 A, 119.8 W. */
    @Test
    void ina219_publishedExample() throws Exception {
        var sensor = opened219();
        registers.then("""
                write 05 50 00
                write 00 2c 43
                register 02 2 -> 5d 9a
                register 02 2 -> 5d 9a
                register 02 2 -> 5d 9a
                register 01 2 -> 07 d0
                register 04 2 -> 27 10
                register 03 2 -> 17 66
                register 05 2 -> 50 00
                register 00 2 -> 2c 43
                """);
        assertExample(Bench.read(sensor));
    }

    /** SBOS547A, 7.5.4, table 1: the same. */
    @Test
    void ina226_publishedExample() throws Exception {
        var sensor = opened226();
        registers.then("""
                write 05 0a 00
                write 00 41 23
                register 06 2 -> 00 08
                register 02 2 -> 25 70
                register 01 2 -> 1f 40
                register 04 2 -> 27 10
                register 03 2 -> 12 b8
                register 05 2 -> 0a 00
                register 00 2 -> 41 23
                """);
        assertExample(Bench.read(sensor));
    }

    private void assertExample(java.util.Map<String, Double> values) {
        registers.assertPlayed();
        assertThat(values.get("shunt-voltage")).isCloseTo(20, within(1e-9));
        assertThat(values.get("voltage")).isCloseTo(11.98, within(1e-9));
        assertThat(values.get("current")).isCloseTo(10, within(1e-9));
        assertThat(values.get("power")).isCloseTo(119.8, within(1e-9));
    }

    @Test
    void ina219_overflowAndLostCalibrationAreRefused() throws Exception {
        var sensor = opened219();
        registers
                .then("write 05 50 00")
                .then("write 00 2c 43")
                .then("register 02 2 -> 5d 9b")
                .then("register 02 2 -> 5d 9b");
        assertThatThrownBy(sensor::read).hasMessageContaining("above max-current");
        registers.then("""
                write 05 50 00
                write 00 2c 43
                register 02 2 -> 5d 9a
                register 02 2 -> 5d 9a
                register 02 2 -> 5d 9a
                register 01 2 -> 07 d0
                register 04 2 -> 00 00
                register 03 2 -> 00 00
                register 05 2 -> 00 00
                """);
        assertThatThrownBy(sensor::read).hasMessageContaining("its calibration is 0x0");
    }

    @Test
    void ina226_overflowIsRefused() throws Exception {
        var sensor = opened226();
        registers.then("write 05 0a 00").then("write 00 41 23").then("register 06 2 -> 00 0c");
        assertThatThrownBy(sensor::read).hasMessageContaining("above max-current");
    }

    @Test
    void open_anotherChipIsRefused() {
        assertThatThrownBy(() -> bench.open(
                        "ina219", "", registers.then("write 00 80 00").then("register 00 2 -> 41 27")))
                .hasMessageContaining("0x4127");
        assertThatThrownBy(() -> bench.open(
                        "ina226", "", registers.then("register fe 2 -> 54 49").then("register ff 2 -> 32 20")))
                .hasMessageContaining("0x322");
    }

    @ParameterizedTest
    @CsvSource({
        "ina219, 'shunt = 1, max-current = 1', gives 1.000 V",
        "ina219, 'shunt = 0.0001, max-current = 0.1', calibration would overflow",
        "ina226, 'shunt = 0.1, max-current = 1', gives 0.100 V",
        "ina226, 'shunt = 0.0001, max-current = 1', calibration would overflow",
        "ina219, average = 3, average"
    })
    void load_thatDoesNotFitIsAProblem(String driver, String hocon, String part) {
        assertThat(Bench.problems(driver, hocon)).singleElement().asString().contains(part);
    }

    @ParameterizedTest
    @CsvSource({"ina219, 0.1, 3.2, 31.9", "ina219, 0.01, 10, 15", "ina226, 0.1, 0.8, 35.9", "ina226, 0.002, 40, 20"})
    void read_agreesWithTheModel(String driver, double shunt, double most, double volts) throws Exception {
        var random = Bench.random();
        var model = new Ina2xxModel(bench, driver.equals("ina226"), shunt);
        var sensor = bench.open(
                driver, "average = 4, shunt = " + shunt + ", max-current = " + most, new ModelRegisters(model));
        var is226 = driver.equals("ina226");
        for (var i = 0; i < 1000; i++) {
            var bus = random.nextDouble() * volts;
            var current = (random.nextDouble() - 0.5) * 1.98 * most;
            model.set("voltage", bus);
            model.set("current", current);
            var values = Bench.read(sensor);
            var amperes = (is226 ? 2.5e-6 : 10e-6) / shunt;
            assertThat(values.get("voltage")).isCloseTo(bus, within(is226 ? 0.000626 : 0.002001));
            assertThat(values.get("shunt-voltage"))
                    .isCloseTo(current * shunt * 1000, within(is226 ? 0.00126 : 0.00501));
            // half a step of the shunt, two of the current's own, and the calibration that was cut to a whole number
            var step = most / 32_768;
            assertThat(values.get("current"))
                    .isCloseTo(current, within(amperes / 2 + 2 * step + Math.abs(current) * 0.002));
            assertThat(values.get("power"))
                    .isCloseTo(Math.abs(bus * current), within(0.003 * volts * most + 30 * step));
        }
    }

    @Test
    void saturation_isRefused() throws Exception {
        var model = new Ina2xxModel(bench, false, 0.1);
        var sensor = bench.open("ina219", "max-current = 3.2", new ModelRegisters(model));
        model.set("current", 3.3);
        assertThatThrownBy(sensor::read).hasMessageMatching(".*(saturated|max-current).*");
        model.set("current", 1);
        model.set("voltage", 40);
        assertThatThrownBy(sensor::read).hasMessageContaining("the bus is saturated at 32.000 V");
    }
}
