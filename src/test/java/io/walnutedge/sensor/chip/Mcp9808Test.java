package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.Sensor;
import io.walnutedge.simulate.chip.Mcp9808Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Mcp9808Test {
    private static final String IDS = """
        register 06 2 -> 00 54
        register 07 2 -> 04 00
        """;

    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();

    private Sensor opened() throws Exception {
        return bench.open("mcp9808", "", registers.then(IDS + "write 08 03\nwrite 01 02 00"));
    }

    private void answer(String word) {
        registers
                .then("register 05 2 -> " + word)
                .then("register 01 2 -> 02 00")
                .then("register 08 1 -> 03");
    }

    /** DS25095A, 5.1.3: two's complement under three flags, which do not count. */
    @ParameterizedTest
    @CsvSource({
        "c1 90, 25",
        "c1 94, 25.25",
        "01 94, 25.25",
        "00 00, 0",
        "3f ff, -0.0625",
        "1e 70, -25",
        "1d 80, -40",
        "c7 d0, 125"
    })
    void read_flagsAndSign(String word, double celsius) throws Exception {
        var sensor = opened();
        answer(word);
        assertThat(Bench.read(sensor)).containsEntry("temperature", celsius);
        registers.assertPlayed();
    }

    @Test
    void open_waitsForTheFirstConversion() throws Exception {
        var before = bench.getAsLong();
        opened();
        assertThat(bench.getAsLong() - before).isEqualTo(500_000_000);
    }

    @Test
    void read_beyondTheRangeIsRefused() throws Exception {
        var sensor = opened();
        answer("0f ff");
        assertThatThrownBy(sensor::read).hasMessageContaining("255.94 °C is beyond");
    }

    @Test
    void read_afterAPowerCutIsRefused() throws Exception {
        var sensor = opened();
        registers.then("register 05 2 -> 00 00").then("register 01 2 -> 00 00");
        assertThatThrownBy(sensor::read).hasMessageContaining("was its power interrupted");
    }

    @Test
    void open_anotherChipIsRefused() {
        assertThatThrownBy(() -> bench.open("mcp9808", "", registers.then(IDS.replace("04 00", "02 01"))))
                .hasMessageContaining("its ids are 0x0054 and 0x02");
    }

    @Test
    void resolution_isOneOfFour() {
        assertThat(Bench.problems("mcp9808", "resolution = 0.3"))
                .singleElement()
                .asString()
                .contains("none of");
    }

    @ParameterizedTest
    @CsvSource({"0.5", "0.25", "0.125", "0.0625"})
    void read_agreesWithTheModel(double step) throws Exception {
        var random = Bench.random();
        var model = new Mcp9808Model(bench);
        var sensor = bench.open("mcp9808", "resolution = " + step, new ModelRegisters(model));
        for (var i = 0; i < 1000; i++) {
            var celsius = -39.5 + random.nextDouble() * 164;
            model.set("temperature", celsius);
            bench.pause(java.time.Duration.ofMillis(251));
            assertThat(Bench.read(sensor).get("temperature")).isCloseTo(celsius, within(step / 2 + 1e-9));
        }
    }
}
