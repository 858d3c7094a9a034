package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.Sensor;
import io.walnutedge.simulate.chip.Am2320Model;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Am2320Test {
    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();

    private void answer(String frame) {
        registers.then("write 00 -> NACK").then("write 03 00 04").then("read 8 -> " + frame);
    }

    private Sensor opened() throws Exception {
        answer("03 04 01 f4 00 fa 31 a5");
        var sensor = bench.open("am2320", "", registers);
        bench.pause(Duration.ofSeconds(2));
        return sensor;
    }

    /** Product manual, 8.2.4. */
    @Test
    void read_publishedExample() throws Exception {
        var sensor = opened();
        answer("03 04 01 f4 00 fa 31 a5");
        var values = Bench.read(sensor);
        registers.assertPlayed();
        assertThat(values).containsEntry("humidity", 50.0).containsEntry("temperature", 25.0);
    }

    @Test
    void open_takesWhatIsOld_andTheFirstValueIsNew() throws Exception {
        answer("03 04 01 f4 00 fa 31 a5");
        var sensor = bench.open("am2320", "", registers);
        bench.pause(Duration.ofMillis(1_900));
        assertThat(sensor.read()).isEmpty();
        bench.pause(Duration.ofMillis(100));
        answer("03 04 01 f4 00 fa 31 a5");
        assertThat(sensor.read()).hasSize(2);
        registers.assertPlayed();
    }

    @ParameterizedTest
    @CsvSource({
        "03 04 01 f4 00 fa 31 a4, bad checksum 0xa431 instead of 0xa531",
        "83 04 01 f4 00 fa 31 a5, 0x8304",
        "ff ff ff ff ff ff ff ff, 0xff",
        "00 00 00 00 00 00 00 00, 0x00",
        "NACK, not acknowledged"
    })
    void read_badFrameIsRefused(String frame, String part) throws Exception {
        var sensor = opened();
        answer(frame);
        assertThatThrownBy(sensor::read).hasMessageContaining(part);
    }

    @Test
    void read_agreesWithTheModel() throws Exception {
        var random = Bench.random();
        var model = new Am2320Model(bench);
        var sensor = bench.open("am2320", "", new ModelRegisters(model));
        bench.pause(Duration.ofSeconds(2));
        for (var i = 0; i < 1000; i++) {
            var celsius = -40 + random.nextDouble() * 120;
            var percent = random.nextDouble() * 99.9;
            model.set("temperature", celsius);
            model.set("humidity", percent);
            sensor.read();
            bench.pause(Duration.ofSeconds(2));
            var values = Bench.read(sensor);
            assertThat(values.get("temperature")).isCloseTo(celsius, within(0.0501));
            assertThat(values.get("humidity")).isCloseTo(percent, within(0.0501));
            bench.pause(Duration.ofSeconds(2));
        }
    }
}
