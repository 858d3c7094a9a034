package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walnutedge.sensor.Crc8;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.simulate.chip.Sgp30Model;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Sgp30Test {
    private static final String FEATURES = "write 20 2f\nread 3 -> 00 22 65\n";
    private static final String BASELINE = "write 20 15\n";
    private static final String LEARNT = BASELINE + words(0x8973, 0x8aae);
    private static final String NOTHING_LEARNT = BASELINE + words(0, 0);
    private static final String HUMIDITY = "write 20 61 0b 92 " + crc(0x0b92) + "\n";
    private static final String INIT = "write 20 03\n";
    private static final String MEASURE = "write 20 08\n";

    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();

    private static String crc(int word) {
        return String.format(Locale.ROOT, "%02x", Crc8.SENSIRION.of((byte) (word >> 8), (byte) word));
    }

    private static String words(int first, int second) {
        return String.format(
                Locale.ROOT,
                "read 6 -> %02x %02x %s %02x %02x %s\n",
                first >> 8,
                first & 0xff,
                crc(first),
                second >> 8,
                second & 0xff,
                crc(second));
    }

    private Sensor opened() throws Exception {
        return bench.open("sgp30", "", registers.then(FEATURES + LEARNT + HUMIDITY));
    }

    private void assertStarting(Sensor sensor) throws Exception {
        for (var second = 0; second < 15; second++) {
            registers.then(MEASURE + words(400, 0));
            assertThat(sensor.read()).isEmpty();
        }
        registers.assertPlayed();
    }

    @Test
    void read_chipThatRunsIsNotInitialized() throws Exception {
        var sensor = opened();
        registers.then(MEASURE + words(1203, 77));
        var before = bench.getAsLong();
        assertThat(Bench.read(sensor)).containsEntry("eco2", 1203.0).containsEntry("tvoc", 77.0);
        registers.assertPlayed();
        assertThat(bench.getAsLong() - before).isEqualTo(12_000_000);
    }

    @Test
    void read_first15SecondsAreNotPublished() throws Exception {
        var sensor = bench.open("sgp30", "", registers.then(FEATURES + NOTHING_LEARNT + INIT + HUMIDITY));
        assertStarting(sensor);
        registers.then(MEASURE + words(450, 3));
        assertThat(Bench.read(sensor)).containsEntry("eco2", 450.0).containsEntry("tvoc", 3.0);
    }

    /** 400 ppm and 0 ppb are also those of clean air. */
    @Test
    void read_cleanAirIsPublished_butNotThatOfAChipWithoutABaseline() throws Exception {
        var sensor = opened();
        registers.then(MEASURE + words(400, 0) + LEARNT);
        assertThat(Bench.read(sensor)).containsEntry("eco2", 400.0).containsEntry("tvoc", 0.0);
        registers.then(MEASURE + words(400, 0) + NOTHING_LEARNT);
        assertThatThrownBy(sensor::read).hasMessageContaining("was its power interrupted?");
        registers.then(FEATURES + NOTHING_LEARNT + INIT + HUMIDITY);
        assertStarting(sensor);
    }

    @Test
    void open_anotherChipIsRefused() {
        registers.then("write 20 2f\nread 3 -> 10 20 " + crc(0x1020)); // an SGPC3
        assertThatThrownBy(() -> bench.open("sgp30", "", registers)).hasMessageContaining("feature set is 0x1020");
        assertThat(registers.closed()).isOne();
    }

    /** The example of the datasheet, Humidity Compensation: 15.5 g/m3 are 0x0f80. */
    @Test
    void open_writesTheHumidity() throws Exception {
        registers.then(FEATURES + LEARNT + "write 20 61 0f 80 " + crc(0x0f80));
        bench.open("sgp30", "absolute-humidity = 15.5", registers);
        registers.assertPlayed();
    }

    @ParameterizedTest
    @CsvSource({"399, 0"})
    void read_belowTheDatasheetIsRefused(int eco2, int tvoc) throws Exception {
        var sensor = opened();
        registers.then(MEASURE + words(eco2, tvoc));
        assertThatThrownBy(sensor::read).hasMessageContaining("is beyond");
    }

    @ParameterizedTest
    @CsvSource({"60001, 0", "500, 60001"})
    void read_oneAboveTheDatasheet_takesNoOther(int eco2, int tvoc) throws Exception {
        var sensor = opened();
        registers.then(MEASURE + words(eco2, tvoc));
        assertThat(Bench.absent(sensor).lines()).singleElement().asString().contains("is beyond");
    }

    @ParameterizedTest
    @ValueSource(strings = {"04 b3 00 00 4d ff", "00 00 00 00 00 00", "ff ff ff ff ff ff", "04 b3", "NACK"})
    void read_badChecksumOrDeadBusIsRefused(String answer) throws Exception {
        var sensor = opened();
        registers.then(MEASURE + "read 6 -> " + answer);
        assertThatThrownBy(sensor::read).isInstanceOf(SensorException.class);
        registers.assertPlayed();
    }

    @Test
    void options_readEachSecond() {
        assertThat(new Sgp30().sampleEvery()).contains(Duration.ofSeconds(1));
        assertThat(Bench.problems("sgp30", "absolute-humidity = 0")).hasSize(1);
    }

    @Test
    void read_agreesWithTheModel_andOverAPowerCut() throws Exception {
        var random = Bench.random();
        var model = new Sgp30Model(bench);
        var sensor = bench.open("sgp30", "absolute-humidity = 9", new ModelRegisters(model));
        for (var i = 0; i < 1000; i++) {
            bench.pause(Duration.ofSeconds(1));
            var eco2 = 400 + random.nextInt(59_601);
            var tvoc = random.nextInt(60_001);
            model.set("eco2", eco2);
            model.set("tvoc", tvoc);
            assertThat(Bench.read(sensor)).containsEntry("eco2", eco2 * 1.0).containsEntry("tvoc", tvoc * 1.0);
        }
        model.interruptPower();
        assertThatThrownBy(sensor::read).isInstanceOf(SensorException.class);
        for (var second = 0; second < 15; second++) {
            assertThat(sensor.read()).isEmpty();
            bench.pause(Duration.ofSeconds(1));
        }
        assertThat(Bench.read(sensor)).hasSize(2);
        assertThat(model.humidity()).isEqualTo(9 * 256);
    }
}
