package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.Sensor;
import io.walnutedge.simulate.chip.Ina3221Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ina3221Test {
    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();

    private Sensor opened(String hocon) throws Exception {
        registers.then("register fe 2 -> 54 49").then("register ff 2 -> 32 20");
        return bench.open("ina3221", hocon, registers);
    }

    private FakeRegisters converted(String configuration) {
        return registers
                .then("write 00 " + configuration)
                .then("register 0f 2 -> 00 03")
                .then("register 00 2 -> " + configuration);
    }

    @Test
    void read_allChannels() throws Exception {
        var sensor = opened("shunts { ch2 = 0.05 }");
        converted("71 23").then("register 01 2 -> 0f a0").then("register 02 2 -> 13 e8");
        registers.then("register 03 2 -> f0 60").then("register 04 2 -> 2e e0");
        registers.then("register 05 2 -> 00 00").then("register 06 2 -> 00 00");
        var values = Bench.read(sensor);
        // 500 steps of 40 uV and 637 of 8 mV
        assertThat(values.get("ch1-shunt-voltage")).isCloseTo(0.02, within(1e-9));
        assertThat(values.get("ch1-voltage")).isCloseTo(5.096, within(1e-9));
        assertThat(values.get("ch1-current")).isCloseTo(0.2, within(1e-9));
        assertThat(values.get("ch1-power")).isCloseTo(1.0192, within(1e-9));
        assertThat(values.get("ch2-shunt-voltage")).isCloseTo(-0.02, within(1e-9));
        assertThat(values.get("ch2-voltage")).isCloseTo(12, within(1e-9));
        assertThat(values.get("ch2-current")).isCloseTo(-0.4, within(1e-9));
        assertThat(values.get("ch2-power")).isCloseTo(-4.8, within(1e-9));
        assertThat(values.get("ch3-power")).isZero();
        registers.assertPlayed();
    }

    /** SBOS576B, 8.6.2.2: 80 mV is 3E80, -80 mV is C180. */
    @ParameterizedTest
    @CsvSource({"3e 80, 0.08", "c1 80, -0.08", "00 08, 0.00004", "ff f8, -0.00004"})
    void read_shuntVoltages(String word, double volts) throws Exception {
        var sensor = opened("channels = [ch3]");
        converted("11 23").then("register 05 2 -> " + word).then("register 06 2 -> 13 e8");
        assertThat(Bench.read(sensor).get("ch3-shunt-voltage")).isCloseTo(volts, within(1e-9));
        registers.assertPlayed();
    }

    @Test
    void read_saturationAndAVoltageBeyond_takeWhatFollowsFromThem() throws Exception {
        var sensor = opened("channels = [ch1]");
        converted("41 23").then("register 01 2 -> 7f f8").then("register 02 2 -> 13 e8");
        assertThat(Bench.absent(sensor))
                .contains("ch1-shunt-voltage none", "ch1-current none", "ch1-power none", "ch1 is saturated");
        converted("41 23").then("register 01 2 -> 80 00").then("register 02 2 -> 13 e8");
        assertThat(Bench.absent(sensor))
                .contains("ch1-shunt-voltage none", "ch1-current none", "ch1-power none", "ch1 is saturated");
        converted("41 23").then("register 01 2 -> 00 08").then("register 02 2 -> 7f f8");
        assertThat(Bench.absent(sensor))
                .contains("ch1-voltage failed", "ch1-power failed", "ch1-voltage 32.76 V is beyond")
                .doesNotContain("current");
        registers.assertPlayed();
    }

    @Test
    void read_afterAPowerCutIsRefused() throws Exception {
        var sensor = opened("");
        registers.then("write 00 71 23").then("register 0f 2 -> 00 03").then("register 00 2 -> 71 27");
        assertThatThrownBy(sensor::read).hasMessageContaining("was its power interrupted");
    }

    @Test
    void read_aConversionThatNeverEndsIsRefused() throws Exception {
        var sensor = opened("channels = [ch1], conversion-time = 140");
        registers.then("write 00 40 03").then("register 0f 2 -> 00 02\n".repeat(2));
        assertThatThrownBy(sensor::read).hasMessageContaining("still converts");
    }

    @ParameterizedTest
    @CsvSource({"54 49, 22 60", "32 20, 54 49"})
    void open_anotherChipIsRefused(String manufacturer, String die) {
        registers.then("register fe 2 -> " + manufacturer).then("register ff 2 -> " + die);
        assertThatThrownBy(() -> bench.open("ina3221", "", registers)).hasMessageContaining("no INA3221");
        assertThat(registers.closed()).isOne();
    }

    @ParameterizedTest
    @CsvSource({"channels = []", "channels = [ch4]", "'channels = [ch1, ch1]'", "shunts { ch4 = 1 }", "shunt = 0"})
    void plan_refusesWrongSettings(String wrong) {
        assertThat(Bench.problems("ina3221", wrong)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"1, 1100", "4, 140", "1024, 588"})
    void read_agreesWithTheModel(int average, int micros) throws Exception {
        var random = Bench.random();
        var model = new Ina3221Model(bench);
        var hocon = String.format("average = %d, conversion-time = %d", average, micros);
        var sensor = bench.open("ina3221", hocon, new ModelRegisters(model));
        for (var i = 0; i < 1000; i++) {
            var channel = "ch" + (1 + i % 3);
            var shunt = (2 * random.nextDouble() - 1) * 0.16374;
            var bus = random.nextDouble() * 25.99;
            model.set(channel + "-shunt-voltage", shunt);
            model.set(channel + "-voltage", bus);
            var values = Bench.read(sensor);
            assertThat(values.get(channel + "-shunt-voltage")).isCloseTo(shunt, within(0.000_020_01));
            assertThat(values.get(channel + "-voltage")).isCloseTo(bus, within(0.004_001));
            assertThat(values.get(channel + "-current")).isCloseTo(shunt / 0.1, within(0.000_2001));
            assertThat(values.get(channel + "-power")).isCloseTo(bus * shunt / 0.1, within(0.012));
        }
    }
}
