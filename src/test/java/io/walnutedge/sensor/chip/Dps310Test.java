package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.Sensor;
import io.walnutedge.simulate.chip.Dps310Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Dps310Test {
    /** c0 200, c1 -256; c00 80000, c10 -50000, c01 -3000, c11 1000, c20 -10000, c21 200, c30 -2000. */
    private static final String START = """
        register 0d 1 -> 10
        write 0c 09
        register 08 1 -> c0
        register 10 18 -> 0c8 f00 13880 f3cb0 f448 03e8 d8f0 00c8 f830
        register 28 1 -> 80
        """;

    private static final String CONFIGURATION = """
        register 32 1 -> 02
        write 06 14
        write 07 94
        write 09 0c
        """;

    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();

    private Sensor opened() throws Exception {
        return bench.open("dps310", "", registers.then(START).then(CONFIGURATION));
    }

    private void answer(String temperature, String pressure) {
        registers
                .then("write 08 02\nregister 06 4 -> 14 94 e0 0c\nregister 03 3 -> " + temperature)
                .then("write 08 01\nregister 06 4 -> 14 94 d0 0c\nregister 00 3 -> " + pressure);
    }

    /** A quarter and minus a half of the scale 253952. */
    @Test
    void read_isTheFormulaOfTheDatasheet() throws Exception {
        var sensor = opened();
        answer("00 f8 00", "fe 10 00");
        var before = bench.getAsLong();
        var values = Bench.read(sensor);
        registers.assertPlayed();
        assertThat(values.get("temperature")).isEqualTo(100 - 256 * 0.25);
        var pascals = 80_000 - 0.5 * (-50_000 - 0.5 * (-10_000 + 0.5 * 2_000)) + 0.25 * (-3_000 - 0.5 * (1_000 - 100));
        assertThat(values.get("pressure")).isCloseTo(pascals / 100, within(1e-9));
        assertThat(bench.getAsLong() - before).isEqualTo(2 * 27_600_000);
    }

    @Test
    void open_correctsTheTemperatureWhereTheFuseIsMissing() throws Exception {
        var corrected = CONFIGURATION.replace(
                "32 1 -> 02", "32 1 -> 00\nwrite 0e a5\nwrite 0f 96\nwrite 62 02\nwrite 0e 00\nwrite 0f 00");
        bench.open("dps310", "", registers.then(START).then(corrected));
        registers.assertPlayed();
    }

    @Test
    void read_endsOfTheConverterAndBeyondTheDatasheetAreRefused() throws Exception {
        var sensor = opened();
        registers.then("write 08 02\nregister 06 4 -> 14 94 e0 0c\nregister 03 3 -> 7f ff ff");
        assertThatThrownBy(sensor::read).hasMessageContaining("at its end");
        registers.then(START).then(CONFIGURATION);
        answer("00 00 00", "00 00 00");
        assertThatThrownBy(sensor::read).hasMessageContaining("100.00 °C is beyond");
    }

    @Test
    void read_afterAPowerCutIsRefusedAndThenPreparedAnew() throws Exception {
        var sensor = opened();
        registers.then("write 08 02\nregister 06 4 -> 00 00 e0 00");
        assertThatThrownBy(sensor::read).hasMessageContaining("was its power interrupted");
        registers.then(START).then(CONFIGURATION);
        answer("00 f8 00", "fe 10 00");
        assertThat(Bench.read(sensor)).containsKey("pressure");
    }

    @Test
    void open_wrongIdAndBlankCoefficientsAreRefused() {
        assertThatThrownBy(() -> bench.open("dps310", "", registers.then("register 0d 1 -> 11")))
                .hasMessageContaining("0x11 instead of 0x10");
        var blank = new FakeRegisters().then(START.replace("f3cb0", "00000"));
        assertThatThrownBy(() -> bench.open("dps310", "", blank)).hasMessageContaining("zero");
    }

    @ParameterizedTest
    @CsvSource({"1", "8", "16", "128"})
    void read_agreesWithTheModel(int times) throws Exception {
        var random = Bench.random();
        var model = new Dps310Model(bench);
        var sensor = bench.open("dps310", "oversampling = " + times, new ModelRegisters(model));
        for (var i = 0; i < 1000; i++) {
            var celsius = -39.9 + random.nextDouble() * 124.8;
            var pressure = 300.1 + random.nextDouble() * 899.8;
            model.set("temperature", celsius);
            model.set("pressure", pressure);
            var values = Bench.read(sensor);
            assertThat(values.get("temperature")).isCloseTo(celsius, within(0.0006));
            assertThat(values.get("pressure")).isCloseTo(pressure, within(0.0015));
        }
    }

    @Test
    void model_powerCutIsNoticedAtAnyOversampling() throws Exception {
        var model = new Dps310Model(bench);
        var sensor = bench.open("dps310", "oversampling = 1", new ModelRegisters(model));
        model.interruptPower();
        assertThatThrownBy(sensor::read).hasMessageContaining("was its power interrupted");
        assertThat(Bench.read(sensor)).containsKey("pressure");
    }
}
