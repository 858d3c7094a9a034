package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.Sensor;
import io.walnutedge.simulate.chip.Tmp117Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Tmp117Test {
    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();

    private Sensor opened(String hocon) throws Exception {
        return bench.open("tmp117", hocon, registers.then("register 0f 2 -> 11 17"));
    }

    private void answer(String word) {
        registers.then("write 01 0c 20").then("register 01 2 -> 24 20").then("register 00 2 -> " + word);
    }

    /** SNOSD82, table 7-1. */
    @ParameterizedTest
    @CsvSource({
        "0c 80, 25",
        "f3 80, -25",
        "ff ff, -0.0078125",
        "00 01, 0.0078125",
        "00 00, 0",
        "32 00, 100",
        "e4 80, -55",
        "4b 00, 150"
    })
    void read_publishedTable(String word, double celsius) throws Exception {
        var sensor = opened("");
        answer(word);
        assertThat(Bench.read(sensor)).containsEntry("temperature", celsius);
        registers.assertPlayed();
    }

    @Test
    void read_beforeTheFirstConversionAndBeyondTheRangeIsRefused() throws Exception {
        var sensor = opened("");
        answer("80 00");
        assertThatThrownBy(sensor::read).hasMessageContaining("did not convert");
        answer("7f ff");
        assertThatThrownBy(sensor::read).hasMessageContaining("beyond");
    }

    @Test
    void read_waitsForTheFlag() throws Exception {
        var sensor = opened("average = 1");
        var before = bench.getAsLong();
        registers.then("write 01 0c 00").then("register 01 2 -> 0c 00").then("register 01 2 -> 24 00");
        registers.then("register 00 2 -> 0c 80");
        sensor.read();
        registers.assertPlayed();
        assertThat(bench.getAsLong() - before).isEqualTo(18_500_000);
    }

    @Test
    void read_afterAPowerCutIsRefused() throws Exception {
        var sensor = opened("");
        registers.then("write 01 0c 20").then("register 01 2 -> 22 20");
        assertThatThrownBy(sensor::read).hasMessageContaining("was its power interrupted");
    }

    @Test
    void open_anotherChipIsRefused() {
        assertThatThrownBy(() -> bench.open("tmp117", "", registers.then("register 0f 2 -> 0c 80")))
                .hasMessageContaining("its id is 0xc80");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 32, 64})
    void read_agreesWithTheModel(int average) throws Exception {
        var random = Bench.random();
        var model = new Tmp117Model(bench);
        var sensor = bench.open("tmp117", "average = " + average, new ModelRegisters(model));
        for (var i = 0; i < 1000; i++) {
            var celsius = -55 + random.nextDouble() * 205;
            model.set("temperature", celsius);
            assertThat(Bench.read(sensor).get("temperature")).isCloseTo(celsius, within(0.003907));
        }
    }
}
