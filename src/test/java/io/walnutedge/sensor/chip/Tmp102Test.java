package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.Sensor;
import io.walnutedge.simulate.chip.Tmp102Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Tmp102Test {
    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();

    private Sensor opened(String hocon) throws Exception {
        return bench.open("tmp102", hocon, registers.then("register 01 2 -> 60 a0"));
    }

    /** SBOS397, table 8. */
    @ParameterizedTest
    @CsvSource({
        "64 00, 100",
        "32 00, 50",
        "19 00, 25",
        "00 40, 0.25",
        "00 00, 0",
        "ff c0, -0.25",
        "e7 00, -25",
        "c9 00, -55"
    })
    void read_publishedTable(String word, double celsius) throws Exception {
        var sensor = opened("");
        registers.then("write 01 e1 80").then("register 01 2 -> e1 a0").then("register 00 2 -> " + word);
        assertThat(Bench.read(sensor)).containsEntry("temperature", celsius);
        registers.assertPlayed();
    }

    /** SBOS397, table 9: 13 bits, with the lowest bit set. */
    @ParameterizedTest
    @CsvSource({"4b 01, 150", "40 01, 128", "3f f9, 127.9375", "0c 81, 25", "ff e1, -0.25", "e4 81, -55"})
    void read_extendedTable(String word, double celsius) throws Exception {
        var sensor = opened("extended = true");
        registers.then("write 01 e1 90").then("register 01 2 -> e1 b0").then("register 00 2 -> " + word);
        assertThat(Bench.read(sensor)).containsEntry("temperature", celsius);
    }

    @Test
    void read_saturationAndWrongFormatAreRefused() throws Exception {
        var sensor = opened("");
        registers.then("write 01 e1 80").then("register 01 2 -> e1 a0").then("register 00 2 -> 7f f0");
        assertThatThrownBy(sensor::read).hasMessageContaining("saturated at 127.9375");
        registers.then("write 01 e1 80").then("register 01 2 -> e1 a0").then("register 00 2 -> 0c 81");
        assertThatThrownBy(sensor::read).hasMessageContaining("wrong format");
        registers.then("write 01 e1 80").then("register 01 2 -> e1 a0").then("register 00 2 -> c8 f0");
        assertThatThrownBy(sensor::read).hasMessageContaining("beyond");
    }

    @Test
    void read_waitsUntilTheConversionIsOver() throws Exception {
        var sensor = opened("");
        var before = bench.getAsLong();
        registers.then("write 01 e1 80").then("register 01 2 -> 61 a0").then("register 01 2 -> e1 a0");
        registers.then("register 00 2 -> 19 00");
        sensor.read();
        registers.assertPlayed();
        assertThat(bench.getAsLong() - before).isEqualTo(36_000_000);
    }

    @Test
    void read_afterAPowerCutIsRefused() throws Exception {
        var sensor = opened("");
        registers.then("write 01 e1 80").then("register 01 2 -> 60 a0");
        assertThatThrownBy(sensor::read).hasMessageContaining("was its power interrupted");
    }

    @ParameterizedTest
    @CsvSource({"false, 127.9", "true, 149.9"})
    void read_agreesWithTheModel(boolean isExtended, double max) throws Exception {
        var random = Bench.random();
        var model = new Tmp102Model(bench);
        var sensor = bench.open("tmp102", "extended = " + isExtended, new ModelRegisters(model));
        for (var i = 0; i < 1000; i++) {
            var celsius = -54.9 + random.nextDouble() * (max + 54.9);
            model.set("temperature", celsius);
            assertThat(Bench.read(sensor).get("temperature")).isCloseTo(celsius, within(0.03126));
        }
    }
}
