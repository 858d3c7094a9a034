package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.Sensor;
import io.walnutedge.simulate.chip.Lps25hModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Lps25hTest {
    private static final String START = """
        write 20 00
        write 10 0a
        write 20 84
        write 21 01
        """;
    private static final String OVER = "register a0 2 -> 84 00\nregister 27 1 -> 03\n";

    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();

    private Sensor opened(String hocon) throws Exception {
        return bench.open("lps25h", hocon, registers.then("register 0f 1 -> bd"));
    }

    @Test
    void read_publishedExample() throws Exception {
        var sensor = opened("");
        registers.then(START).then(OVER).then("register a8 5 -> 8d f5 3f 00 00\nregister 10 1 -> 0a");
        var before = bench.getAsLong();
        var values = Bench.read(sensor);
        registers.assertPlayed();
        assertThat(values.get("pressure")).isCloseTo(1023.3, within(0.05));
        assertThat(values.get("temperature")).isEqualTo(42.5);
        assertThat(bench.getAsLong() - before).isEqualTo((975 + 62 * 160) * 1000L);
    }

    @Test
    void read_negativeTemperature() throws Exception {
        var sensor = opened("");
        registers.then(START).then(OVER).then("register a8 5 -> 8d f5 3f 60 87\nregister 10 1 -> 0a");
        assertThat(Bench.read(sensor).get("temperature")).isCloseTo(42.5 - 30_880 / 480.0, within(1e-9));
    }

    @Test
    void read_deadBusIsRefused_andAPressureBeyondTheDatasheetTakesNoOther() throws Exception {
        var sensor = opened("");
        registers.then(START).then(OVER).then("register a8 5 -> 00 00 00 00 00");
        assertThatThrownBy(sensor::read).hasMessageContaining("only 0x00");
        registers.then(START).then(OVER).then("register a8 5 -> 00 00 10 00 00\nregister 10 1 -> 0a");
        assertThat(Bench.absent(sensor).lines()).singleElement().asString().contains("256.00 hPa is beyond");
    }

    @Test
    void read_waitsForBothValues() throws Exception {
        var sensor = opened("");
        registers
                .then(START)
                .then("register a0 2 -> 84 01")
                .then("register a0 2 -> 84 00\nregister 27 1 -> 01")
                .then(OVER)
                .then("register a8 5 -> 8d f5 3f 00 00\nregister 10 1 -> 0a");
        sensor.read();
        registers.assertPlayed();
    }

    @Test
    void read_afterAPowerCutIsRefused() throws Exception {
        var sensor = opened("");
        registers.then(START).then("register a0 2 -> 00 00");
        assertThatThrownBy(sensor::read).hasMessageContaining("was its power interrupted");
    }

    @Test
    void open_wrongIdIsRefused() {
        assertThatThrownBy(() -> bench.open("lps25h", "", registers.then("register 0f 1 -> b1")))
                .hasMessageContaining("0xb1 instead of 0xbd");
    }

    @ParameterizedTest
    @CsvSource({"8", "32", "128", "512"})
    void read_agreesWithTheModel(int averages) throws Exception {
        var random = Bench.random();
        var model = new Lps25hModel(bench);
        var sensor = bench.open("lps25h", "averages = " + averages, new ModelRegisters(model));
        for (var i = 0; i < 1000; i++) {
            var celsius = -25.7 + random.nextDouble() * 130.6;
            var pressure = 260.1 + random.nextDouble() * 999.8;
            model.set("temperature", celsius);
            model.set("pressure", pressure);
            var values = Bench.read(sensor);
            assertThat(values.get("temperature")).isCloseTo(celsius, within(0.5 / 480 + 1e-9));
            assertThat(values.get("pressure")).isCloseTo(pressure, within(0.5 / 4096 + 1e-9));
            if (i == 500) {
                model.interruptPower();
            }
        }
    }
}
