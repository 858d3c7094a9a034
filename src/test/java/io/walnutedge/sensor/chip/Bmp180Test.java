package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.Sensor;
import io.walnutedge.simulate.chip.Bmp180Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Bmp180Test {
    /** The example of BST-BMP180-DS000-09, figure 4. */
    private static final String CALIBRATION =
            "register aa 22 -> 0198 ffb8 c7d1 7fe5 7ff5 5a71 182e 0004 8000 ddf9 0b34";

    private static final String OPENING = "register d0 1 -> 55\n" + CALIBRATION;
    private static final String TEMPERATURE = "write f4 2e\nregister f4 1 -> 0e\nregister f6 3 -> 6c fa 00\n";

    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();

    private Sensor opened(String hocon) throws Exception {
        var sensor = bench.open("bmp180", hocon, registers.then(OPENING));
        registers.then(CALIBRATION);
        return sensor;
    }

    @Test
    void read_publishedExample() throws Exception {
        var sensor = opened("");
        registers.then(TEMPERATURE).then("write f4 34\nregister f4 1 -> 14\nregister f6 3 -> 5d 23 00");
        var before = bench.getAsLong();
        var values = Bench.read(sensor);
        registers.assertPlayed();
        assertThat(values.get("temperature")).isCloseTo(15.0, within(0.05));
        assertThat(values.get("pressure")).isCloseTo(699.64, within(0.01));
        assertThat(bench.getAsLong() - before).isEqualTo(9_000_000);
    }

    @ParameterizedTest
    @CsvSource({"2, 74, 7500000", "4, b4, 13500000", "8, f4, 25500000"})
    void oversampling_isTheCommandAndTheTime(int times, String command, long nanos) throws Exception {
        var sensor = opened("oversampling = " + times);
        registers.then(TEMPERATURE).then("write f4 " + command + "\nregister f4 1 -> 14\nregister f6 3 -> 5d 23 00");
        var before = bench.getAsLong();
        assertThat(Bench.read(sensor).get("pressure")).isCloseTo(699.64, within(0.01));
        assertThat(bench.getAsLong() - before).isEqualTo(4_500_000 + nanos);
    }

    @Test
    void read_beyondTheDatasheetAndTheEndsAreRefused() throws Exception {
        var sensor = opened("");
        registers
                .then("write f4 2e\nregister f4 1 -> 0e\nregister f6 3 -> 9c 40 00")
                .then("write f4 34\nregister f4 1 -> 14\nregister f6 3 -> 5d 23 00");
        assertThatThrownBy(sensor::read).hasMessageContaining("beyond");
        registers.then(CALIBRATION).then("write f4 2e\nregister f4 1 -> 0e\nregister f6 3 -> ff ff 00");
        assertThatThrownBy(sensor::read).hasMessageContaining("at its end");
        registers.then(CALIBRATION).then("write f4 2e\nregister f4 1 -> 0e\nregister f6 3 -> 00 00 00");
        assertThatThrownBy(sensor::read).hasMessageContaining("only 0x00");
    }

    @Test
    void read_afterAPowerCutIsRefused() throws Exception {
        var sensor = opened("");
        registers.then("write f4 2e\nregister f4 1 -> 00\nregister f6 3 -> 80 00 00\nregister f4 1 -> 00");
        assertThatThrownBy(sensor::read).hasMessageContaining("was its power interrupted");
    }

    @Test
    void read_conversionThatNeverEndsIsRefused() throws Exception {
        var sensor = opened("");
        registers.then("write f4 2e").then("register f4 1 -> 2e\n".repeat(6));
        assertThatThrownBy(sensor::read).hasMessageContaining("still converts");
    }

    @Test
    void read_anotherCalibrationIsRefusedOnce() throws Exception {
        var sensor = bench.open("bmp180", "", registers.then(OPENING));
        var other = CALIBRATION.replace("0198", "0199");
        registers.then(other);
        assertThatThrownBy(sensor::read).hasMessageContaining("calibration is not that of before");
        registers.then(other).then(TEMPERATURE).then("write f4 34\nregister f4 1 -> 14\nregister f6 3 -> 5d 23 00");
        assertThat(Bench.read(sensor)).containsKey("pressure");
    }

    @Test
    void open_wrongIdAndBadCalibrationAreRefused() {
        assertThatThrownBy(() -> bench.open("bmp180", "", registers.then("register d0 1 -> 58")))
                .hasMessageContaining("0x58");
        var blank = new FakeRegisters().then(OPENING.replace("7ff5", "ffff"));
        assertThatThrownBy(() -> bench.open("bmp180", "", blank)).hasMessageContaining("0xffff");
    }

    @ParameterizedTest
    @CsvSource({"1, 0.06", "2, 0.04", "4, 0.03", "8, 0.03"})
    void read_agreesWithTheModel(int times, double hectopascals) throws Exception {
        var random = Bench.random();
        var model = new Bmp180Model(bench);
        var sensor = bench.open("bmp180", "oversampling = " + times, new ModelRegisters(model));
        for (var i = 0; i < 1000; i++) {
            var celsius = -39.9 + random.nextDouble() * 124.8;
            var pressure = 300.1 + random.nextDouble() * 799.8;
            model.set("temperature", celsius);
            model.set("pressure", pressure);
            var values = Bench.read(sensor);
            assertThat(values.get("temperature")).isCloseTo(celsius, within(0.015));
            assertThat(values.get("pressure")).isCloseTo(pressure, within(hectopascals));
        }
    }
}
