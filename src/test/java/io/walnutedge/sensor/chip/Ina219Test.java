package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.Sensor;
import io.walnutedge.simulate.chip.Ina219Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ina219Test {
    /** The example of SBOS448G, 8.5.1 and table 8: 2 mohm, 1 mA for each bit. */
    private static final String EXAMPLE = "shunt = 0.002, max-current = 32.768";

    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();

    private Sensor opened() throws Exception {
        registers.then("write 00 80 00").then("register 00 2 -> 39 9f").then("write 05 50 00");
        return bench.open("ina219", EXAMPLE, registers);
    }

    private FakeRegisters converted(String bus) {
        return registers
                .then("register 03 2 -> 00 00")
                .then("write 00 2c 43")
                .then("register 02 2 -> " + bus)
                .then("register 02 2 -> " + bus);
    }

    private FakeRegisters checked(String bus) {
        return converted(bus).then("register 00 2 -> 2c 43").then("register 05 2 -> 50 00");
    }

    @Test
    void read_publishedExample() throws Exception {
        var sensor = opened();
        checked("5d 9a").then("register 01 2 -> 07 d0").then("register 04 2 -> 27 10");
        var values = Bench.read(sensor);
        assertThat(values.get("voltage")).isCloseTo(11.98, within(1e-9));
        assertThat(values.get("shunt-voltage")).isCloseTo(0.02, within(1e-9));
        assertThat(values.get("current")).isCloseTo(10, within(1e-9));
        assertThat(values.get("power")).isCloseTo(119.8, within(1e-9));
        registers.assertPlayed();
    }

    @Test
    void read_backwardCurrentIsNegative() throws Exception {
        var sensor = opened();
        checked("5d 9a").then("register 01 2 -> f8 30").then("register 04 2 -> d8 f0");
        var values = Bench.read(sensor);
        assertThat(values.get("shunt-voltage")).isCloseTo(-0.02, within(1e-9));
        assertThat(values.get("current")).isCloseTo(-10, within(1e-9));
        assertThat(values.get("power")).isCloseTo(-119.8, within(1e-9));
    }

    /** SBOS448G, table 7: codes of the shunt voltage. */
    @ParameterizedTest
    @CsvSource({"1f 3f, 0.07999", "00 01, 0.00001", "00 00, 0", "ff ff, -0.00001", "f0 60, -0.04"})
    void read_shuntVoltages(String word, double volts) throws Exception {
        var sensor = opened();
        checked("5d 9a").then("register 01 2 -> " + word).then("register 04 2 -> 00 00");
        assertThat(Bench.read(sensor).get("shunt-voltage")).isCloseTo(volts, within(1e-9));
    }

    @Test
    void read_saturationOverflowAndAVoltageBeyond_takeWhatFollowsFromThem() throws Exception {
        var sensor = opened();
        checked("5d 9a").then("register 01 2 -> 1f 40").then("register 04 2 -> 7f ff");
        assertThat(Bench.absent(sensor))
                .contains("shunt-voltage none: ", "current none: ", "power none: ", "saturated at 0.08 V")
                .doesNotContain("\nvoltage");
        checked("5d 9a").then("register 01 2 -> e0 c0").then("register 04 2 -> 7f ff");
        assertThat(Bench.absent(sensor)).contains("saturated");
        checked("5d 9b").then("register 01 2 -> 07 d0").then("register 04 2 -> 00 00");
        assertThat(Bench.absent(sensor))
                .contains("current none: ", "power none: ", "beyond max-current")
                .doesNotContain("voltage");
        checked("fa 02").then("register 01 2 -> 07 d0").then("register 04 2 -> 00 00");
        assertThat(Bench.absent(sensor))
                .contains("voltage failed: ", "power failed: ", "voltage 32.00 V is beyond")
                .doesNotContain("current");
        registers.assertPlayed();
    }

    @Test
    void read_afterAPowerCutIsRefused() throws Exception {
        var sensor = opened();
        converted("5d 9a").then("register 00 2 -> 39 9f");
        assertThatThrownBy(sensor::read).hasMessageContaining("was its power interrupted");
        converted("5d 9a").then("register 00 2 -> 2c 43").then("register 05 2 -> 00 00");
        assertThatThrownBy(sensor::read).hasMessageContaining("its calibration is 0x0, not the 0x5000 written");
    }

    @Test
    void read_aConversionThatNeverEndsIsRefused() throws Exception {
        var sensor = opened();
        registers.then("register 03 2 -> 00 00").then("write 00 2c 43").then("register 02 2 -> 5d 98\n".repeat(3));
        assertThatThrownBy(sensor::read).hasMessageContaining("still converts");
    }

    @Test
    void open_anotherChipIsRefused() {
        registers.then("write 00 80 00").then("register 00 2 -> 41 27");
        assertThatThrownBy(() -> bench.open("ina219", "", registers)).hasMessageContaining("0x4127, not the 0x399f");
        assertThat(registers.closed()).isOne();
    }

    @Test
    void plan_refusesMoreThanTheChipMeasures() {
        assertThat(Bench.problems("ina219", "shunt = 0.1, max-current = 3.3")).hasSize(1);
        assertThat(Bench.problems("ina219", "shunt = 0")).hasSize(1);
        assertThat(Bench.problems("ina219", "average = 3")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"0.1, 3.2, 0.32, 1", "0.1, 1.6, 0.159, 8", "0.01, 2, 0.0199, 128", "0.1, 0.01, 0.001, 2"})
    void read_agreesWithTheModel(double ohms, double max, double volts, int average) throws Exception {
        var random = Bench.random();
        var model = new Ina219Model(bench);
        var hocon = String.format("shunt = %s, max-current = %s, average = %d", ohms, max, average);
        var sensor = bench.open("ina219", hocon, new ModelRegisters(model));
        for (var i = 0; i < 1000; i++) {
            var shunt = (2 * random.nextDouble() - 1) * (volts - 0.000_02);
            var bus = random.nextDouble() * 25.99;
            model.set("shunt-voltage", shunt);
            model.set("voltage", bus);
            var values = Bench.read(sensor);
            assertThat(values.get("shunt-voltage")).isCloseTo(shunt, within(0.000_005_001));
            assertThat(values.get("voltage")).isCloseTo(bus, within(0.002_001));
            var step = 0.000_005_001 / ohms + Math.max(max / 32_000, 0.04096 / 65_534 / ohms);
            assertThat(values.get("current")).isCloseTo(shunt / ohms, within(step));
            assertThat(values.get("power")).isCloseTo(bus * shunt / ohms, within(26 * step + 0.0021 * max));
        }
    }
}
