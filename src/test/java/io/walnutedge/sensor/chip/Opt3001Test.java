package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.Sensor;
import io.walnutedge.simulate.chip.Opt3001Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Opt3001Test {
    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();

    private Sensor opened(String hocon) throws Exception {
        registers.then("register 7e 2 -> 54 49").then("register 7f 2 -> 30 01");
        return bench.open("opt3001", hocon, registers);
    }

    /** SBOS681, result register: the examples and the ends of the ranges. */
    @ParameterizedTest
    @CsvSource({
        "00 01, 0.01",
        "0f ff, 40.95",
        "34 56, 88.80",
        "78 9a, 2818.56",
        "88 00, 5242.88",
        "94 00, 5242.88",
        "b0 01, 20.48",
        "bf ff, 83865.60",
        "00 00, 0"
    })
    void read_publishedExamples(String word, double lux) throws Exception {
        var sensor = opened("");
        registers.then("write 01 ca 00").then("register 01 2 -> c8 80").then("register 00 2 -> " + word);
        assertThat(Bench.read(sensor).get("illuminance")).isCloseTo(lux, within(1e-6));
        registers.assertPlayed();
    }

    @Test
    void read_saturationAndAnImpossibleResultAreRefused() throws Exception {
        var sensor = opened("");
        registers.then("write 01 ca 00").then("register 01 2 -> c9 80");
        assertThatThrownBy(sensor::read).hasMessageContaining("saturated");
        registers.then("write 01 ca 00").then("register 01 2 -> c8 80").then("register 00 2 -> cf ff");
        assertThatThrownBy(sensor::read).hasMessageContaining("of no range");
    }

    @Test
    void read_waitsUntilTheConversionIsOver() throws Exception {
        var sensor = opened("conversion-time = 100");
        var before = bench.getAsLong();
        registers.then("write 01 c2 00").then("register 01 2 -> c2 00").then("register 01 2 -> c0 80");
        registers.then("register 00 2 -> 00 01");
        sensor.read();
        registers.assertPlayed();
        assertThat(bench.getAsLong() - before).isEqualTo(114_000_000);
    }

    @ParameterizedTest
    @CsvSource({"c8 10", "c8 90", "c0 80", "00 00", "ff ff"})
    void read_afterAPowerCutIsRefused(String configuration) throws Exception {
        var sensor = opened("");
        registers.then("write 01 ca 00").then("register 01 2 -> " + configuration);
        assertThatThrownBy(sensor::read).hasMessageContaining("was its power interrupted");
    }

    @ParameterizedTest
    @CsvSource({"54 49, 30 02", "00 00, 30 01"})
    void open_anotherChipIsRefused(String manufacturer, String id) {
        registers.then("register 7e 2 -> " + manufacturer).then("register 7f 2 -> " + id);
        assertThatThrownBy(() -> bench.open("opt3001", "", registers)).hasMessageContaining("no OPT3001");
        assertThat(registers.closed()).isOne();
    }

    @Test
    void read_theModelSaturates() throws Exception {
        var model = new Opt3001Model(bench);
        var sensor = bench.open("opt3001", "", new ModelRegisters(model));
        model.set("illuminance", 90_000);
        assertThatThrownBy(sensor::read).hasMessageContaining("saturated");
        model.set("illuminance", 80_000);
        assertThat(Bench.read(sensor).get("illuminance")).isCloseTo(80_000, within(10.25));
    }

    @ParameterizedTest
    @CsvSource({"100", "800"})
    void read_agreesWithTheModel(int millis) throws Exception {
        var random = Bench.random();
        var model = new Opt3001Model(bench);
        var sensor = bench.open("opt3001", "conversion-time = " + millis, new ModelRegisters(model));
        for (var i = 0; i < 1000; i++) {
            var lux = 0.01 * Math.pow(8_380_000, random.nextDouble());
            model.set("illuminance", lux);
            // half a step, which is at most 1/4095 of the value from the second range on
            assertThat(Bench.read(sensor).get("illuminance")).isCloseTo(lux, within(0.005_01 + lux / 4090));
        }
    }
}
