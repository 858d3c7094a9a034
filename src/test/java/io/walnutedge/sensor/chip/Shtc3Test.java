package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.Crc8;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.simulate.chip.Shtc3Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Shtc3Test {
    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();

    private static String checked(int word) {
        var high = (byte) (word >> 8);
        return String.format("%02x %02x %02x", high, word & 0xff, Crc8.SENSIRION.of(high, (byte) word));
    }

    private FakeRegisters opening(int id) {
        return registers.then("write 35 17").then("write ef c8").then("read 3 -> " + checked(id));
    }

    private Sensor opened(String hocon) throws Exception {
        return bench.open("shtc3", hocon, opening(0x0887).then("write b0 98"));
    }

    @ParameterizedTest
    @CsvSource({"low, 60 9c, 800", "normal, 78 66, 12100"})
    void read_wakesMeasuresAndSleeps(String power, String command, long micros) throws Exception {
        var sensor = opened("power = " + power);
        var before = bench.getAsLong();
        registers
                .then("write 35 17")
                .then("write " + command)
                .then("read 6 -> 66 67 a2 5e b9 3c")
                .then("write b0 98");
        var values = Bench.read(sensor);
        registers.assertPlayed();
        assertThat(values.get("temperature")).isCloseTo(25.0, within(0.005));
        assertThat(values.get("humidity")).isCloseTo(37.0, within(0.005));
        assertThat(bench.getAsLong() - before).isEqualTo((micros + 240) * 1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"66 67 a3 5e b9 3c", "66 67 a2 5e b8 3c", "ff ff ff ff ff ff", "00 00 00 00 00 00", "NACK"})
    void read_badChecksumOrDeadBusIsRefused(String answer) throws Exception {
        var sensor = opened("");
        registers.then("write 35 17").then("write 78 66").then("read 6 -> " + answer);
        assertThatThrownBy(sensor::read).isInstanceOf(SensorException.class);
        registers.assertPlayed();
    }

    @Test
    void read_beyondTheDatasheetIsRefused() throws Exception {
        var sensor = opened("");
        registers
                .then("write 35 17")
                .then("write 78 66")
                .then("read 6 -> ff ff ac 5e b9 3c")
                .then("write b0 98");
        assertThatThrownBy(sensor::read).hasMessageContaining("130.00 °C is beyond");
    }

    /** An SHTC1 has 0x0007. */
    @Test
    void open_otherIdIsRefused() {
        assertThatThrownBy(() -> bench.open("shtc3", "", opening(0x0007))).hasMessageContaining("0x0007");
        assertThat(registers.closed()).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"low", "normal"})
    void read_agreesWithTheModel(String power) throws Exception {
        var random = Bench.random();
        var model = new Shtc3Model(bench);
        var sensor = bench.open("shtc3", "power = " + power, new ModelRegisters(model));
        for (var i = 0; i < 1000; i++) {
            var celsius = -39.9 + random.nextDouble() * 164.8;
            var percent = random.nextDouble() * 100;
            model.set("temperature", celsius);
            model.set("humidity", percent);
            var values = Bench.read(sensor);
            assertThat(values.get("temperature")).isCloseTo(celsius, within(0.0014));
            assertThat(values.get("humidity")).isCloseTo(percent, within(0.0016));
        }
    }
}
