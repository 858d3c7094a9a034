package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walnutedge.sensor.Sensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Adt7420Test {
    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();

    private Sensor opened() throws Exception {
        return bench.open("adt7420", "", registers.then("register 0b 1 -> cb").then("write 03 80"));
    }

    private void answer(String word) {
        registers.then("register 02 1 -> 00").then("register 00 2 -> " + word).then("register 03 1 -> 80");
    }

    /** Rev. A, table 5, with three bits more. */
    @ParameterizedTest
    @CsvSource({
        "ec 00, -40",
        "f3 80, -25",
        "ff f8, -0.0625",
        "ff ff, -0.0078125",
        "00 00, 0",
        "00 08, 0.0625",
        "0c 80, 25",
        "34 80, 105",
        "3e 80, 125",
        "4b 00, 150"
    })
    void read_publishedTable(String word, double celsius) throws Exception {
        var sensor = opened();
        answer(word);
        assertThat(Bench.read(sensor)).containsEntry("temperature", celsius);
        registers.assertPlayed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"eb ff", "4b 01", "80 00", "7f ff"})
    void read_beyondTheRangeIsRefused(String word) throws Exception {
        var sensor = opened();
        answer(word);
        assertThatThrownBy(sensor::read).hasMessageContaining("beyond what the chip measures");
    }

    @Test
    void read_waitsForTheNextConversion() throws Exception {
        var sensor = opened();
        var before = bench.getAsLong();
        registers.then("register 02 1 -> 80").then("register 02 1 -> 80");
        answer("0c 80");
        assertThat(Bench.read(sensor)).containsEntry("temperature", 25.0);
        registers.assertPlayed();
        assertThat(bench.getAsLong() - before).isEqualTo(241_000_000);
    }

    @Test
    void read_afterAPowerCutIsRefused() throws Exception {
        var sensor = opened();
        registers.then("register 02 1 -> 00").then("register 00 2 -> 0c 80").then("register 03 1 -> 00");
        assertThatThrownBy(sensor::read).hasMessageContaining("was its power interrupted");
    }

    @Test
    void read_ofADeadBusIsRefused() throws Exception {
        var sensor = opened();
        registers.then("register 02 1 -> 00").then("register 00 2 -> 00 00").then("register 03 1 -> 00");
        assertThatThrownBy(sensor::read).hasMessageContaining("configuration");
        registers.then("register 02 1 -> ff\n".repeat(242));
        assertThatThrownBy(sensor::read).hasMessageContaining("still converts after 480 ms");
        registers.assertPlayed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "00", "75"})
    void open_anotherChipIsRefused(String id) {
        assertThatThrownBy(() -> bench.open("adt7420", "", registers.then("register 0b 1 -> " + id)))
                .hasMessageContaining("another one: its id is 0x" + id);
        assertThat(registers.closed()).isEqualTo(1);
    }
}
