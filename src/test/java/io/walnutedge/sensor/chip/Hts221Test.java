package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.Sensor;
import io.walnutedge.simulate.chip.Hts221Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Hts221Test {
    /** 33 % at -10, 74 % at -9120; 20 °C at 0, 35 °C at 960. */
    private static final String CALIBRATION = "register b0 16 -> 42 94 a0 18 00 04 f6 ff 00 00 60 dc 00 00 c0 03\n";

    private static final String START = """
        write 20 00
        write 10 1b
        write 20 84
        write 21 01
        """;
    private static final String OVER = "register a0 2 -> 84 00\nregister 27 1 -> 03\n";

    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();

    private Sensor opened() throws Exception {
        return bench.open("hts221", "", registers.then("register 0f 1 -> bc").then(CALIBRATION));
    }

    private void answer(String data) {
        registers.then(START).then(OVER).then("register a8 4 -> " + data + "\nregister 10 1 -> 1b\n" + CALIBRATION);
    }

    @ParameterizedTest
    @CsvSource({"f6 ff 00 00, 33, 20", "60 dc c0 03, 74, 35", "2b ee 40 00, 53.5, 21", "f6 ff 00 fb, 33, 0"})
    void read_isALineThroughTheCalibration(String data, double percent, double celsius) throws Exception {
        var sensor = opened();
        answer(data);
        var before = bench.getAsLong();
        var values = Bench.read(sensor);
        registers.assertPlayed();
        assertThat(values.get("humidity")).isCloseTo(percent, within(0.01));
        assertThat(values.get("temperature")).isCloseTo(celsius, within(0.01));
        assertThat(bench.getAsLong() - before).isEqualTo(80_000_000);
    }

    /** 101 % is wet air, 125 % is no air. */
    @Test
    void read_humidityIsHeldAtItsEndsAndRefusedBeyond() throws Exception {
        var sensor = opened();
        answer("f1 c4 00 00");
        assertThat(Bench.read(sensor)).containsEntry("humidity", 100.0);
        answer("1c b0 00 00");
        assertThat(Bench.absent(sensor)).startsWith("humidity failed: ").contains("is beyond what");
        answer("f6 ff 00 f0");
        assertThatThrownBy(sensor::read).hasMessageContaining("is beyond what");
    }

    @Test
    void read_deadBusAndPowerCutAreRefused() throws Exception {
        var sensor = opened();
        registers.then(START).then(OVER).then("register a8 4 -> ff ff ff ff");
        assertThatThrownBy(sensor::read).hasMessageContaining("only 0xff");
        registers.then(START).then("register a0 2 -> 00 00");
        assertThatThrownBy(sensor::read).hasMessageContaining("was its power interrupted");
    }

    @Test
    void open_wrongIdAndBlankCalibrationAreRefused() {
        assertThatThrownBy(() -> bench.open("hts221", "", registers.then("register 0f 1 -> bd")))
                .hasMessageContaining("0xbd instead of 0xbc");
        var blank = new FakeRegisters().then("register 0f 1 -> bc").then(CALIBRATION.replace("42 94", "42 42"));
        assertThatThrownBy(() -> bench.open("hts221", "", blank)).hasMessageContaining("blank");
    }

    @ParameterizedTest
    @CsvSource({"4", "32", "512"})
    void read_agreesWithTheModel(int averages) throws Exception {
        var random = Bench.random();
        var model = new Hts221Model(bench);
        var sensor = bench.open("hts221", "averages = " + averages, new ModelRegisters(model));
        for (var i = 0; i < 1000; i++) {
            var celsius = -39.9 + random.nextDouble() * 159.8;
            var percent = random.nextDouble() * 100;
            model.set("temperature", celsius);
            model.set("humidity", percent);
            var values = Bench.read(sensor);
            assertThat(values.get("temperature")).isCloseTo(celsius, within(0.008));
            assertThat(values.get("humidity")).isCloseTo(percent, within(0.0023));
            if (i == 500) {
                model.interruptPower();
            }
        }
    }
}
