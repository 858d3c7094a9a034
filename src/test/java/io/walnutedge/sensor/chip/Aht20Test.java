package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.Crc8;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.simulate.chip.Aht20Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Aht20Test {
    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();

    private Sensor opened() throws Exception {
        return bench.open("aht20", "", registers.then("write ba").then("read 1 -> 18"));
    }

    private FakeRegisters measured(String answer) {
        return registers.then("write ac 33 00").then("read 1 -> 18").then("read 7 -> " + answer);
    }

    /** The frame of a real chip, with its checksum, as github.com/bilbobg/aht20 prints it in its README. */
    @Test
    void read_frameOfARealChip() throws Exception {
        var sensor = opened();
        var before = bench.getAsLong();
        measured("1c 3b 5e 86 88 b2 d2");
        var values = Bench.read(sensor);
        registers.assertPlayed();
        assertThat(values.get("humidity")).isCloseTo(23.191071, within(1e-6));
        assertThat(values.get("temperature")).isCloseTo(31.674576, within(1e-6));
        assertThat(bench.getAsLong() - before).isEqualTo(80_000_000);
    }

    @Test
    void open_initializesAChipThatIsNotCalibrated() throws Exception {
        registers.then("write ba").then("read 1 -> 10").then("write be 08 00").then("read 1 -> 18");
        bench.open("aht20", "", registers);
        registers.assertPlayed();
    }

    @Test
    void open_notCalibratedAfterwardsIsRefused() {
        registers.then("write ba").then("read 1 -> 00").then("write be 08 00").then("read 1 -> 10");
        assertThatThrownBy(() -> bench.open("aht20", "", registers)).hasMessageContaining("status is 0x10");
        assertThat(registers.closed()).isOne();
    }

    @Test
    void read_waitsWhileItIsBusy() throws Exception {
        var sensor = opened();
        registers
                .then("write ac 33 00")
                .then("read 1 -> 98")
                .then("read 1 -> 18")
                .then("read 7 -> 1c 3b 5e 86 88 b2 d2");
        sensor.read();
        registers.assertPlayed();
    }

    @Test
    void read_busyForeverIsRefused() throws Exception {
        var sensor = opened();
        registers.then("write ac 33 00").then("read 1 -> 98\n".repeat(81));
        assertThatThrownBy(sensor::read).hasMessageContaining("still converts after 160 ms");
        registers.assertPlayed();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1c 3b 5e 86 88 b2 d3", "1c 3b 5f 86 88 b2 d2", "ff ff ff ff ff ff ff", "00 00 00 00 00 00 00"})
    void read_badChecksumOrDeadBusIsRefused(String answer) throws Exception {
        var sensor = opened();
        measured(answer);
        assertThatThrownBy(sensor::read).isInstanceOf(SensorException.class);
        registers.assertPlayed();
    }

    private static String withChecksum(int... bytes) {
        var text = new StringBuilder();
        var all = new byte[bytes.length];
        for (var i = 0; i < bytes.length; i++) {
            all[i] = (byte) bytes[i];
            text.append(String.format("%02x ", bytes[i]));
        }
        return text + String.format("%02x", Crc8.SENSIRION.of(all));
    }

    /** After a power cut: no result, or no calibration. */
    @Test
    void read_afterAPowerCutIsRefused() throws Exception {
        var sensor = opened();
        measured(withChecksum(0x18, 0, 0, 0, 0, 0));
        assertThatThrownBy(sensor::read).hasMessageContaining("-50.00 °C is beyond");
        measured(withChecksum(0x10, 0x3b, 0x5e, 0x86, 0x88, 0xb2));
        assertThatThrownBy(sensor::read).hasMessageContaining("not calibrated");
    }

    @Test
    void read_agreesWithTheModel() throws Exception {
        var random = Bench.random();
        var model = new Aht20Model(bench);
        var sensor = bench.open("aht20", "", new ModelRegisters(model));
        for (var i = 0; i < 1000; i++) {
            var celsius = -39.9 + random.nextDouble() * 159.8;
            var percent = random.nextDouble() * 100;
            model.set("temperature", celsius);
            model.set("humidity", percent);
            var values = Bench.read(sensor);
            assertThat(values.get("temperature")).isCloseTo(celsius, within(0.0001));
            assertThat(values.get("humidity")).isCloseTo(percent, within(0.0001));
        }
    }
}
