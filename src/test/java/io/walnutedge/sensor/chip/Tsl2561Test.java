package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.Sensor;
import io.walnutedge.simulate.chip.Tsl2561Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Tsl2561Test {
    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();

    private Sensor opened(String hocon) throws Exception {
        return bench.open("tsl2561", hocon, registers.then("register 8a 1 -> 5a"));
    }

    private FakeRegisters integrated(String timing, String both, String infrared) {
        return registers
                .then("write 80 00")
                .then("write 80 03")
                .then("write 81 " + timing)
                .then("write 80 00")
                .then("write 80 03")
                .then("register ac 2 -> " + both)
                .then("register ae 2 -> " + infrared);
    }

    private void answers(String timing, String both, String infrared) {
        integrated(timing, both, infrared).then("register 80 1 -> 33").then("register 81 1 -> " + timing);
        registers.then("write 80 00");
    }

    /** TAOS059N, calculating lux: one line of each, calculated by another program; 1000 counts are e8 03. */
    @ParameterizedTest
    @CsvSource({
        "t, 00 00, 30.4",
        "t, 90 01, 13.210008",
        "t, f4 01, 6.906393",
        "fn, 26 02, 5.35",
        "cl, bc 02, 2.09",
        "t, e8 03, 0.34",
        "t, 15 05, 0",
        "cs, 00 00, 31.5",
        "cs, 90 01, 15.058604",
        "cs, 58 02, 5.44",
        "cs, bc 02, 3.1",
        "cs, e8 03, 0.78",
        "cs, 15 05, 0"
    })
    void read_formulas(String housing, String infrared, double lux) throws Exception {
        var sensor = opened("gain = 16, package = " + housing);
        answers("12", "e8 03", infrared);
        assertThat(Bench.read(sensor).get("illuminance")).isCloseTo(lux, within(1e-6));
        registers.assertPlayed();
    }

    /** Scaled by 16 and by 322/81 and 322/11. */
    @ParameterizedTest
    @CsvSource({
        "1, 402, 02, 486.4, 428400000",
        "16, 101, 11, 120.849383, 107765217",
        "1, 14, 00, 14238.254545, 14634782"
    })
    void read_scales(int gain, int millis, String timing, double lux, long nanos) throws Exception {
        var sensor = opened("gain = " + gain + ", integration-time = " + millis);
        answers(timing, "e8 03", "00 00");
        var before = bench.getAsLong();
        assertThat(Bench.read(sensor).get("illuminance")).isCloseTo(lux, within(1e-6));
        assertThat(bench.getAsLong() - before).isEqualTo(nanos);
        registers.assertPlayed();
    }

    /** After power-up the chip integrates for 402 ms at gain 1, and a new timing counts from the next integration on. */
    @Test
    void read_theFirstHasTheTimingOfTheSettings() throws Exception {
        var model = new Tsl2561Model(bench);
        model.set("illuminance", 1000);
        var sensor = bench.open("tsl2561", "integration-time = 14, gain = 1", new ModelRegisters(model));
        assertThat(Bench.read(sensor).get("illuminance")).isCloseTo(1000, within(20.0));
    }

    @Test
    void read_darknessIsAValue() throws Exception {
        var sensor = opened("");
        answers("02", "00 00", "00 00");
        assertThat(Bench.read(sensor)).containsEntry("illuminance", 0.0);
    }

    @ParameterizedTest
    @CsvSource({"402, 02, ff ff, 00 10", "402, 02, 00 10, ff ff", "101, 01, 39 91, 00 00", "14, 00, b7 13, 00 00"})
    void read_saturationIsRefused(int millis, String timing, String both, String infrared) throws Exception {
        var sensor = opened("integration-time = " + millis);
        answers(timing, both, infrared);
        assertThatThrownBy(sensor::read).hasMessageContaining("saturated");
    }

    @Test
    void read_afterAPowerCutIsRefused() throws Exception {
        var sensor = opened("gain = 16");
        integrated("12", "00 00", "00 00").then("register 80 1 -> 00");
        assertThatThrownBy(sensor::read).hasMessageContaining("was its power interrupted");
        integrated("12", "00 00", "00 00").then("register 80 1 -> 03").then("register 81 1 -> 02");
        assertThatThrownBy(sensor::read).hasMessageContaining("its timing is 0x2, not the 0x12 written");
    }

    @ParameterizedTest
    @CsvSource({"40", "0a", "ff"})
    void open_anotherChipIsRefused(String id) {
        registers.then("register 8a 1 -> " + id);
        assertThatThrownBy(() -> bench.open("tsl2561", "", registers)).hasMessageContaining("no TSL2561");
        assertThat(registers.closed()).isOne();
    }

    @ParameterizedTest
    @CsvSource({"gain = 8", "integration-time = 100", "package = dip"})
    void plan_refusesOptionsOutOfRange(String wrong) {
        assertThat(Bench.problems("tsl2561", wrong)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "16, 402, 0.2, 1, 1500",
        "1, 402, 0.4, 40, 13000",
        "1, 101, 0.55, 300, 11000",
        "1, 14, 0.7, 2000, 4800",
        "16, 101, 1.0, 1, 40"
    })
    void read_agreesWithTheModel(int gain, int millis, double ratio, double min, double max) throws Exception {
        var random = Bench.random();
        var model = new Tsl2561Model(bench, ratio);
        var hocon = "gain = " + gain + ", integration-time = " + millis;
        var sensor = bench.open("tsl2561", hocon, new ModelRegisters(model));
        var scale = 16.0 / gain * (millis == 402 ? 1 : millis == 101 ? 322 / 81.0 : 322 / 11.0);
        for (var i = 0; i < 1000; i++) {
            var lux = min + random.nextDouble() * (max - min);
            model.set("illuminance", lux);
            // half a count of each channel
            assertThat(Bench.read(sensor).get("illuminance")).isCloseTo(lux, within(0.053 * scale));
        }
    }
}
