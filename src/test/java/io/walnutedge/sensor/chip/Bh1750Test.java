package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.SensorException;
import org.junit.jupiter.api.Test;

class Bh1750Test {
    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters().then("write 01");

    private double read(String hocon, String script) throws Exception {
        var sensor = bench.open("bh1750", hocon, registers.then(script));
        var value = Bench.read(sensor).get("illuminance");
        registers.assertPlayed();
        return value == null ? Double.NaN : value;
    }

    @Test
    void read_publishedExample() throws Exception {
        var before = bench.getAsLong();
        var lux = read("", """
            write 01
            write 42
            write 65
            write 20
            read 2 -> 83 90
            """);
        assertThat(lux).isCloseTo(28_066.7, within(0.05));
        assertThat(bench.getAsLong() - before).isEqualTo(180_000_000);
    }

    @Test
    void read_timeAndResolutionScaleTheValueAndTheWait() throws Exception {
        var before = bench.getAsLong();
        // the technical note's finest count: 1 / 1.2 / 2 * 69 / 254
        var lux = read("resolution = highest, measurement-time = 254", """
            write 01
            write 47
            write 7e
            write 21
            read 2 -> 00 01
            """);
        assertThat(lux).isCloseTo(0.11, within(0.005));
        assertThat(bench.getAsLong() - before).isEqualTo(180_000_000L * 254 / 69);
    }

    @Test
    void read_darkIsZeroLux() throws Exception {
        assertThat(read("resolution = low", "write 01\nwrite 42\nwrite 65\nwrite 23\nread 2 -> 00 00"))
                .isZero();
    }

    @Test
    void read_saturatedIsRefused() {
        assertThatThrownBy(() -> read("", "write 01\nwrite 42\nwrite 65\nwrite 20\nread 2 -> ff ff"))
                .isInstanceOf(SensorException.class)
                .hasMessageContaining("BH1750 at i2c-1 0x23: saturated");
    }

    @Test
    void read_nackAndShortAnswerAreFailures() {
        assertThatThrownBy(() -> read("", "write 01\nwrite 42\nwrite 65\nwrite 20 -> NACK"))
                .isInstanceOf(SensorException.class);
        registers.then("write 01");
        assertThatThrownBy(() -> read("", "write 01\nwrite 42\nwrite 65\nwrite 20\nread 2 -> 01"))
                .hasMessageContaining("1 bytes instead of 2");
    }
}
