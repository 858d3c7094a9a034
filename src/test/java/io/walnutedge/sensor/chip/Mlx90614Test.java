package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.Crc8;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.simulate.chip.Mlx90614Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Mlx90614Test {
    private static final Crc8 PEC = new Crc8(0x07, 0);

    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();

    private static String frame(int register, int word) {
        var sum = PEC.of((byte) 0xb4, (byte) register, (byte) 0xb5, (byte) word, (byte) (word >> 8));
        return String.format("register %02x 3 -> %02x %02x %02x", register, word & 0xff, word >> 8, sum);
    }

    private Sensor opened() throws Exception {
        return bench.open("mlx90614", "", registers.then(frame(7, 0x3af7)).then(frame(6, 0x3af7)));
    }

    /** 3901090614, 8.4.6: the example of a transfer, whose checksum is 0x30: 37.49 °C. */
    @Test
    void checksum_publishedExample() {
        assertThat(PEC.of((byte) 0xb4, (byte) 0x07, (byte) 0xb5, (byte) 0xd2, (byte) 0x3a))
                .isEqualTo(0x30);
    }

    /** 8.7.2. */
    @ParameterizedTest
    @CsvSource({"0x27ad, -70.01", "0x355a, 0.01", "0x3af7, 28.75", "0x7fff, 382.19", "0x3ad2, 28.01"})
    void read_publishedCodes(String code, double celsius) throws Exception {
        var sensor = opened();
        registers.then(frame(7, Integer.decode(code))).then(frame(6, 0x3af7));
        var values = Bench.read(sensor);
        registers.assertPlayed();
        assertThat(values.get("object")).isCloseTo(celsius, within(1e-9));
        assertThat(values.get("ambient")).isCloseTo(28.75, within(1e-9));
    }

    @Test
    void read_errorFlagChecksumAndPowerUpAreRefused() throws Exception {
        var sensor = opened();
        registers.then(frame(7, 0x8123));
        assertThatThrownBy(sensor::read).hasMessageContaining("not valid (0x8123)");
        registers.then("register 07 3 -> d2 3a 31");
        assertThatThrownBy(sensor::read).hasMessageContaining("bad checksum 0x31 instead of 0x30");
        registers.then(frame(7, 0));
        assertThatThrownBy(sensor::read).hasMessageContaining("-273.15 °C is beyond");
        registers.then("register 07 3 -> ff ff ff");
        assertThatThrownBy(sensor::read).hasMessageContaining("0xff");
    }

    @Test
    void read_agreesWithTheModel() throws Exception {
        var random = Bench.random();
        var model = new Mlx90614Model(bench);
        var sensor = bench.open("mlx90614", "", new ModelRegisters(model));
        for (var i = 0; i < 1000; i++) {
            var object = -70 + random.nextDouble() * 452;
            var ambient = -40 + random.nextDouble() * 165;
            model.set("object", object);
            model.set("ambient", ambient);
            var values = Bench.read(sensor);
            assertThat(values.get("object")).isCloseTo(object, within(0.0101));
            assertThat(values.get("ambient")).isCloseTo(ambient, within(0.0101));
        }
    }
}
