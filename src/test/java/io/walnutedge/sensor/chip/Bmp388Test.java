package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.Sensor;
import io.walnutedge.simulate.chip.Bmp388Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Bmp388Test {
    /** T1 27500, T2 16384 and the pressure's P1 16384 - 2^14, P5 12500; all else zero, so that one can reckon by hand. */
    private static final String OPENING = """
        register 00 1 -> 50
        write 7e b6
        register 03 1 -> 10
        register 31 21 -> 6c6b 0040 00 00c0 0040 00 00 d430 0000 00 00 0000 00 00
        write 1c 00
        write 1f 00
        """;

    private static final String CONVERSION = "write 1b 13\nregister 1b 2 -> 03 00\nregister 03 1 -> 70\n";

    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();

    private Sensor opened(String script) throws Exception {
        return bench.open("bmp388", "", registers.then(script));
    }

    /** 2^21 above T1 is 32 °C with T2 = 2^14; 12500 * 8 - 2^15 / 2^20 * 2^20 = 67232 Pa. */
    @Test
    void read_isOneTransferOfBothValues() throws Exception {
        var sensor = opened(OPENING);
        registers.then(CONVERSION).then("register 04 6 -> 00 00 10 00 6c 8b");
        var before = bench.getAsLong();
        var values = Bench.read(sensor);
        registers.assertPlayed();
        assertThat(values.get("temperature")).isCloseTo(32, within(1e-9));
        assertThat(values.get("pressure")).isCloseTo(672.32, within(1e-9));
        assertThat(bench.getAsLong() - before).isEqualTo(4_829_000);
    }

    @Test
    void oversamplingAndFilter_areWritten() throws Exception {
        var script = OPENING.replace("1c 00", "1c 0d").replace("1f 00", "1f 04");
        var sensor = bench.open("bmp388", "oversampling = 32, filter = 3", registers.then(script));
        registers.then(CONVERSION.replace("03 00", "03 0d")).then("register 04 6 -> 00 00 10 00 6c 8b");
        sensor.read();
        registers.assertPlayed();
    }

    @Test
    void read_endsOfTheConverterAndBeyondTheDatasheetAreRefused() throws Exception {
        var sensor = opened(OPENING);
        registers.then(CONVERSION).then("register 04 6 -> ff ff ff 00 6c 8b");
        assertThatThrownBy(sensor::read).hasMessageContaining("pressure converter is at its end");
        registers.then(OPENING).then(CONVERSION).then("register 04 6 -> 00 00 10 00 00 00");
        assertThatThrownBy(sensor::read).hasMessageContaining("temperature converter is at its end");
        registers.then(OPENING).then(CONVERSION).then("register 04 6 -> 00 00 10 00 6c f0");
        assertThatThrownBy(sensor::read).hasMessageContaining("beyond");
    }

    @Test
    void read_afterAPowerCutIsRefusedAndThenPreparedAnew() throws Exception {
        var sensor = opened(OPENING);
        registers.then("write 1b 13").then("register 1b 2 -> 00 02");
        assertThatThrownBy(sensor::read).hasMessageContaining("was its power interrupted");
        registers.then(OPENING).then(CONVERSION).then("register 04 6 -> 00 00 10 00 6c 8b");
        assertThat(Bench.read(sensor)).containsKey("pressure");
    }

    @Test
    void read_conversionThatNeverEndsIsRefused() throws Exception {
        var sensor = opened(OPENING);
        registers.then("write 1b 13").then("register 1b 2 -> 13 00\n".repeat(6));
        assertThatThrownBy(sensor::read).hasMessageContaining("still converts");
    }

    @Test
    void open_theBmp390IsTakenAndOthersAreRefused() throws Exception {
        opened(OPENING.replace("00 1 -> 50", "00 1 -> 60"));
        registers.assertPlayed();
        assertThatThrownBy(() -> opened("register 00 1 -> 58")).hasMessageContaining("0x58");
        assertThatThrownBy(() -> opened(OPENING.replace("6c6b", "0000"))).hasMessageContaining("blank");
    }

    @ParameterizedTest
    @CsvSource({"1, 0.0024, 0.03", "4, 0.0024, 0.02", "32, 0.0013, 0.01"})
    void read_agreesWithTheModel(int times, double celsiusStep, double hectopascals) throws Exception {
        var random = Bench.random();
        var model = new Bmp388Model(bench);
        var sensor = bench.open("bmp388", "oversampling = " + times, new ModelRegisters(model));
        for (var i = 0; i < 1000; i++) {
            var celsius = -39.9 + random.nextDouble() * 124.8;
            var pressure = 300.1 + random.nextDouble() * 949.8;
            model.set("temperature", celsius);
            model.set("pressure", pressure);
            var values = Bench.read(sensor);
            assertThat(values.get("temperature")).isCloseTo(celsius, within(celsiusStep));
            assertThat(values.get("pressure")).isCloseTo(pressure, within(hectopascals));
        }
    }
}
