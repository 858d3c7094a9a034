package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorException;
import org.junit.jupiter.api.Test;

class Hdc2080Test {
    private static final String START = """
        register fc 4 -> 49 54 d0 07
        write 0e 00
        """;

    private final FakeRegisters registers = new FakeRegisters().then(START);

    private Sensor open(String transfers) throws Exception {
        return new Bench().open("hdc2080", "", registers.then(transfers));
    }

    @Test
    void read_lowerByteFirst() throws Exception {
        var sensor = open("""
            write 0f 01
            register 04 1 -> 00
            register 04 1 -> 80
            register 00 4 -> 00 60 00 80
            register fc 4 -> 49 54 d0 07
            """);
        // the datasheet's equations: 0x6000 / 65536 * 165 - 40.5, and 0x8000 / 65536 * 100
        assertThat(Bench.read(sensor)).containsEntry("temperature", 21.375).containsEntry("humidity", 50.0);
        registers.assertPlayed();
    }

    @Test
    void read_busGoneMeanwhile_isRefused() throws Exception {
        var sensor = open("""
            write 0f 01
            register 04 1 -> ff
            register 00 4 -> ff ff ff ff
            register fc 4 -> ff ff ff ff
            """);
        assertThatThrownBy(sensor::read).isInstanceOf(SensorException.class).hasMessageContaining("another one");
    }

    @Test
    void read_registersAfterPowerCut_areRefused() throws Exception {
        var sensor = open("""
            write 0f 01
            register 04 1 -> 80
            register 00 4 -> 00 00 00 00
            register fc 4 -> 49 54 d0 07
            """);
        assertThatThrownBy(sensor::read).isInstanceOf(SensorException.class).hasMessageContaining("-40.50");
    }

    @Test
    void read_neverReady_isRefused() throws Exception {
        var sensor = open("write 0f 01\n" + "register 04 1 -> 00\n".repeat(3));
        assertThatThrownBy(sensor::read)
                .isInstanceOf(SensorException.class)
                .hasMessageContaining("still converts after 4 ms");
        registers.assertPlayed();
    }

    @Test
    void open_anotherChip_isRefusedAndGivenBack() {
        var other = new FakeRegisters().then("register fc 4 -> 49 54 50 10");
        assertThatThrownBy(() -> new Bench().open("hdc2080", "address = 0x41", other))
                .isInstanceOf(SensorException.class)
                .hasMessageContaining("0x1050");
        assertThat(other.closed()).isEqualTo(1);
    }
}
