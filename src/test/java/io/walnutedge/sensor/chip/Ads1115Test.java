package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.reading.Quantity;
import io.walnutedge.reading.Value;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ads1115Test {
    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();

    private Sensor opened(String hocon) throws Exception {
        return bench.open("ads1115", hocon, registers.then("register 01 2 -> 85 83"));
    }

    @ParameterizedTest
    @CsvSource({"7f ff, 2.0479375", "00 01, 0.0000625", "ff ff, -0.0000625", "80 00, -2.048"})
    void read_publishedTable(String code, double volts) throws Exception {
        var sensor = opened("channels = a0, range = 2.048");
        registers.then("write 01 c5 83").then("register 01 2 -> c5 83").then("register 00 2 -> " + code);
        if (code.equals("7f ff") || code.equals("80 00")) {
            assertThatThrownBy(sensor::read)
                    .isInstanceOf(SensorException.class)
                    .hasMessageContaining("a0 is saturated at " + (volts < 0 ? "-2.048" : "2.048"));
        } else {
            assertThat(Bench.read(sensor)).containsEntry("a0", volts);
        }
        registers.assertPlayed();
    }

    @Test
    void read_channelsInOrderEachWithItsRange() throws Exception {
        var sensor = opened("channels = [a3, a0-a1], rate = 860, ranges { a0-a1 = 0.256 }");
        registers.then("""
            write 01 f3 e3
            register 01 2 -> f3 e3
            register 00 2 -> 40 00
            write 01 8b e3
            register 01 2 -> 8b e3
            register 00 2 -> c0 00
            """);
        assertThat(Bench.read(sensor))
                .containsExactly(java.util.Map.entry("a3", 2.048), java.util.Map.entry("a0-a1", -0.128));
        registers.assertPlayed();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "register 00 2 -> 7f ff | a3 none: ADS1115 at i2c-1 0x48: a3 is saturated at 2.048 V",
                "register 00 2 -> NACK  | a3 failed: "
            })
    void read_aChannelWithoutAValue_takesNoOther(String answer, String reason) throws Exception {
        var sensor = opened("channels = [a3, a0-a1], range = 2.048, rate = 860");
        registers
                .then("write 01 f5 e3\nregister 01 2 -> f5 e3")
                .then(answer)
                .then("write 01 85 e3\nregister 01 2 -> 85 e3\nregister 00 2 -> c0 00");
        var sample = sensor.read();
        var none = sample.get(0).absence().orElseThrow();
        assertThat("a3 " + (none.failed() ? "failed: " : "none: ") + none.reason())
                .startsWith(reason);
        assertThat(sample.get(1).value()).isEqualTo(Value.of(-1.024));
        registers.assertPlayed();
    }

    @Test
    void read_waitsUntilTheConversionIsOver() throws Exception {
        var sensor = opened("channels = a0");
        var before = bench.getAsLong();
        registers
                .then("write 01 c3 83")
                .then("register 01 2 -> 43 83\n".repeat(2))
                .then("register 01 2 -> c3 83");
        registers.then("register 00 2 -> 00 10");
        sensor.read();
        registers.assertPlayed();
        // 1/128 s and a tenth of it and 25 us, and two polls
        assertThat((bench.getAsLong() - before) / 1e6).isCloseTo(8.59375 + 0.025 + 2, within(0.001));
    }

    @Test
    void read_endlessConversionEndsAtTheDeadline() throws Exception {
        var sensor = opened("channels = a0");
        registers.then("write 01 c3 83").then("register 01 2 -> 43 83\n".repeat(10));
        assertThatThrownBy(sensor::read).hasMessageContaining("still converts");
        registers.assertPlayed();
    }

    @Test
    void read_otherConfigurationThanWrittenIsRefused() throws Exception {
        var sensor = opened("channels = a0");
        registers.then("write 01 c3 83").then("register 01 2 -> 85 83");
        assertThatThrownBy(sensor::read).hasMessageContaining("configuration is 0x0583, not the 0x4383 written");
    }

    @Test
    void read_onlyOnesOrZerosAreRefused() throws Exception {
        var sensor = opened("channels = a0");
        registers.then("write 01 c3 83").then("register 01 2 -> ff ff");
        assertThatThrownBy(sensor::read).hasMessageContaining("answers only 0xff");
        registers.then("write 01 c3 83").then("register 01 2 -> 00 00");
        assertThatThrownBy(sensor::read).hasMessageContaining("answers only 0x00");
    }

    @Test
    void plan_hasAVoltageForEachChannel() {
        assertThat(Bench.plan("ads1115", "channels = [a0, a2-a3]").quantities())
                .containsExactly(Quantity.VOLTAGE.named("a0"), Quantity.VOLTAGE.named("a2-a3"));
        assertThat(Bench.plan("ads1115", "").quantities()).hasSize(4);
    }

    @Test
    void plan_tellsEveryMistake() {
        assertThat(Bench.problems("ads1115", "channels = [a0, a4, a0]\nrange = 5\nrate = 100\nranges { a1 = 1.024 }"))
                .hasSize(5)
                .anySatisfy(problem -> assertThat(problem).contains("'a4' is no channel"))
                .anySatisfy(problem -> assertThat(problem).contains("a0 is there twice"))
                .anySatisfy(problem -> assertThat(problem).contains("5.0 is no range"))
                .anySatisfy(problem -> assertThat(problem).contains("100 is none of 8, 16"))
                .anySatisfy(problem -> assertThat(problem).contains("ranges.a1: unknown key"));
    }
}
