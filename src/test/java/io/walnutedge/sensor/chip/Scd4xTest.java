package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.simulate.chip.Scd4xModel;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of the datasheet's sections 3.5 to 3.9. */
class Scd4xTest {
    private static final String IDENTITY = """
        write 3f 86
        write 36 46
        write 36 82
        read 9 -> f8 96 31 9f 07 c2 3b be 89
        """;
    private static final String ENABLED = """
        write 24 16 00 01 b0
        write 23 13
        read 3 -> 00 01 b0
        """;

    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();

    private Sensor opened() throws Exception {
        return bench.open("scd4x", "", registers.then(IDENTITY + ENABLED + "write 21 b1"));
    }

    private FakeRegisters ready(String word) {
        return registers.then("write e4 b8").then("read 3 -> " + word);
    }

    private FakeRegisters measured(String answer) {
        return ready("80 06 04").then("write ec 05").then("read 9 -> " + answer);
    }

    @Test
    void read_publishedMeasurement() throws Exception {
        var sensor = opened();
        ready("80 00 a2");
        assertThat(sensor.read()).isEmpty();
        measured("01 f4 33 66 67 a2 5e b9 3c");
        var values = Bench.read(sensor);
        registers.assertPlayed();
        assertThat(values).containsEntry("co2", 500.0);
        assertThat(values.get("temperature")).isCloseTo(25.0, within(0.005));
        assertThat(values.get("humidity")).isCloseTo(37.0, within(0.005));
    }

    /** 1,950 m and 5.4 °C. */
    @Test
    void open_writesAltitudeAndOffset() throws Exception {
        registers
                .then(IDENTITY)
                .then("write 24 1d 07 e6 48")
                .then("write 23 18")
                .then("read 3 -> 07 e6 48");
        registers.then("write 24 27 07 9e 09").then("write 23 22").then("read 3 -> 07 9e 09");
        registers.then(ENABLED).then("write 21 ac");
        bench.open("scd4x", "altitude = 1950, temperature-offset = 5.4, power = low", registers);
        registers.assertPlayed();
    }

    /** 98,700 Pa. */
    @Test
    void open_writesPressureAndSelfCalibration() throws Exception {
        registers
                .then(IDENTITY)
                .then("write 24 16 00 00 81")
                .then("write 23 13")
                .then("read 3 -> 00 00 81");
        registers.then("write e0 00 03 db 42").then("write 21 b1");
        bench.open("scd4x", "ambient-pressure = 987, self-calibration = false", registers);
        registers.assertPlayed();
    }

    @Test
    void open_settingThatWasNotTakenIsRefused() {
        registers.then(IDENTITY + ENABLED.replace("-> 00 01 b0", "-> 00 00 81"));
        assertThatThrownBy(() -> bench.open("scd4x", "", registers)).hasMessageContaining("SELF_CALIBRATION");
        assertThat(registers.closed()).isOne();
    }

    @Test
    void open_serialNumberWithBadChecksumIsRefused() {
        registers.then(IDENTITY.replace("c2", "c3"));
        assertThatThrownBy(() -> bench.open("scd4x", "", registers)).hasMessageContaining("bad checksum");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "01 f4 34 66 67 a2 5e b9 3c",
                "01 f4 33 66 67 a3 5e b9 3c",
                "01 f4 33 66 67 a2 5e b9 7b",
                "ff ff ff ff ff ff ff ff ff",
                "00 00 00 00 00 00 00 00 00",
                "NACK"
            })
    void read_badChecksumOrDeadBusIsRefused(String answer) throws Exception {
        var sensor = opened();
        measured(answer);
        assertThatThrownBy(sensor::read).isInstanceOf(SensorException.class);
        registers.assertPlayed();
    }

    @Test
    void read_beyondTheDatasheetIsRefused() throws Exception {
        var sensor = opened();
        measured("00 00 81 66 67 a2 5e b9 3c");
        assertThatThrownBy(sensor::read).hasMessageContaining("co2 0.00 ppm is beyond");
        measured("ff ff ac 66 67 a2 5e b9 3c");
        assertThat(Bench.absent(sensor).lines()).singleElement().asString().contains("co2 65535.00 ppm is beyond");
        measured("01 f4 33 00 00 81 5e b9 3c");
        assertThatThrownBy(sensor::read).hasMessageContaining("-45.00 °C is beyond");
    }

    /** Without power it went idle, where nothing ever is ready. */
    @Test
    void read_afterAPowerCutIsRefused() throws Exception {
        var sensor = opened();
        bench.pause(Duration.ofSeconds(9));
        ready("80 00 a2");
        assertThat(sensor.read()).isEmpty();
        bench.pause(Duration.ofSeconds(2));
        ready("80 00 a2");
        assertThatThrownBy(sensor::read).hasMessageContaining("no new value for 11");
        registers.assertPlayed();
    }

    @Test
    void options_outOfRangeAreRefused() {
        assertThat(Bench.problems("scd4x", "altitude = 3001")).hasSize(1);
        assertThat(Bench.problems("scd4x", "ambient-pressure = 101300")).hasSize(1);
        assertThat(Bench.problems("scd4x", "ambient-pressure = 990, altitude = 100"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"normal, 4", "low, 6.2"})
    void read_agreesWithTheModel(String power, double offset) throws Exception {
        var random = Bench.random();
        var model = new Scd4xModel(bench);
        var hocon = "power = " + power + ", temperature-offset = " + offset;
        var sensor = bench.open("scd4x", hocon, new ModelRegisters(model));
        for (var i = 0; i < 1000; i++) {
            var ppm = 1 + random.nextInt(40_000);
            var celsius = -7.7 + random.nextDouble() * 67.6;
            var percent = random.nextDouble() * 100;
            model.set("co2", ppm);
            model.set("temperature", celsius);
            model.set("humidity", percent);
            var values = bench.readFirst(sensor);
            assertThat(values.get("co2")).isEqualTo(ppm);
            assertThat(values.get("temperature")).isCloseTo(celsius + 4 - offset, within(0.003));
            assertThat(values.get("humidity")).isCloseTo(percent, within(0.0008));
        }
    }
}
