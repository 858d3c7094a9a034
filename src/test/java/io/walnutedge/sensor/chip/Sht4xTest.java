package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.simulate.chip.Sht4xModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Sht4xTest {
    private static final String OPENING = """
        write 94
        write 89
        read 6 -> be ef 92 66 67 a2
        """;

    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();

    private Sensor opened(String hocon) throws Exception {
        return bench.open("sht4x", hocon, registers.then(OPENING));
    }

    /** Words and checksums of the SCD4x sheet: 40 and 37 % of the scale. */
    @ParameterizedTest
    @CsvSource({"low, e0, 1700", "medium, f6, 4500", "high, fd, 8300"})
    void read_isOneTransferOfBothValues(String precision, String command, long micros) throws Exception {
        var sensor = opened("precision = " + precision);
        var before = bench.getAsLong();
        registers.then("write " + command).then("read 6 -> 66 67 a2 5e b9 3c");
        var values = Bench.read(sensor);
        registers.assertPlayed();
        assertThat(values.get("temperature")).isCloseTo(25.0, within(0.005));
        assertThat(values.get("humidity")).isCloseTo(40.25, within(0.005));
        assertThat(bench.getAsLong() - before).isEqualTo(micros * 1000);
    }

    @Test
    void read_humidityIsCropped() throws Exception {
        var sensor = opened("");
        registers.then("write fd").then("read 6 -> 66 67 a2 e3 f1 69"); // 105.3 %
        assertThat(Bench.read(sensor)).containsEntry("humidity", 100.0);
        registers.then("write fd").then("read 6 -> 66 67 a2 00 00 81");
        assertThat(Bench.read(sensor)).containsEntry("humidity", 0.0);
        registers.then("write fd").then("read 6 -> 66 67 a2 ff ff ac"); // 119 %
        assertThat(Bench.absent(sensor))
                .startsWith("humidity failed: ")
                .contains("humidity 119.0 % is beyond what air can have: no value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"66 67 a3 5e b9 3c", "66 67 a2 5e b8 3c", "ff ff ff ff ff ff", "00 00 00 00 00 00", "NACK"})
    void read_badChecksumOrDeadBusIsRefused(String answer) throws Exception {
        var sensor = opened("");
        registers.then("write fd").then("read 6 -> " + answer);
        assertThatThrownBy(sensor::read).isInstanceOf(SensorException.class);
        registers.assertPlayed();
    }

    @Test
    void read_beyondTheDatasheetIsRefused() throws Exception {
        var sensor = opened("");
        registers.then("write fd").then("read 6 -> ff ff ac 5e b9 3c");
        assertThatThrownBy(sensor::read).hasMessageContaining("130.00 °C is beyond");
        registers.then("write fd").then("read 6 -> 00 00 81 5e b9 3c");
        assertThatThrownBy(sensor::read).hasMessageContaining("-45.00 °C is beyond");
    }

    @Test
    void open_serialNumberWithBadChecksumIsRefused() {
        registers.then(OPENING.replace("92", "93"));
        assertThatThrownBy(() -> bench.open("sht4x", "", registers)).hasMessageContaining("bad checksum");
        assertThat(registers.closed()).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"low", "medium", "high"})
    void read_agreesWithTheModel(String precision) throws Exception {
        var random = Bench.random();
        var model = new Sht4xModel(bench);
        var sensor = bench.open("sht4x", "precision = " + precision, new ModelRegisters(model));
        for (var i = 0; i < 1000; i++) {
            var celsius = -39.9 + random.nextDouble() * 164.8;
            var percent = random.nextDouble() * 100;
            model.set("temperature", celsius);
            model.set("humidity", percent);
            var values = Bench.read(sensor);
            assertThat(values.get("temperature")).isCloseTo(celsius, within(0.0014));
            assertThat(values.get("humidity")).isCloseTo(percent, within(0.001));
        }
    }
}
