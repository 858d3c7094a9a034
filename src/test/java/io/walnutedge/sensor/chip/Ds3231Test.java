package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.Sensor;
import io.walnutedge.simulate.chip.Ds3231Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ds3231Test {
    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();

    private Sensor opened() throws Exception {
        return bench.open("ds3231", "", registers.then("register 0e 2 -> 1c 88"));
    }

    /** 19-5170, "Temperature Registers": 25.25 °C. */
    @ParameterizedTest
    @CsvSource({"19 40, 25.25", "00 00, 0", "ff c0, -0.25", "d8 00, -40", "55 00, 85"})
    void read_converts(String word, double celsius) throws Exception {
        var sensor = opened();
        registers.then("register 0e 2 -> 1d 08").then("write 0e 3d").then("register 0e 2 -> 3d 0c");
        registers.then("register 0e 2 -> 1d 08").then("register 11 2 -> " + word);
        assertThat(Bench.read(sensor)).containsEntry("temperature", celsius);
        registers.assertPlayed();
    }

    @Test
    void read_whileItConvertsByItself_onlyWaits() throws Exception {
        var sensor = opened();
        registers.then("register 0e 2 -> 1c 0c").then("register 0e 2 -> 1c 08").then("register 11 2 -> 19 40");
        assertThat(Bench.read(sensor)).containsEntry("temperature", 25.25);
        registers.assertPlayed();
    }

    @Test
    void read_anotherChipIsRefused() throws Exception {
        var sensor = opened();
        registers.then("register 0e 2 -> 1c 98");
        assertThatThrownBy(sensor::read).hasMessageContaining("its status is 0x98");
        registers.then("register 0e 2 -> 1c 0c").then("register 0e 2 -> 1c 08").then("register 11 2 -> 19 41");
        assertThatThrownBy(sensor::read).hasMessageContaining("0x12 is 0x41");
    }

    @Test
    void read_agreesWithTheModel_andLeavesTheAlarmsAlone() throws Exception {
        var random = Bench.random();
        var model = new Ds3231Model(bench);
        var bus = new ModelRegisters(model);
        bus.write(0x0e, 0x07);
        var sensor = bench.open("ds3231", "", bus);
        for (var i = 0; i < 1000; i++) {
            var celsius = -40 + random.nextDouble() * 125;
            model.set("temperature", celsius);
            assertThat(Bench.read(sensor).get("temperature")).isCloseTo(celsius, within(0.12501));
        }
        assertThat(bus.readRegister(0x0e, 1)[0]).isEqualTo((byte) 0x07);
    }
}
