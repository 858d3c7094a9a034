package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.Sensor;
import io.walnutedge.simulate.chip.Lis3dhModel;
import java.util.HashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Lis3dhTest {
    private static final String OPENING = "register 0f 1 -> 33\nwrite a0 57 00 00 88 00";
    private static final String READY = """
        register a8 6 -> 00 00 00 00 00 00
        register a0 4 -> 57 00 00 88
        register 27 1 -> 0f
        """;

    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();

    private Sensor opened() throws Exception {
        return bench.open("lis3dh", "", registers.then(OPENING));
    }

    /** DocID17530, 2.1: 1 mg by digit; 350 and -1000 mg. */
    @Test
    void read_isOneTransfer() throws Exception {
        var sensor = opened();
        var before = bench.getAsLong();
        registers.then(READY).then("register a8 6 -> e0 15 80 c1 f0 ff");
        var values = Bench.read(sensor);
        registers.assertPlayed();
        assertThat(values.get("acceleration-x")).isCloseTo(0.350 * 9.80665, within(1e-9));
        assertThat(values.get("acceleration-y")).isCloseTo(-9.80665, within(1e-9));
        assertThat(values.get("acceleration-z")).isCloseTo(-0.00980665, within(1e-9));
        assertThat(bench.getAsLong() - before).isEqualTo(10_000_000);
    }

    @ParameterizedTest
    @CsvSource({"4, 1, 17, 98", "8, 25, 37, a8", "16, 400, 77, b8"})
    void settings_areTheRegisters(int range, int rate, String first, String fourth) throws Exception {
        registers.then(OPENING.replace("57 00 00 88", first + " 00 00 " + fourth));
        bench.open("lis3dh", "range = " + range + ", rate = " + rate, registers);
        registers.assertPlayed();
        assertThat(Bench.problems("lis3dh", "range = 3, rate = 2")).hasSize(2);
    }

    @Test
    void read_theEndsAreNoValue_andZerosAreRefused() throws Exception {
        var sensor = opened();
        registers.then(READY).then("register a8 6 -> f0 7f 00 00 00 40");
        assertThat(Bench.absent(sensor)).contains("acceleration-x none: ", "acceleration-x is saturated; widen range");
        registers.then(READY).then("register a8 6 -> 00 00 00 80 00 40");
        assertThat(Bench.absent(sensor)).contains("acceleration-y none: ", "acceleration-y is saturated");
        registers.then(READY).then("register a8 6 -> 00 00 00 00 00 7d");
        assertThat(Bench.absent(sensor)).contains("acceleration-z none: ", "acceleration-z is saturated");
        registers.then(READY).then("register a8 6 -> 00 00 00 00 00 00");
        assertThatThrownBy(sensor::read).hasMessageContaining("answers only 0x00");
    }

    @Test
    void open_anotherIdIsRefused() {
        assertThatThrownBy(() -> bench.open("lis3dh", "", registers.then("register 0f 1 -> 32")))
                .hasMessageContaining("its id is 0x32");
        assertThat(registers.closed()).isOne();
    }

    @Test
    void read_afterAPowerCutIsRefusedOnce() throws Exception {
        var sensor = opened();
        registers.then(READY.replace("57 00 00 88", "07 00 00 00").replace("register 27 1 -> 0f\n", ""));
        assertThatThrownBy(sensor::read).hasMessageContaining("CTRL_REG1 is 0x7, not the 0x57 written");
        registers.then(OPENING).then(READY).then("register a8 6 -> 80 3e 00 00 00 00");
        assertThat(Bench.read(sensor).get("acceleration-x")).isCloseTo(9.80665, within(1e-9));
        registers.assertPlayed();
    }

    @ParameterizedTest
    @CsvSource({"2, 100, 0.001", "4, 1, 0.002", "8, 400, 0.004", "16, 50, 0.012"})
    void read_agreesWithTheModel(int range, int rate, double step) throws Exception {
        var random = Bench.random();
        var model = new Lis3dhModel(bench);
        var sensor = bench.open("lis3dh", "range = " + range + ", rate = " + rate, new ModelRegisters(model));
        for (var i = 0; i < 1000; i++) {
            var world = new HashMap<String, Double>();
            for (var axis : new String[] {"x", "y", "z"}) {
                world.put("acceleration-" + axis, (random.nextDouble() * 2 - 1) * range * 0.999 * 9.80665);
            }
            world.forEach(model::set);
            Bench.read(sensor)
                    .forEach((name, value) ->
                            assertThat(value).as(name).isCloseTo(world.get(name), within(0.501 * step * 9.80665)));
        }
    }
}
