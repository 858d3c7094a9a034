package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.Crc8;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.simulate.chip.Scd30Model;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Scd30Test {
    private static final String FIRMWARE = "write d1 00\nread 3 -> 03 42 f3\n";
    private static final String INTERVAL = "write 46 00\nread 3 -> 00 02 e3\n";
    private static final String START = "write 00 10 00 00 81\n"; // as the Interface Description prints it
    private static final String READY = "write 02 02\nread 3 -> 00 01 b0\n";
    private static final String NOT_READY = "write 02 02\nread 3 -> 00 00 81\n";

    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();

    private Sensor opened() throws Exception {
        return bench.open("scd30", "", registers.then(FIRMWARE + INTERVAL + START));
    }

    private static String numbers(float... numbers) {
        var text = new StringBuilder("read " + 6 * numbers.length + " ->");
        for (var number : numbers) {
            var bits = Float.floatToIntBits(number);
            for (var word : new int[] {bits >>> 16, bits & 0xffff}) {
                var crc = Crc8.SENSIRION.of((byte) (word >> 8), (byte) word);
                text.append(String.format(Locale.ROOT, " %02x %02x %02x", word >> 8, word & 0xff, crc));
            }
        }
        return text.toString();
    }

    private void measured(String answer) {
        registers.then(READY + "write 03 00\n" + answer);
    }

    /** The example of the Interface Description, Read measurement: 439 ppm, 27.2 °C, 48.8 %. */
    @Test
    void read_publishedMeasurement() throws Exception {
        var sensor = opened();
        registers.then(NOT_READY);
        assertThat(sensor.read()).isEmpty();
        measured("read 18 -> 43 db cb 8c 2e 8f 41 d9 70 e7 ff f5 42 43 bf 3a 1b 74");
        var values = Bench.read(sensor);
        registers.assertPlayed();
        assertThat(values.get("co2")).isCloseTo(439.09, within(0.01));
        assertThat(values.get("temperature")).isCloseTo(27.24, within(0.01));
        assertThat(values.get("humidity")).isCloseTo(48.81, within(0.01));
    }

    @Test
    void open_writesOnlySettingsThatDiffer() throws Exception {
        registers.then(FIRMWARE + "write 46 00\nread 3 -> 00 05 74");
        registers.then("write 46 00 00 02 e3\n" + INTERVAL);
        registers.then("write 53 06\nread 3 -> 00 01 b0");
        registers.then("write 54 03\nread 3 -> 00 00 81");
        registers.then("write 54 03 01 f4 33\nwrite 54 03\nread 3 -> 01 f4 33");
        registers.then("write 00 10 03 ac 2d");
        bench.open("scd30", "self-calibration = true, temperature-offset = 5, ambient-pressure = 940", registers);
        registers.assertPlayed();
    }

    @Test
    void open_settingThatWasNotTakenIsRefused() {
        registers.then(FIRMWARE + INTERVAL + "write 51 02\nread 3 -> 00 00 81");
        registers.then("write 51 02 01 f4 33\nwrite 51 02\nread 3 -> 00 00 81");
        assertThatThrownBy(() -> bench.open("scd30", "altitude = 500", registers))
                .hasMessageContaining("ALTITUDE is 0x0, not the 0x1f4 written");
        assertThat(registers.closed()).isOne();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "read 18 -> 43 db cc 8c 2e 8f 41 d9 70 e7 ff f5 42 43 bf 3a 1b 74",
                "read 18 -> 43 db cb 8c 2e 8f 41 d9 70 e7 ff f5 42 43 bf 3a 1b 75",
                "read 18 -> 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00",
                "read 18 -> 43 db cb",
                "read 18 -> NACK"
            })
    void read_badChecksumOrDeadBusIsRefused(String answer) throws Exception {
        var sensor = opened();
        measured(answer);
        assertThatThrownBy(sensor::read).isInstanceOf(SensorException.class);
        registers.assertPlayed();
    }

    @ParameterizedTest
    @CsvSource({"0, 20, 50", "500, -41, 50", "500, 71, 50"})
    void read_beyondTheDatasheetIsRefused(float ppm, float celsius, float percent) throws Exception {
        var sensor = opened();
        measured(numbers(ppm, celsius, percent));
        assertThatThrownBy(sensor::read).hasMessageContaining("is beyond");
    }

    @ParameterizedTest
    @ValueSource(floats = {40_001, Float.NaN})
    void read_airBeyond_takesNoOther(float ppm) throws Exception {
        var sensor = opened();
        measured(numbers(ppm, 20, 50));
        assertThat(Bench.absent(sensor).lines()).singleElement().asString().contains("co2 failed: ", "is beyond");
    }

    @ParameterizedTest
    @ValueSource(floats = {-10.1f, Float.NaN})
    void read_aHumidityBeyond_takesNoOther(float percent) throws Exception {
        var sensor = opened();
        measured(numbers(500, 20, percent));
        assertThat(Bench.absent(sensor).lines()).singleElement().asString().contains("humidity failed: ", "is beyond");
    }

    @Test
    void read_afterAFailurePreparesAnew() throws Exception {
        var sensor = opened();
        registers.then("write 02 02\nread 3 -> NACK");
        assertThatThrownBy(sensor::read).isInstanceOf(SensorException.class);
        registers.then(FIRMWARE + INTERVAL + START);
        measured(numbers(800, -10, 50));
        assertThat(Bench.read(sensor)).containsEntry("co2", 800.0).containsEntry("temperature", -10.0);
        registers.assertPlayed();
    }

    @Test
    void read_withoutAValueIsRefused() throws Exception {
        var sensor = opened();
        bench.pause(Duration.ofSeconds(5));
        registers.then(NOT_READY);
        assertThatThrownBy(sensor::read).hasMessageContaining("no new value for 50");
        registers.assertPlayed();
    }

    @Test
    void options_outOfRangeAreRefused() {
        assertThat(Bench.problems("scd30", "seconds = 1, ambient-pressure = 699"))
                .hasSize(2);
        assertThat(Bench.problems("scd30", "ambient-pressure = 990, altitude = 100"))
                .singleElement()
                .asString()
                .contains("exclude each other");
    }

    @Test
    void read_agreesWithTheModel() throws Exception {
        var random = Bench.random();
        var model = new Scd30Model(bench);
        var hocon = "seconds = 5, temperature-offset = 1.5, self-calibration = true, ambient-pressure = 980";
        var sensor = bench.open("scd30", hocon, new ModelRegisters(model));
        assertThat(model.pressure()).isEqualTo(980);
        for (var i = 0; i < 1000; i++) {
            var ppm = 1 + random.nextDouble() * 39_999;
            var celsius = -38 + random.nextDouble() * 108;
            var percent = random.nextDouble() * 100;
            model.set("co2", ppm);
            model.set("temperature", celsius);
            model.set("humidity", percent);
            var values = bench.readFirst(sensor);
            assertThat(values.get("co2")).isCloseTo(ppm, within(0.003));
            assertThat(values.get("temperature")).isCloseTo(celsius - 1.5, within(0.00001));
            assertThat(values.get("humidity")).isCloseTo(percent, within(0.00001));
        }
    }
}
