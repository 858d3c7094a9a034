package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.Sensor;
import io.walnutedge.simulate.chip.Ina226Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ina226Test {
    /** The example of SBOS547A, 7.5.1 and table 1: 2 mohm, 1 mA for each bit. */
    private static final String EXAMPLE = "shunt = 0.002, max-current = 32.768";

    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();

    private Sensor opened() throws Exception {
        registers.then("register fe 2 -> 54 49").then("register ff 2 -> 22 60");
        registers.then("write 00 80 00").then("write 05 0a 00");
        return bench.open("ina226", EXAMPLE, registers);
    }

    private FakeRegisters converted() {
        return registers.then("write 00 41 23").then("register 06 2 -> 00 08");
    }

    private FakeRegisters checked() {
        return converted().then("register 00 2 -> 41 23").then("register 05 2 -> 0a 00");
    }

    @ParameterizedTest
    @CsvSource({"1f 40, 27 10, 1", "e0 c0, d8 f0, -1"})
    void read_publishedExample(String shunt, String current, int sign) throws Exception {
        var sensor = opened();
        checked()
                .then("register 02 2 -> 25 70")
                .then("register 01 2 -> " + shunt)
                .then("register 04 2 -> " + current);
        var values = Bench.read(sensor);
        assertThat(values.get("voltage")).isCloseTo(11.98, within(1e-9));
        assertThat(values.get("shunt-voltage")).isCloseTo(sign * 0.02, within(1e-9));
        assertThat(values.get("current")).isCloseTo(sign * 10, within(1e-9));
        assertThat(values.get("power")).isCloseTo(sign * 119.8, within(1e-9));
        registers.assertPlayed();
    }

    @ParameterizedTest
    @CsvSource({"7f ff", "80 00"})
    void read_saturation_takesWhatFollowsFromIt(String word) throws Exception {
        var sensor = opened();
        checked()
                .then("register 02 2 -> 25 70")
                .then("register 01 2 -> " + word)
                .then("register 04 2 -> 7f ff");
        assertThat(Bench.absent(sensor))
                .contains("shunt-voltage none: ", "current none: ", "power none: ", "saturated");
    }

    @Test
    void read_overflowAndAVoltageBeyond_takeWhatFollowsFromThem() throws Exception {
        var sensor = opened();
        registers.then("write 00 41 23").then("register 06 2 -> 00 0c").then("register 00 2 -> 41 23");
        registers.then("register 05 2 -> 0a 00").then("register 02 2 -> 25 70");
        registers.then("register 01 2 -> 1f 40").then("register 04 2 -> 00 00");
        assertThat(Bench.absent(sensor))
                .contains("current none: ", "power none: ", "beyond max-current")
                .doesNotContain("voltage");
        checked().then("register 02 2 -> 7f ff").then("register 01 2 -> 1f 40").then("register 04 2 -> 27 10");
        assertThat(Bench.absent(sensor))
                .contains("voltage failed: ", "power failed: ", "voltage 40.96 V is beyond")
                .doesNotContain("current");
    }

    @Test
    void read_waitsUntilTheConversionIsOver() throws Exception {
        var sensor = opened();
        var before = bench.getAsLong();
        registers.then("write 00 41 23").then("register 06 2 -> 00 00").then("register 06 2 -> 00 08");
        registers.then("register 00 2 -> 41 23").then("register 05 2 -> 0a 00").then("register 02 2 -> 25 70");
        registers.then("register 01 2 -> 1f 40").then("register 04 2 -> 27 10");
        sensor.read();
        assertThat(bench.getAsLong() - before).isEqualTo(3_420_000);
    }

    @Test
    void read_afterAPowerCutIsRefused() throws Exception {
        var sensor = opened();
        converted().then("register 00 2 -> 41 27");
        assertThatThrownBy(sensor::read).hasMessageContaining("was its power interrupted");
        converted().then("register 00 2 -> 41 23").then("register 05 2 -> 00 00");
        assertThatThrownBy(sensor::read).hasMessageContaining("its calibration is 0x0, not the 0xa00 written");
    }

    @ParameterizedTest
    @CsvSource({"54 49, 32 20", "00 00, 22 60"})
    void open_anotherChipIsRefused(String manufacturer, String die) {
        registers.then("register fe 2 -> " + manufacturer).then("register ff 2 -> " + die);
        assertThatThrownBy(() -> bench.open("ina226", "", registers)).hasMessageContaining("no INA226");
        assertThat(registers.closed()).isOne();
    }

    @ParameterizedTest
    @CsvSource({"0.1, 0.8192, 1, 1100", "0.01, 8.192, 4, 140", "0.002, 20, 16, 8244", "0.1, 0.01, 1024, 588"})
    void read_agreesWithTheModel(double ohms, double max, int average, int micros) throws Exception {
        var random = Bench.random();
        var model = new Ina226Model(bench);
        var hocon = String.format(
                "shunt = %s, max-current = %s, average = %d, conversion-time = %d", ohms, max, average, micros);
        var sensor = bench.open("ina226", hocon, new ModelRegisters(model));
        for (var i = 0; i < 1000; i++) {
            var shunt = (2 * random.nextDouble() - 1) * (max * ohms * 0.9999 - 0.000_002_5);
            var bus = random.nextDouble() * 35.99;
            model.set("shunt-voltage", shunt);
            model.set("voltage", bus);
            var values = Bench.read(sensor);
            assertThat(values.get("shunt-voltage")).isCloseTo(shunt, within(0.000_001_2501));
            assertThat(values.get("voltage")).isCloseTo(bus, within(0.000_626));
            var step = 0.000_001_2501 / ohms + Math.max(max / 32_000, 0.00512 / 32_767 / ohms);
            assertThat(values.get("current")).isCloseTo(shunt / ohms, within(step));
            assertThat(values.get("power")).isCloseTo(bus * shunt / ohms, within(36 * step + 0.0007 * max));
        }
    }
}
