package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.Sensor;
import io.walnutedge.simulate.chip.Tcs34725Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Tcs34725Test {
    private static final String START = """
        write 80 00
        write 81 c0
        write 8f 01
        write 80 01
        write 80 03
        register 93 1 -> 01
        """;
    private static final String SETTINGS = """
        register 80 1 -> 03
        register 81 1 -> c0
        register 8f 1 -> 01
        """;

    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();

    private Sensor opened(String hocon) throws Exception {
        return bench.open("tcs34725", hocon, registers.then("register 92 1 -> 44"));
    }

    private void reading(String data) {
        registers.then(START).then("register b4 8 -> " + data).then(SETTINGS).then("write 80 00");
    }

    /** Clear 3000, red, green and blue 1100 each: infrared 150, 950 each; DN40: 0.692 * 950 * 310 / (153.6 * 4). */
    @Test
    void read_isOneTransferAndTheFormulaOfDn40() throws Exception {
        var sensor = opened("");
        var before = bench.getAsLong();
        reading("b8 0b 4c 04 4c 04 4c 04");
        var values = Bench.read(sensor);
        registers.assertPlayed();
        assertThat(values.get("illuminance")).isCloseTo(0.692 * 950 * 310 / 614.4, within(1e-9));
        assertThat(values.get("clear")).isCloseTo(3000 * 100.0 / 65_535, within(1e-9));
        assertThat(values.get("blue")).isCloseTo(1100 * 100.0 / 65_535, within(1e-9));
        assertThat(bench.getAsLong() - before).isEqualTo(3_000_000 + 65 * 2_740_000);
    }

    @Test
    void read_darknessIsZero_alsoWithNoise() throws Exception {
        var sensor = opened("");
        reading("00 00 00 00 00 00 00 00");
        assertThat(Bench.read(sensor)).containsEntry("illuminance", 0.0).containsEntry("clear", 0.0);
        reading("03 00 00 00 00 00 04 00");
        assertThat(Bench.read(sensor)).containsEntry("illuminance", 0.0);
    }

    @ParameterizedTest
    @CsvSource({
        "ff ff 00 10 00 10 00 10, clear is saturated; reduce gain or cycles",
        "00 10 ff ff 00 10 00 10, red is saturated",
        "e8 03 00 00 00 00 e8 03, light of such a colour"
    })
    void read_aColourAtItsEnd_takesTheIlluminanceWithIt(String data, String message) throws Exception {
        var sensor = opened("");
        reading(data);
        assertThat(Bench.absent(sensor)).contains("illuminance none: ", message);
        registers.assertPlayed();
    }

    /** Below 150 ms three quarters of the counts are to be had: of 2 cycles 1536. */
    @Test
    void read_aShortIntegrationSaturatesEarlier() throws Exception {
        var sensor = opened("cycles = 2, gain = 60, glass = 2");
        var start = START.replace("81 c0", "81 fe").replace("8f 01", "8f 03");
        var settings = SETTINGS.replace("-> c0", "-> fe").replace("8f 1 -> 01", "8f 1 -> 03");
        registers
                .then(start)
                .then("register b4 8 -> 00 06 00 02 00 02 00 02")
                .then(settings)
                .then("write 80 00");
        assertThat(Bench.absent(sensor))
                .contains("illuminance none: ", "clear none: ")
                .doesNotContain("red none");
        registers
                .then(start)
                .then("register b4 8 -> ff 05 ff 01 00 02 00 02")
                .then(settings)
                .then("write 80 00");
        var lux = (0.136 * 511 + 512 - 0.444 * 512) * 2 * 310 / (2 * 2.4 * 60);
        assertThat(Bench.read(sensor).get("illuminance")).isCloseTo(lux, within(1e-9));
        registers.assertPlayed();
        assertThat(Bench.problems("tcs34725", "cycles = 257, gain = 2, glass = 0"))
                .hasSize(3);
    }

    @Test
    void open_anotherIdIsRefused() {
        assertThatThrownBy(() -> bench.open("tcs34725", "", registers.then("register 92 1 -> 50")))
                .hasMessageContaining("its id is 0x50");
        assertThat(registers.closed()).isOne();
    }

    @Test
    void read_afterAPowerCutIsRefused() throws Exception {
        var sensor = opened("");
        registers.then(START).then("register b4 8 -> 00 00 00 00 00 00 00 00").then("register 80 1 -> 00");
        assertThatThrownBy(sensor::read).hasMessageContaining("was its power interrupted");
    }

    @ParameterizedTest
    @CsvSource({"1, 256, 5000", "4, 64, 7000", "16, 20, 1200", "60, 10, 300"})
    void read_agreesWithTheModel(int gain, int cycles, double max) throws Exception {
        var random = Bench.random();
        var model = new Tcs34725Model(bench);
        var sensor = bench.open("tcs34725", "gain = " + gain + ", cycles = " + cycles, new ModelRegisters(model));
        for (var i = 0; i < 1000; i++) {
            var lux = random.nextDouble() * max;
            model.set("illuminance", lux);
            model.set("infrared", random.nextDouble() / 4);
            // half a count of each channel
            var tolerance = 1.5 * 310 / (cycles * 2.4 * gain);
            assertThat(Bench.read(sensor).get("illuminance")).isCloseTo(lux, within(tolerance));
        }
    }
}
