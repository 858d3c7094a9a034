package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.Crc8;
import io.walnutedge.sensor.Drivers;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.simulate.chip.Sgp40Model;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Sgp40Test {
    /** The published example: 50 % and 25 °C. */
    private static final String MEASURE = "write 26 0f 80 00 a2 66 66 93";

    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();

    private static String answer(int word) {
        var crc = Crc8.SENSIRION.of((byte) (word >> 8), (byte) word);
        return String.format("read 3 -> %02x %02x %02x", word >> 8, word & 0xff, crc);
    }

    /** Lets the hotplate warm up, second by second. */
    private Map<String, Double> warm(Sensor sensor) throws Exception {
        for (var i = 0; i < 46; i++) {
            assertThat(sensor.read()).isEmpty();
            bench.pause(Duration.ofSeconds(1));
        }
        return Bench.read(sensor);
    }

    private Sensor opened(String hocon) throws Exception {
        return bench.open("sgp40", hocon, registers.then("write 28 0e").then(answer(0xd400)));
    }

    @Test
    void read_sendsThePublishedCompensation() throws Exception {
        var sensor = opened("");
        var before = bench.getAsLong();
        registers.then(MEASURE).then("read 3 -> be ef 92");
        assertThat(sensor.read()).isEmpty();
        registers.assertPlayed();
        assertThat(bench.getAsLong() - before).isEqualTo(30_000_000);
    }

    @Test
    void compensation_isTheSettings() throws Exception {
        var sensor = opened("humidity = 100, temperature = -45");
        registers.then("write 26 0f ff ff ac 00 00 81").then("read 3 -> be ef 92");
        sensor.read();
        registers.assertPlayed();
        assertThat(Bench.problems("sgp40", "humidity = 101, temperature = 131")).hasSize(2);
    }

    @Test
    void read_refusesABadChecksumAndTheEnds() throws Exception {
        var sensor = opened("");
        registers.then(MEASURE).then("read 3 -> be ef 93");
        assertThatThrownBy(sensor::read).hasMessageContaining("bad checksum 0x93 instead of 0x92");
        registers.then(MEASURE).then(answer(0));
        assertThatThrownBy(sensor::read).hasMessageContaining("at its end (0x0000)");
        registers.then(MEASURE).then(answer(0xffff));
        assertThatThrownBy(sensor::read).hasMessageContaining("at its end (0xffff)");
    }

    @Test
    void open_failedSelfTestIsRefused() {
        registers.then("write 28 0e").then(answer(0x4b00));
        assertThatThrownBy(() -> bench.open("sgp40", "", registers)).hasMessageContaining("self-test: 0x4b00");
        assertThat(registers.closed()).isOne();
    }

    @Test
    void close_switchesTheHeaterOff() throws Exception {
        var model = new Sgp40Model(bench);
        var sensor = bench.open("sgp40", "", new ModelRegisters(model));
        sensor.read();
        assertThat(model.isHeating()).isTrue();
        sensor.close();
        assertThat(model.isHeating()).isFalse();
    }

    @Test
    void index_outlastsAFailure_andIsLearntAnewByAnotherPlan() throws Exception {
        var model = new Sgp40Model(bench);
        var plan = Bench.plan("sgp40", "");
        bench.open("sgp40", "", new ModelRegisters(model)).close();
        var sensor = plan.opening().open(bench);
        warm(sensor);
        for (var i = 0; i < 4 * 3600; i++) {
            bench.pause(Duration.ofSeconds(1));
            sensor.read();
        }
        assertThat(Bench.read(sensor)).containsEntry("voc-index", 100.0);
        sensor.close();
        bench.pause(Duration.ofMinutes(5));
        assertThat(warm(plan.opening().open(bench))).containsEntry("voc-index", 100.0);
        assertThat(warm(bench.open("sgp40", "", new ModelRegisters(model)))).containsEntry("voc-index", 1.0);
    }

    @Test
    void sampling_isEachSecond() {
        assertThat(Drivers.installed().find("sgp40").orElseThrow().sampleEvery())
                .hasValue(Duration.ofSeconds(1));
    }

    @Test
    void read_agreesWithTheModel() throws Exception {
        var random = Bench.random();
        var model = new Sgp40Model(bench);
        for (var i = 0; i < 50; i++) {
            var hocon = "humidity = " + random.nextInt(101) + ", temperature = " + (random.nextInt(176) - 45);
            var sensor = bench.open("sgp40", hocon, new ModelRegisters(model));
            var signal = 1 + random.nextDouble() * 65_533;
            model.set("voc-raw", signal);
            var values = warm(sensor);
            assertThat(values.get("voc-raw")).isCloseTo(signal, within(0.5));
            assertThat(values.get("voc-index")).isBetween(1.0, 100.0);
        }
    }
}
