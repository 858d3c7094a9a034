package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.Sensor;
import io.walnutedge.simulate.chip.Adxl345Model;
import java.util.HashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Adxl345Test {
    private static final String OPENING = """
        register 00 1 -> e5
        write 2c 0a 00
        write 1e 00 00 00
        write 31 08
        write 38 00
        write 2c 0a 08
        """;
    private static final String READY = """
        register 32 6 -> 00 00 00 00 00 00
        register 2c 2 -> 0a 08
        register 30 2 -> 83 08
        """;

    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();

    private Sensor opened() throws Exception {
        return bench.open("adxl345", "", registers.then(OPENING));
    }

    /** 256 steps by g; 1, -1 and 1/256 g. */
    @Test
    void read_isOneTransfer() throws Exception {
        var sensor = opened();
        var before = bench.getAsLong();
        registers.then(READY).then("register 32 6 -> 00 01 00 ff 01 00");
        var values = Bench.read(sensor);
        registers.assertPlayed();
        assertThat(values.get("acceleration-x")).isCloseTo(9.80665, within(1e-9));
        assertThat(values.get("acceleration-y")).isCloseTo(-9.80665, within(1e-9));
        assertThat(values.get("acceleration-z")).isCloseTo(9.80665 / 256, within(1e-9));
        assertThat(bench.getAsLong() - before).isEqualTo(10_000_000);
    }

    @Test
    void settings_areTheRegisters() throws Exception {
        registers.then(OPENING.replace("2c 0a", "2c 08").replace("31 08", "31 0b"));
        bench.open("adxl345", "range = 16, rate = 25", registers);
        registers.assertPlayed();
        assertThat(Bench.problems("adxl345", "range = 3, rate = 12")).hasSize(2);
    }

    @Test
    void read_theEndsAreNoValue_andZerosAreRefused() throws Exception {
        var sensor = opened();
        registers.then(READY).then("register 32 6 -> ff 01 00 00 00 01");
        assertThat(Bench.absent(sensor)).contains("acceleration-x none: ", "acceleration-x is saturated; widen range");
        registers.then(READY).then("register 32 6 -> 00 00 00 fe 00 01");
        assertThat(Bench.absent(sensor)).contains("acceleration-y none: ", "acceleration-y is saturated");
        registers.then(READY).then("register 32 6 -> 00 00 00 00 00 00");
        assertThatThrownBy(sensor::read).hasMessageContaining("answers only 0x00");
    }

    @Test
    void open_anotherIdIsRefused() {
        assertThatThrownBy(() -> bench.open("adxl345", "", registers.then("register 00 1 -> e6")))
                .hasMessageContaining("its id is 0xe6");
        assertThat(registers.closed()).isOne();
    }

    @Test
    void read_afterAPowerCutIsRefusedOnce() throws Exception {
        var sensor = opened();
        registers.then("register 32 6 -> 00 00 00 00 00 00").then("register 2c 2 -> 0a 00");
        assertThatThrownBy(sensor::read).hasMessageContaining("POWER_CTL is 0x0, not the 0x8 written");
        registers.then(OPENING).then(READY).then("register 32 6 -> 00 01 00 00 00 00");
        assertThat(Bench.read(sensor).get("acceleration-x")).isCloseTo(9.80665, within(1e-9));
        registers.assertPlayed();
    }

    @ParameterizedTest
    @CsvSource({"2, 100", "4, 25", "8, 400", "16, 50"})
    void read_agreesWithTheModel(int range, int rate) throws Exception {
        var random = Bench.random();
        var model = new Adxl345Model(bench);
        var sensor = bench.open("adxl345", "range = " + range + ", rate = " + rate, new ModelRegisters(model));
        for (var i = 0; i < 1000; i++) {
            var world = new HashMap<String, Double>();
            for (var axis : new String[] {"x", "y", "z"}) {
                world.put("acceleration-" + axis, (random.nextDouble() * 2 - 1) * range * 0.996 * 9.80665);
            }
            world.forEach(model::set);
            Bench.read(sensor)
                    .forEach((name, value) ->
                            assertThat(value).as(name).isCloseTo(world.get(name), within(0.501 * 9.80665 / 256)));
        }
    }
}
