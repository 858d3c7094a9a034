package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.Sensor;
import io.walnutedge.simulate.chip.Tsl2591Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Tsl2591Test {
    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();

    private Sensor opened(String hocon) throws Exception {
        return bench.open("tsl2591", hocon, registers.then("register b2 1 -> 50"));
    }

    private FakeRegisters integrated(String control, String data) {
        registers.then("write a0 01").then("write a1 " + control).then("write a0 03");
        return registers.then("register b3 1 -> 11").then("register b4 4 -> " + data);
    }

    private void answers(String control, String data) {
        integrated(control, data).then("register a0 1 -> 03").then("register a1 1 -> " + control);
        registers.then("write a0 00");
    }

    /** (1000 - 200) * (1 - 0.2) / (milliseconds * gain / 408). */
    @ParameterizedTest
    @CsvSource({
        "low, 100, 00, 2611.2",
        "medium, 100, 10, 104.448",
        "medium, 300, 12, 34.816",
        "high, 200, 21, 3.050467",
        "max, 600, 35, 0.044067"
    })
    void read_formula(String gain, int millis, String control, double lux) throws Exception {
        var sensor = opened("gain = " + gain + ", integration-time = " + millis);
        answers(control, "e8 03 c8 00");
        var before = bench.getAsLong();
        assertThat(Bench.read(sensor).get("illuminance")).isCloseTo(lux, within(1e-6));
        assertThat(bench.getAsLong() - before).isEqualTo(millis * 1_080_000L);
        registers.assertPlayed();
    }

    /** Dark, a count of noise, nothing but infrared. */
    @ParameterizedTest
    @CsvSource({"00 00 00 00", "00 00 01 00", "e8 03 e8 03", "e8 03 00 10"})
    void read_noVisibleLightIsZero(String data) throws Exception {
        var sensor = opened("");
        answers("10", data);
        assertThat(Bench.read(sensor)).containsEntry("illuminance", 0.0);
    }

    @ParameterizedTest
    @CsvSource({"100, 10, ff 8f 00 00", "100, 10, 00 10 ff 8f", "200, 11, ff ff 00 00", "200, 11, 00 10 ff ff"})
    void read_saturationIsRefused(int millis, String control, String data) throws Exception {
        var sensor = opened("integration-time = " + millis);
        answers(control, data);
        assertThatThrownBy(sensor::read).hasMessageContaining("saturated");
    }

    @Test
    void read_beyondTheRangeIsRefused() throws Exception {
        var sensor = opened("gain = low");
        answers("00", "00 80 00 00");
        assertThatThrownBy(sensor::read).hasMessageContaining("beyond what the chip measures, 0 to 88000");
    }

    @Test
    void read_waitsUntilTheConversionIsOver() throws Exception {
        var sensor = opened("");
        var before = bench.getAsLong();
        registers.then("write a0 01").then("write a1 10").then("write a0 03").then("register b3 1 -> 10");
        registers
                .then("register b3 1 -> 11")
                .then("register b4 4 -> e8 03 c8 00")
                .then("register a0 1 -> 03");
        registers.then("register a1 1 -> 10").then("write a0 00");
        sensor.read();
        registers.assertPlayed();
        assertThat(bench.getAsLong() - before).isEqualTo(109_000_000);
    }

    @Test
    void read_afterAPowerCutIsRefused() throws Exception {
        var sensor = opened("");
        integrated("10", "00 00 00 00").then("register a0 1 -> 00");
        assertThatThrownBy(sensor::read).hasMessageContaining("was its power interrupted");
        integrated("10", "00 00 00 00").then("register a0 1 -> 03").then("register a1 1 -> 00");
        assertThatThrownBy(sensor::read).hasMessageContaining("its control register is 0x0, not the 0x10 written");
        registers.then("write a0 01").then("write a1 10").then("write a0 03").then("register b3 1 -> 00\n".repeat(109));
        assertThatThrownBy(sensor::read).hasMessageContaining("still converts");
    }

    @Test
    void open_anotherChipIsRefused() {
        registers.then("register b2 1 -> 00");
        assertThatThrownBy(() -> bench.open("tsl2591", "", registers)).hasMessageContaining("no TSL2591");
        assertThat(registers.closed()).isOne();
    }

    @ParameterizedTest
    @CsvSource({"gain = 25", "integration-time = 700"})
    void plan_refusesOptionsOutOfRange(String wrong) {
        assertThat(Bench.problems("tsl2591", wrong)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "low, 100, 1, 80000",
        "medium, 100, 25, 3000",
        "medium, 600, 25, 900",
        "high, 300, 428, 100",
        "max, 200, 9876, 7"
    })
    void read_agreesWithTheModel(String gain, int millis, int factor, double max) throws Exception {
        var random = Bench.random();
        var model = new Tsl2591Model(bench);
        var hocon = "gain = " + gain + ", integration-time = " + millis;
        var sensor = bench.open("tsl2591", hocon, new ModelRegisters(model));
        for (var i = 0; i < 1000; i++) {
            var lux = random.nextDouble() * max;
            model.set("illuminance", lux);
            // half a count of each channel
            assertThat(Bench.read(sensor).get("illuminance")).isCloseTo(lux, within(1.5 * 408 / (millis * factor)));
        }
    }
}
