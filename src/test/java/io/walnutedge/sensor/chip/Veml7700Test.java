package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.Sensor;
import io.walnutedge.simulate.chip.Veml7700Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Veml7700Test {
    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();

    private Sensor opened(String hocon) throws Exception {
        return bench.open("veml7700", hocon, registers.then("register 07 2 -> 81 c4"));
    }

    private void converted(String count) {
        registers.then("write 00 11 10").then("write 00 10 10").then("register 00 2 -> 10 10");
        registers.then("register 04 2 -> " + count).then("write 00 11 10");
    }

    /** Application note 84323, table of resolution: lux for each count, and the most. */
    @ParameterizedTest
    @CsvSource({
        "2, 800, 0.0042, 275",
        "2, 100, 0.0336, 2202",
        "1, 800, 0.0084, 550",
        "1, 100, 0.0672, 4404",
        "0.25, 100, 0.2688, 17616",
        "0.25, 25, 1.0752, 70463",
        "0.125, 200, 0.2688, 17616",
        "0.125, 50, 1.0752, 70463",
        "0.125, 25, 2.1504, 140926"
    })
    void read_publishedResolutions(double gain, int millis, double step, int most) throws Exception {
        var model = new Veml7700Model(bench);
        var hocon = "gain = " + gain + ", integration-time = " + millis;
        var sensor = bench.open("veml7700", hocon, new ModelRegisters(model));
        model.set("illuminance", step);
        assertThat(Bench.read(sensor).get("illuminance")).isCloseTo(step, within(1e-9));
        model.set("illuminance", most * 0.9999);
        assertThat(Bench.read(sensor).get("illuminance")).isCloseTo(most * 0.9999, within(step));
        model.set("illuminance", most * 1.001);
        assertThatThrownBy(sensor::read).hasMessageContaining("saturated");
    }

    @ParameterizedTest
    @CsvSource({"00 00, 0", "01 00, 0.5376", "64 00, 53.76", "fe ff, 35231.0784"})
    void read_lowerByteFirst(String count, double lux) throws Exception {
        var sensor = opened("");
        converted(count);
        var before = bench.getAsLong();
        assertThat(Bench.read(sensor).get("illuminance")).isCloseTo(lux, within(1e-6));
        assertThat(bench.getAsLong() - before).isEqualTo(203_000_000);
        registers.assertPlayed();
    }

    /** The polynomial of application note 84323, calculated by another program. */
    @ParameterizedTest
    @CsvSource({"00 00, 0", "64 00, 54.117705223", "44 07, 1074.924021964", "b0 36, 10084.968320259"})
    void read_corrected(String count, double lux) throws Exception {
        var sensor = opened("correction = true");
        converted(count);
        assertThat(Bench.read(sensor).get("illuminance")).isCloseTo(lux, within(1e-6));
    }

    @Test
    void read_saturationAndACorrectionBeyondTheChipAreRefused() throws Exception {
        var sensor = opened("correction = true");
        converted("ff ff");
        assertThatThrownBy(sensor::read).hasMessageContaining("saturated");
        converted("fe ff");
        assertThatThrownBy(sensor::read).hasMessageContaining("beyond");
    }

    @ParameterizedTest
    @CsvSource({"01 00", "00 00", "ff ff"})
    void read_afterAPowerCutIsRefused(String configuration) throws Exception {
        var sensor = opened("gain = 1");
        registers.then("write 00 11 00").then("write 00 10 00").then("register 00 2 -> " + configuration);
        assertThatThrownBy(sensor::read).hasMessageContaining("was its power interrupted");
    }

    @Test
    void open_anotherChipIsRefused() {
        registers.then("register 07 2 -> 00 c4");
        assertThatThrownBy(() -> bench.open("veml7700", "", registers)).hasMessageContaining("no VEML7700");
        assertThat(registers.closed()).isOne();
    }

    @ParameterizedTest
    @CsvSource({"gain = 0.5", "gain = 4", "integration-time = 30"})
    void plan_refusesOptionsOutOfRange(String wrong) {
        assertThat(Bench.problems("veml7700", wrong)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"2, 800, 275, 0.0042", "1, 100, 4404, 0.0672", "0.25, 50, 35231, 0.5376", "0.125, 25, 140926, 2.1504"})
    void read_agreesWithTheModel(double gain, int millis, double most, double step) throws Exception {
        var random = Bench.random();
        var model = new Veml7700Model(bench);
        var hocon = "gain = " + gain + ", integration-time = " + millis;
        var sensor = bench.open("veml7700", hocon, new ModelRegisters(model));
        for (var i = 0; i < 1000; i++) {
            var lux = random.nextDouble() * most * 0.9999;
            model.set("illuminance", lux);
            assertThat(Bench.read(sensor).get("illuminance")).isCloseTo(lux, within(step / 2 + 1e-9));
        }
    }
}
