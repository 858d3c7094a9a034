package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.Crc8;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorException;
import org.junit.jupiter.api.Test;

class Sht3xTest {
    private static final String OPENING = """
        write 30 93
        write 30 a2
        write f3 2d
        read 3 -> 80 10 e1
        """;

    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();

    private Sensor opened(String hocon) throws Exception {
        return bench.open("sht3x", hocon, registers.then(OPENING));
    }

    @Test
    void crc_publishedExample() {
        assertThat(Crc8.SENSIRION.of((byte) 0xbe, (byte) 0xef)).isEqualTo(0x92);
    }

    @Test
    void read_isOneTransferOfBothValues() throws Exception {
        var sensor = opened("");
        var before = bench.getAsLong();
        // the values of the SCD4x sheet, which has the same words and checksums: 25.0 and 37.0 % of its scale
        registers.then("write 24 00").then("read 6 -> 66 67 a2 5e b9 3c");
        var values = Bench.read(sensor);
        registers.assertPlayed();
        assertThat(values.get("temperature")).isCloseTo(25.0, within(0.005));
        assertThat(values.get("humidity")).isCloseTo(37.0, within(0.005));
        assertThat(bench.getAsLong() - before).isEqualTo(15_500_000);
    }

    @Test
    void repeatability_isTheCommand() throws Exception {
        var low = opened("repeatability = low");
        registers.then("write 24 16").then("read 6 -> 66 67 a2 5e b9 3c");
        low.read();
        var medium = opened("repeatability = medium");
        registers.then("write 24 0b").then("read 6 -> 66 67 a2 5e b9 3c");
        medium.read();
        registers.assertPlayed();
    }

    @Test
    void read_badChecksumOfEitherWordIsRefused() throws Exception {
        var sensor = opened("");
        registers.then("write 24 00").then("read 6 -> 66 67 a3 5e b9 3c");
        assertThatThrownBy(sensor::read).hasMessageContaining("bad checksum 0xa3 instead of 0xa2");
        registers.then("write 24 00").then("read 6 -> 66 67 a2 5e b8 3c");
        assertThatThrownBy(sensor::read).hasMessageContaining("bad checksum");
    }

    @Test
    void read_onlyOnesOrZerosAreRefused() throws Exception {
        var sensor = opened("");
        registers.then("write 24 00").then("read 6 -> ff ff ff ff ff ff");
        assertThatThrownBy(sensor::read).isInstanceOf(SensorException.class);
        registers.then("write 24 00").then("read 6 -> 00 00 00 00 00 00");
        assertThatThrownBy(sensor::read).isInstanceOf(SensorException.class);
    }

    @Test
    void read_beyondTheDatasheetIsRefused() throws Exception {
        var sensor = opened("");
        registers.then("write 24 00").then("read 6 -> ff ff ac 5e b9 3c");
        assertThatThrownBy(sensor::read).hasMessageContaining("130.00 °C is beyond");
    }

    @Test
    void read_nackIsPassedOn() throws Exception {
        var sensor = opened("");
        registers.then("write 24 00").then("read 6 -> NACK");
        assertThatThrownBy(sensor::read).isInstanceOf(SensorException.class);
    }

    @Test
    void heater_isSwitchedOnAndMustStayOn() throws Exception {
        registers.then(OPENING).then("write 30 6d");
        var sensor = bench.open("sht3x", "heater = true", registers);
        var on = String.format("read 3 -> a0 10 %02x", Crc8.SENSIRION.of((byte) 0xa0, (byte) 0x10));
        registers.then("write f3 2d").then(on);
        registers.then("write 24 00").then("read 6 -> 66 67 a2 5e b9 3c");
        assertThat(Bench.read(sensor)).hasSize(2);
        registers.assertPlayed();
        registers.then("write f3 2d").then("read 3 -> 80 10 e1");
        assertThatThrownBy(sensor::read).hasMessageContaining("its heater is 0x0, not the 0x2000 written");
    }

    @Test
    void open_heaterThatStaysOnIsRefused() {
        var heater =
                OPENING.replace("80 10 e1", String.format("a0 10 %02x", Crc8.SENSIRION.of((byte) 0xa0, (byte) 0x10)));
        assertThatThrownBy(() -> bench.open("sht3x", "", registers.then(heater)))
                .hasMessageContaining("0xa010");
    }
}
