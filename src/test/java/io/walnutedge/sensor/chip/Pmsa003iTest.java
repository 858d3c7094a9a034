package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.Sensor;
import io.walnutedge.simulate.chip.Pmsa003iModel;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Pmsa003iTest {
    /** Masses 1, 2, 3 of the factory's calibration, 4, 258, 6 of the atmosphere's; version 0x97. */
    private static final String DATA =
            "42 4d 00 1c 00 01 00 02 00 03 00 04 01 02 00 06" + " 01 02 00 50 00 10 00 04 00 02 00 01 97 00";

    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();

    private static String frame(String data) {
        var sum = 0;
        for (var each : HexFormat.of().parseHex(data.replace(" ", ""))) {
            sum += each & 0xff;
        }
        return String.format("read 32 -> %s %02x %02x", data, sum >> 8, sum & 0xff);
    }

    private Sensor opened(String hocon) throws Exception {
        var sensor = bench.open("pmsa003i", hocon, registers.then(frame(DATA)));
        bench.pause(Duration.ofSeconds(30));
        return sensor;
    }

    @Test
    void read_isTheAtmosphereUnlessToldOtherwise() throws Exception {
        var sensor = opened("");
        registers.then(frame(DATA));
        assertThat(Bench.read(sensor)).containsExactly(entry("pm1", 4.0), entry("pm2-5", 258.0), entry("pm10", 6.0));
        var factory = opened("calibration = factory");
        registers.then(frame(DATA));
        assertThat(Bench.read(factory)).containsExactly(entry("pm1", 1.0), entry("pm2-5", 2.0), entry("pm10", 3.0));
        registers.assertPlayed();
    }

    @Test
    void read_hasNoValueUntilTheFanIsSteady() throws Exception {
        var sensor = bench.open("pmsa003i", "", registers.then(frame(DATA)));
        registers.then(frame(DATA));
        assertThat(sensor.read()).isEmpty();
        bench.pause(Duration.ofMillis(29_999));
        registers.then(frame(DATA));
        assertThat(sensor.read()).isEmpty();
        bench.pause(Duration.ofMillis(1));
        registers.then(frame(DATA));
        assertThat(sensor.read()).hasSize(3);
        var cold = bench.open("pmsa003i", "warm-up = 0s", registers.then(frame(DATA)));
        registers.then(frame(DATA));
        assertThat(cold.read()).hasSize(3);
    }

    @Test
    void read_badFramesAreRefused() throws Exception {
        var sensor = opened("");
        registers.then(frame(DATA).replace("97 00", "97 01"));
        assertThatThrownBy(sensor::read).hasMessageContaining("bad checksum");
        registers.then(frame(DATA.replace("42 4d", "42 4e")));
        assertThatThrownBy(sensor::read).hasMessageContaining("begins with 0x424e001c, not 0x424d001c");
        registers.then(frame(DATA.replace("00 1c", "00 14")));
        assertThatThrownBy(sensor::read).hasMessageContaining("begins with 0x424d0014");
        registers.then("read 32 -> NACK");
        assertThatThrownBy(sensor::read).hasMessageContaining("not acknowledged");
    }

    @Test
    void read_errorCodeIsRefused_andAValueBeyondTheRangeTakesNoOther() throws Exception {
        var sensor = opened("");
        registers.then(frame(DATA.replace("97 00", "97 02")));
        assertThatThrownBy(sensor::read).hasMessageContaining("out of order, with code 0x02");
        registers.then(frame(DATA.replace("00 04 01 02", "00 04 03 e9")));
        assertThat(Bench.absent(sensor).lines()).singleElement().asString().contains("pm2-5 1001.00 µg/m³ is beyond");
    }

    @Test
    void read_agreesWithTheModel() throws Exception {
        var random = Bench.random();
        var model = new Pmsa003iModel(bench);
        var sensor = bench.open("pmsa003i", "", new ModelRegisters(model));
        bench.pause(Duration.ofSeconds(30));
        for (var i = 0; i < 1000; i++) {
            var world = Map.of(
                    "pm1",
                    random.nextDouble() * 1000,
                    "pm2-5",
                    random.nextDouble() * 1000,
                    "pm10",
                    random.nextDouble());
            world.forEach(model::set);
            bench.pause(Duration.ofMillis(2300));
            Bench.read(sensor).forEach((name, value) -> assertThat(value).isCloseTo(world.get(name), within(0.5)));
        }
    }
}
