package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.Sensor;
import io.walnutedge.simulate.chip.Ads1115Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ads1015Test {
    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();

    private Sensor opened(String hocon) throws Exception {
        return bench.open("ads1015", hocon, registers.then("register 01 2 -> 85 83"));
    }

    /** SBAS473E, 9.5.4: twelve bits in the upper part of the word. */
    @ParameterizedTest
    @CsvSource({"7f e0, 2.046", "00 10, 0.001", "ff f0, -0.001", "80 10, -2.047", "00 00, 0"})
    void read_codesOfTwelveBits(String word, double volts) throws Exception {
        var sensor = opened("channels = [a0], range = 2.048");
        registers.then("write 01 c5 83").then("register 01 2 -> c5 83").then("register 00 2 -> " + word);
        assertThat(Bench.read(sensor).get("a0")).isCloseTo(volts, within(1e-9));
        registers.assertPlayed();
    }

    @Test
    void read_bothEndsAreRefused() throws Exception {
        var sensor = opened("channels = [a0], range = 2.048");
        registers.then("write 01 c5 83").then("register 01 2 -> c5 83").then("register 00 2 -> 7f f0");
        assertThatThrownBy(sensor::read).hasMessageContaining("saturated at 2.048 V");
        registers.then("write 01 c5 83").then("register 01 2 -> c5 83").then("register 00 2 -> 80 00");
        assertThatThrownBy(sensor::read).hasMessageContaining("saturated at -2.048 V");
    }

    @ParameterizedTest
    @CsvSource({"6.144, 128", "4.096, 1600", "0.256, 3300"})
    void read_agreesWithTheModel(double range, int rate) throws Exception {
        var random = Bench.random();
        var model = new Ads1115Model(bench, true);
        var sensor = bench.open(
                "ads1015", "channels = [a0-a1], range = " + range + ", rate = " + rate, new ModelRegisters(model));
        for (var i = 0; i < 1000; i++) {
            var volts = (random.nextDouble() - 0.5) * 1.99 * range;
            model.set("a0", 3);
            model.set("a1", 3 - volts);
            assertThat(Bench.read(sensor).get("a0-a1")).isCloseTo(volts, within(range / 4096 + 1e-9));
        }
    }
}
