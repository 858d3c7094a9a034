package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.Sensor;
import io.walnutedge.simulate.chip.Lm75Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Lm75Test {
    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();

    private Sensor opened(int bits) throws Exception {
        var configuration = bits == 12 ? "78" : "18";
        registers.then("write 01 " + configuration).then("register 01 1 -> " + configuration);
        return bench.open("lm75", "resolution = " + bits, registers);
    }

    /** LM75B table 9; the register holds the 11 bits in its upper part. */
    @ParameterizedTest
    @CsvSource({
        "7d 00, 125",
        "19 00, 25",
        "00 20, 0.125",
        "00 00, 0",
        "ff e0, -0.125",
        "e7 00, -25",
        "c9 20, -54.875",
        "c9 00, -55"
    })
    void read_publishedTable(String word, double celsius) throws Exception {
        var sensor = opened(11);
        registers.then("register 00 2 -> " + word).then("register 01 1 -> 18");
        assertThat(Bench.read(sensor)).containsEntry("temperature", celsius);
        registers.assertPlayed();
    }

    /** SBOS288, table 3 of 12 bits. */
    @ParameterizedTest
    @CsvSource({"64 00, 100", "50 00, 80", "00 40, 0.25", "ff c0, -0.25", "ff f0, -0.0625"})
    void read_twelveBits(String word, double celsius) throws Exception {
        var sensor = opened(12);
        registers.then("register 00 2 -> " + word).then("register 01 1 -> f8");
        assertThat(Bench.read(sensor)).containsEntry("temperature", celsius);
    }

    @ParameterizedTest
    @CsvSource({"ff 00, -1", "ff ff, -0.5", "00 7f, 0", "80 80, NaN"})
    void read_nineBitsAreSignedAndTheRestIsIgnored(String word, double celsius) throws Exception {
        var sensor = opened(9);
        registers.then("register 00 2 -> " + word).then("register 01 1 -> 18");
        if (Double.isNaN(celsius)) {
            assertThatThrownBy(sensor::read).hasMessageContaining("-127.50 °C is beyond");
        } else {
            assertThat(Bench.read(sensor)).containsEntry("temperature", celsius);
        }
    }

    @Test
    void read_beyondTheDatasheetIsRefused() throws Exception {
        var sensor = opened(11);
        registers.then("register 00 2 -> 7f 00").then("register 01 1 -> 18");
        assertThatThrownBy(sensor::read).hasMessageContaining("127.00 °C is beyond");
    }

    @Test
    void read_afterAPowerCutIsRefused() throws Exception {
        var sensor = opened(9);
        registers.then("register 00 2 -> 00 00").then("register 01 1 -> 00");
        assertThatThrownBy(sensor::read)
                .hasMessageContaining("configuration is 0x0, not the 0x18 written; was its power interrupted");
    }

    @Test
    void open_waitsForTheFirstConversion() throws Exception {
        var before = bench.getAsLong();
        opened(9);
        assertThat(bench.getAsLong() - before).isEqualTo(300_000_000);
    }

    @Test
    void open_aChipWithoutTwelveBitsIsRefused() {
        registers.then("write 01 78").then("register 01 1 -> 18");
        assertThatThrownBy(() -> bench.open("lm75", "resolution = 12", registers))
                .hasMessageContaining("0x18, not the 0x78");
        assertThat(registers.closed()).isOne();
    }

    @ParameterizedTest
    @CsvSource({"false, 9, 0.5", "false, 11, 0.0626", "true, 9, 0.251", "true, 12, 0.0313"})
    void read_agreesWithTheModel(boolean isTmp75, int bits, double tolerance) throws Exception {
        var random = Bench.random();
        var model = isTmp75 ? Lm75Model.tmp75(bench) : Lm75Model.lm75b(bench);
        var sensor = bench.open("lm75", "resolution = " + bits, new ModelRegisters(model));
        for (var i = 0; i < 1000; i++) {
            var celsius = -54.7 + random.nextDouble() * 179.6;
            model.set("temperature", celsius);
            assertThat(Bench.read(sensor).get("temperature")).isCloseTo(celsius, within(tolerance));
        }
    }
}
