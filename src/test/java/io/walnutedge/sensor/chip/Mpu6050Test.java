package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.Sensor;
import io.walnutedge.simulate.chip.Mpu6050Model;
import java.util.HashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Mpu6050Test {
    private static final String OPENING = """
        register 75 1 -> 68
        write 6b 80
        write 6b 01
        write 1a 03 00 00
        write 38 01
        """;
    private static final String READY = """
        register 6b 1 -> 01
        register 1a 3 -> 03 00 00
        register 3a 1 -> 01
        register 3a 1 -> 01
        """;

    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();

    private Sensor opened() throws Exception {
        return bench.open("mpu6050", "", registers.then(OPENING));
    }

    /** 16384 a g, 131 a degree by the second, -521 at 35 degrees (PS-MPU-6000A, 6.1 to 6.3). */
    @Test
    void read_isOneTransferWithThePublishedScales() throws Exception {
        var sensor = opened();
        registers.then(READY).then("register 3b 14 -> 40 00 c0 00 20 00 fd f7 00 83 ff 7d 00 00");
        var values = Bench.read(sensor);
        registers.assertPlayed();
        assertThat(values.get("acceleration-x")).isEqualTo(9.80665);
        assertThat(values.get("acceleration-y")).isEqualTo(-9.80665);
        assertThat(values.get("acceleration-z")).isEqualTo(9.80665 / 2);
        assertThat(values.get("rotation-x")).isCloseTo(1, within(0.001));
        assertThat(values.get("rotation-y")).isCloseTo(-1, within(0.001));
        assertThat(values.get("rotation-z")).isZero();
        assertThat(values.get("temperature")).isCloseTo(35, within(0.003));
    }

    @Test
    void settings_areTheRegisters() throws Exception {
        var wide = OPENING.replace("03 00 00", "00 18 10");
        bench.open("mpu6050", "range-acceleration = 8, range-rotation = 2000, filter = 260", registers.then(wide));
        registers.assertPlayed();
        assertThat(Bench.problems("mpu6050", "range-acceleration = 3")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "7f ff 00 00 00 00 f0 00 00 00 00 00 00 00, acceleration-x is saturated",
        "00 00 80 00 00 00 f0 00 00 00 00 00 00 00, acceleration-y is saturated",
        "00 00 00 00 00 00 f0 00 00 00 00 00 80 00, rotation-z is saturated; widen range-rotation",
    })
    void read_anAxisAtItsEnd_takesNoOther(String data, String message) throws Exception {
        var sensor = opened();
        registers.then(READY).then("register 3b 14 -> " + data);
        assertThat(Bench.absent(sensor).lines()).singleElement().asString().contains(" none: ", message);
    }

    @ParameterizedTest
    @CsvSource({
        "00 00 00 00 40 00 7f ff 00 00 00 00 00 00, temperature 132.90 °C is beyond",
        "00 00 00 00 00 00 00 00 00 00 00 00 00 00, answers only 0x00"
    })
    void read_refuses(String data, String message) throws Exception {
        var sensor = opened();
        registers.then(READY).then("register 3b 14 -> " + data);
        assertThatThrownBy(sensor::read).hasMessageContaining(message);
    }

    @Test
    void read_waitsForANewSampleWithADeadline() throws Exception {
        var sensor = opened();
        registers.then(READY.replace("register 3a 1 -> 01", "register 3a 1 -> 00"));
        registers.then("register 3a 1 -> 00").then("register 3a 1 -> 00");
        assertThatThrownBy(sensor::read).hasMessageContaining("still converts after 4 ms");
        registers.assertPlayed();
    }

    @Test
    void open_anotherIdIsRefused() {
        assertThatThrownBy(() -> bench.open("mpu6050", "", registers.then("register 75 1 -> 70")))
                .hasMessageContaining("its id is 0x70");
        assertThat(registers.closed()).isOne();
    }

    @Test
    void read_afterAPowerCutIsRefusedOnce() throws Exception {
        var sensor = opened();
        registers.then("register 6b 1 -> 40");
        assertThatThrownBy(sensor::read).hasMessageContaining("was its power interrupted");
        registers.then(OPENING).then(READY).then("register 3b 14 -> 40 00 00 00 00 00 fe 00 00 00 00 00 00 00");
        assertThat(Bench.read(sensor)).containsEntry("acceleration-x", 9.80665);
        registers.assertPlayed();
    }

    @ParameterizedTest
    @CsvSource({"2, 250", "4, 500", "8, 1000", "16, 2000"})
    void read_agreesWithTheModel(int g, int degrees) throws Exception {
        var random = Bench.random();
        var model = new Mpu6050Model(bench);
        var hocon = "range-acceleration = " + g + ", range-rotation = " + degrees;
        var sensor = bench.open("mpu6050", hocon, new ModelRegisters(model));
        for (var i = 0; i < 1000; i++) {
            var world = new HashMap<String, Double>();
            world.put("temperature", -39.9 + random.nextDouble() * 124.8);
            for (var axis : new String[] {"x", "y", "z"}) {
                world.put("acceleration-" + axis, (random.nextDouble() * 2 - 1) * g * 9.806);
                world.put("rotation-" + axis, (random.nextDouble() * 2 - 1) * degrees * 0.9999);
            }
            world.forEach(model::set);
            Bench.read(sensor).forEach((name, value) -> {
                var step = name.startsWith("a") ? g * 9.80665 / 32_768 : degrees / 32_768.0;
                var tolerance = name.equals("temperature") ? 1 / 340.0 : step;
                assertThat(value).as(name).isCloseTo(world.get(name), within(tolerance * 0.501));
            });
        }
    }
}
