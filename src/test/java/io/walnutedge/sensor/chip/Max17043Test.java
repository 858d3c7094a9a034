package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.Sensor;
import io.walnutedge.simulate.chip.Max17043Model;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Max17043Test {
    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();

    private Sensor opened(String hocon) throws Exception {
        return bench.open("max17043", hocon, registers.then("register 08 2 -> 00 03"));
    }

    private void answers(String both) {
        registers.then("register 0c 2 -> 97 1c").then("register 02 4 -> " + both);
        if (both.startsWith("00 00") || both.endsWith("00 00")) {
            registers.then("register 02 4 -> " + both);
        }
    }

    /** 19-4811, figures 3 and 4: 1.25 mV from bit 4 on, 1/256 %. */
    @ParameterizedTest
    @CsvSource({
        "b8 60 4f 80, 3.6875, 79.5",
        "c5 c0 4e 00, 3.955, 78",
        "d2 00 64 00, 4.2, 100",
        "d2 00 65 80, 4.2, 100",
        "7d 00 00 00, 2.5, 0",
        "7d 0f 00 01, 2.5, 0.00390625"
    })
    void read_bothInOneTransfer(String both, double volts, double percent) throws Exception {
        var sensor = opened("");
        answers(both);
        var values = Bench.read(sensor);
        assertThat(values.get("voltage")).isCloseTo(volts, within(1e-9));
        assertThat(values.get("charge")).isEqualTo(percent);
        registers.assertPlayed();
    }

    @Test
    void read_twoCells() throws Exception {
        var sensor = opened("cells = 2");
        answers("b8 60 4f 80");
        assertThat(Bench.read(sensor).get("voltage")).isCloseTo(7.375, within(1e-9));
    }

    /** Power-up, a dead bus in mid-run, a voltage above and a charge that is none. */
    @ParameterizedTest
    @CsvSource({"00 00 00 00", "ff ff ff ff", "7c f0 4f 80", "e1 10 4f 80", "b8 60 ff 00"})
    void read_beyondTheRangeIsRefused(String both) throws Exception {
        var sensor = opened("");
        answers(both);
        assertThatThrownBy(sensor::read).hasMessageContaining("is beyond what the chip measures");
    }

    @Test
    void read_aDeadBusIsRefused() throws Exception {
        var sensor = opened("");
        registers.then("register 0c 2 -> 00 00");
        assertThatThrownBy(sensor::read).hasMessageContaining("answers only 0x00");
    }

    @Test
    void read_waitsForTheFirstUpdateAfterPowerUp() throws Exception {
        var sensor = opened("");
        var before = bench.getAsLong();
        registers.then("register 0c 2 -> 97 1c").then("register 02 4 -> b8 60 00 00");
        registers.then("register 02 4 -> b8 60 4f 80");
        assertThat(Bench.read(sensor).get("charge")).isEqualTo(79.5);
        assertThat(bench.getAsLong() - before).isEqualTo(250_000_000);
        registers.assertPlayed();
    }

    @Test
    void plan_refusesThreeCells() {
        assertThat(Bench.problems("max17043", "cells = 3")).hasSize(1);
    }

    @Test
    void read_agreesWithTheModel() throws Exception {
        var random = Bench.random();
        var model = new Max17043Model(bench);
        var sensor = bench.open("max17043", "", new ModelRegisters(model));
        for (var i = 0; i < 1000; i++) {
            var volts = 2.501 + random.nextDouble() * 1.998;
            var percent = random.nextDouble() * 100;
            model.set("voltage", volts);
            model.set("charge", percent);
            bench.pause(Duration.ofMillis(500));
            var values = Bench.read(sensor);
            assertThat(values.get("voltage")).isCloseTo(volts, within(0.000_6251));
            assertThat(values.get("charge")).isCloseTo(percent, within(0.00196));
        }
    }
}
