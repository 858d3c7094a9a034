package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.Crc8;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.simulate.chip.Htu21dModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Htu21dTest {
    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();

    private Sensor opened() throws Exception {
        registers
                .then("write fe")
                .then("register e7 1 -> 02")
                .then("write e6 02")
                .then("register e7 1 -> 02");
        return bench.open("htu21d", "", registers);
    }

    /** The three published checksums. */
    @Test
    void crc_publishedExamples() {
        var crc = new Crc8(0x31, 0);
        assertThat(crc.of((byte) 0xdc)).isEqualTo(0x79);
        assertThat(crc.of((byte) 0x68, (byte) 0x3a)).isEqualTo(0x7c);
        assertThat(crc.of((byte) 0x4e, (byte) 0x85)).isEqualTo(0x6b);
    }

    /** The published words: the formulas give 7.04 °C for 0x4e84 and 44.89 % for 0x6838. */
    @Test
    void read_publishedWords() throws Exception {
        var sensor = opened();
        var before = bench.getAsLong();
        registers.then("register e7 1 -> 02").then("write f3").then("read 3 -> 4e 85 6b");
        registers.then("write f5").then("read 3 -> 68 3a 7c");
        var values = Bench.read(sensor);
        registers.assertPlayed();
        assertThat(values.get("temperature")).isCloseTo(-46.85 + 175.72 * 20100 / 65536, within(1e-9));
        assertThat(values.get("humidity")).isCloseTo(-6 + 125.0 * 26680 / 65536, within(1e-9));
        assertThat(bench.getAsLong() - before).isEqualTo(114_000_000);
    }

    /** Reserved bits are written as they were found: 0x3a is the Si7021's register after a reset. */
    @ParameterizedTest
    @CsvSource({"8, false, 3b", "10, false, ba", "11, false, bb", "12, false, 3a", "12, true, 3e"})
    void open_writesResolutionAndHeater(int resolution, boolean heater, String user) throws Exception {
        registers.then("write fe").then("register e7 1 -> 3a").then("write e6 " + user);
        registers.then("register e7 1 -> " + user);
        bench.open("htu21d", "resolution = " + resolution + ", heater = " + heater, registers);
        registers.assertPlayed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"4e 85 6c", "ff ff ff", "00 00 00", "68 3a 7c", "NACK"})
    void read_badChecksumDeadBusOrWrongQuantityIsRefused(String answer) throws Exception {
        var sensor = opened();
        registers.then("register e7 1 -> 02").then("write f3").then("read 3 -> " + answer);
        registers.then("write f5").then("read 3 -> 68 3a 7c");
        assertThatThrownBy(sensor::read).isInstanceOf(SensorException.class);
    }

    @Test
    void read_temperatureInsteadOfHumidityIsRefused() throws Exception {
        var sensor = opened();
        registers.then("register e7 1 -> 02").then("write f3").then("read 3 -> 4e 85 6b");
        registers.then("write f5").then("read 3 -> 4e 85 6b");
        assertThatThrownBy(sensor::read).hasMessageContaining("other quantity");
    }

    @Test
    void read_afterAPowerCutIsRefused() throws Exception {
        registers
                .then("write fe")
                .then("register e7 1 -> 02")
                .then("write e6 83")
                .then("register e7 1 -> 83");
        var sensor = bench.open("htu21d", "resolution = 11", registers);
        registers.then("register e7 1 -> 02");
        assertThatThrownBy(sensor::read).hasMessageContaining("was its power interrupted");
        registers.then("register e7 1 -> 00");
        assertThatThrownBy(sensor::read).hasMessageContaining("only 0x00");
    }

    @Test
    void options_outOfRangeAreRefused() {
        assertThat(Bench.problems("htu21d", "resolution = 9")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"8, 0.022, 0.245", "10, 0.011, 0.062", "11, 0.043, 0.031", "12, 0.0054, 0.0153"})
    void read_agreesWithTheModel(int resolution, double celsiusStep, double percentStep) throws Exception {
        var random = Bench.random();
        var model = new Htu21dModel(bench);
        var sensor = bench.open("htu21d", "resolution = " + resolution, new ModelRegisters(model));
        for (var i = 0; i < 1000; i++) {
            var celsius = -39.9 + random.nextDouble() * 164.8;
            var percent = random.nextDouble() * 100;
            model.set("temperature", celsius);
            model.set("humidity", percent);
            var values = Bench.read(sensor);
            assertThat(values.get("temperature")).isCloseTo(celsius, within(celsiusStep));
            assertThat(values.get("humidity")).isCloseTo(percent, within(percentStep));
        }
    }
}
