package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.Sensor;
import io.walnutedge.simulate.chip.Hdc1080Model;
import org.junit.jupiter.api.Test;

class Hdc1080Test {
    private static final String OPENING = """
        register fe 2 -> 54 49
        register ff 2 -> 10 50
        write 02 80 00
        """;

    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();

    private Sensor opened(String hocon) throws Exception {
        return bench.open("hdc1080", hocon, registers.then(OPENING));
    }

    @Test
    void read_isOneAcquisitionOfBoth() throws Exception {
        var sensor = opened("");
        registers
                .then("write 02 10 00")
                .then("write 00")
                .then("read 4 -> 64 d8 80 00")
                .then("register 02 2 -> 18 00");
        var values = Bench.read(sensor);
        registers.assertPlayed();
        // SNAS672A, 8.6.1, 8.6.2: 25816 / 65536 * 165 - 40, and a half
        assertThat(values.get("temperature")).isCloseTo(24.997, within(0.001));
        assertThat(values.get("humidity")).isEqualTo(50);
    }

    @Test
    void heater_isInTheConfiguration() throws Exception {
        var sensor = opened("heater = true");
        registers
                .then("write 02 30 00")
                .then("write 00")
                .then("read 4 -> 64 d8 80 00")
                .then("register 02 2 -> 30 00");
        sensor.read();
        registers.assertPlayed();
    }

    @Test
    void read_beforeItIsReadyAndAfterAPowerCutIsRefused() throws Exception {
        var sensor = opened("heater = true");
        registers.then("write 02 30 00").then("write 00").then("read 4 -> NACK");
        assertThatThrownBy(sensor::read).hasMessageContaining("not acknowledged");
        registers
                .then("write 02 30 00")
                .then("write 00")
                .then("read 4 -> 64 d8 80 00")
                .then("register 02 2 -> 10 00");
        assertThatThrownBy(sensor::read).hasMessageContaining("was its power interrupted");
        registers.then("write 02 30 00").then("write 00").then("read 4 -> ff ff ff ff");
        assertThatThrownBy(sensor::read).hasMessageContaining("0xff");
    }

    @Test
    void open_anotherChipIsRefused() {
        assertThatThrownBy(() -> bench.open("hdc1080", "", registers.then(OPENING.replace("10 50", "10 00"))))
                .hasMessageContaining("device id is 0x1000");
    }

    @Test
    void read_agreesWithTheModel() throws Exception {
        var random = Bench.random();
        var model = new Hdc1080Model(bench);
        var sensor = bench.open("hdc1080", "", new ModelRegisters(model));
        for (var i = 0; i < 1000; i++) {
            var celsius = -39.9 + random.nextDouble() * 164.8;
            var percent = random.nextDouble() * 99.9;
            model.set("temperature", celsius);
            model.set("humidity", percent);
            var values = Bench.read(sensor);
            assertThat(values.get("temperature")).isCloseTo(celsius, within(0.00504));
            assertThat(values.get("humidity")).isCloseTo(percent, within(0.00306));
        }
    }
}
