package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.simulate.chip.Aht20Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Aht10Test {
    private static final String READY = "write ba\nread 1 -> 18\n";

    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();

    private Sensor opened() throws Exception {
        return bench.open("aht10", "", registers.then(READY));
    }

    private void measured(String answer) {
        registers.then("write ac 33 00\nread 1 -> 18\nread 6 -> " + answer);
    }

    /** The frame of a real AHT20, which has the same format before its checksum (see Aht20Test). */
    @Test
    void read_frameWithoutChecksum() throws Exception {
        var sensor = opened();
        measured("1c 3b 5e 86 88 b2");
        var values = Bench.read(sensor);
        registers.assertPlayed();
        assertThat(values.get("humidity")).isCloseTo(23.191071, within(1e-6));
        assertThat(values.get("temperature")).isCloseTo(31.674576, within(1e-6));
    }

    @Test
    void open_initializesWithItsOwnCommand() throws Exception {
        registers.then("write ba\nread 1 -> 10\nwrite e1 08 00\nread 1 -> 18");
        bench.open("aht10", "", registers);
        registers.assertPlayed();
    }

    @Test
    void open_notCalibratedAfterwardsIsRefused() {
        registers.then("write ba\nread 1 -> 00\nwrite e1 08 00\nread 1 -> 10");
        assertThatThrownBy(() -> bench.open("aht10", "", registers)).hasMessageContaining("status is 0x10");
        assertThat(registers.closed()).isOne();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ff ff ff ff ff ff",
                "00 00 00 00 00 00",
                "10 3b 5e 86 88 b2", // not calibrated
                "18 00 00 00 00 00", // no result
                "18 00 00 06 88 b2", // no humidity yet
                "18 3b 5e 8b 00 00", // 87.5 °C
                "18 3b 5e"
            })
    void read_whatItCannotHaveMeasuredIsRefused_andItIsPreparedAnew(String answer) throws Exception {
        var sensor = opened();
        measured(answer);
        assertThatThrownBy(sensor::read).isInstanceOf(SensorException.class);
        registers.then(READY);
        measured("1c 3b 5e 86 88 b2");
        assertThat(Bench.read(sensor)).hasSize(2);
        registers.assertPlayed();
    }

    @Test
    void read_agreesWithTheModel() throws Exception {
        var random = Bench.random();
        var model = Aht20Model.aht10(bench);
        var sensor = bench.open("aht10", "", new ModelRegisters(model));
        for (var i = 0; i < 1000; i++) {
            var celsius = -39.9 + random.nextDouble() * 124.8;
            var percent = random.nextDouble() * 100;
            model.set("temperature", celsius);
            model.set("humidity", percent);
            var values = Bench.read(sensor);
            assertThat(values.get("temperature")).isCloseTo(celsius, within(0.0001));
            assertThat(values.get("humidity")).isCloseTo(percent, within(0.0001));
        }
    }
}
