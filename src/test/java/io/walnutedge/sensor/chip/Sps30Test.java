package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.Crc8;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.simulate.chip.Sps30Model;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Sps30Test {
    private static final String WARM = "warm-up = 0s";

    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();
    private final Sps30Model model = new Sps30Model(bench);

    /** Words with their checksums, which Crc8's own test holds against the published one. */
    private static String answer(int... words) {
        var line = new StringBuilder("read " + 3 * words.length + " ->");
        for (var word : words) {
            var crc = Crc8.SENSIRION.of((byte) (word >> 8), (byte) word);
            line.append(String.format(" %02x %02x %02x", word >> 8, word & 0xff, crc));
        }
        return line.toString();
    }

    /** An older chip, which has neither a product type nor a status to ask for. */
    private Sensor older(String hocon, String start) throws Exception {
        registers.then("write d1 00").then(answer(0x0100)).then("write 01 04").then(start);
        return bench.open("sps30", hocon, registers);
    }

    private Sensor opened(String hocon) throws Exception {
        return bench.open("sps30", hocon, new ModelRegisters(model));
    }

    private Map<String, Double> readAfter(int seconds, Sensor sensor) throws Exception {
        bench.pause(Duration.ofSeconds(seconds));
        return Bench.read(sensor);
    }

    /** Start of 6.3.1 with 03 00, whose checksum is AC; IEEE 754: 41480000 is 12.5, 3F000000 0.5. */
    @Test
    void read_floats() throws Exception {
        var sensor = older(WARM, "write 00 10 03 00 ac");
        registers.then("write 02 02").then(answer(1)).then("write 03 00");
        registers.then(answer(
                0x4148, 0, 0x4148, 0, 0x4148, 0, 0x4148, 0, 0x42c8, 0, 0x42c8, 0, 0x42c8, 0, 0x42c8, 0, 0x42c8, 0,
                0x3f00, 0));
        var values = Bench.read(sensor);
        registers.assertPlayed();
        assertThat(values)
                .containsEntry("pm1", 12.5)
                .containsEntry("pm10", 12.5)
                .containsEntry("count0-5", 100.0)
                .containsEntry("typical-size", 0.5);
        assertThat(values.keySet())
                .containsExactly(
                        "pm1",
                        "pm2-5",
                        "pm4",
                        "pm10",
                        "count0-5",
                        "count1",
                        "count2-5",
                        "count4",
                        "count10",
                        "typical-size");
    }

    /** Start of 6.3.1 with 05 00; the size is in nm then (4.3). */
    @Test
    void read_integers() throws Exception {
        var sensor = older("output = integer, " + WARM, "write 00 10 05 00 f6");
        registers.then("write 02 02").then(answer(1)).then("write 03 00");
        registers.then(answer(1, 2, 3, 4, 5, 6, 7, 8, 9, 625));
        assertThat(Bench.read(sensor))
                .containsEntry("pm2-5", 2.0)
                .containsEntry("pm4", 3.0)
                .containsEntry("count10", 9.0)
                .containsEntry("typical-size", 0.625);
    }

    @Test
    void read_refusesABadChecksum_andWhatIsNoMassTakesNoOther() throws Exception {
        var sensor = older("output = integer, " + WARM, "write 00 10 05 00 f6");
        registers.then("write 02 02").then("read 3 -> 00 01 b1");
        assertThatThrownBy(sensor::read).hasMessageContaining("bad checksum 0xb1");
        registers.then("write 02 02").then(answer(1)).then("write 03 00");
        registers.then(answer(0xffff, 2, 3, 4, 5, 6, 7, 8, 9, 625));
        assertThat(Bench.absent(sensor).lines()).singleElement().asString().contains("pm1 65535.00 µg/m³ is beyond");
    }

    @Test
    void warmUp_givesNothingFor30Seconds() throws Exception {
        var sensor = opened("");
        assertThat(readAfter(29, sensor)).isEmpty();
        assertThat(readAfter(1, sensor)).hasSize(10);
        assertThat(readAfter(0, sensor)).isEmpty(); // none newer
        assertThat(readAfter(1, sensor)).hasSize(10);
    }

    @Test
    void aChipThatMeasuresAlready_isStartedAnew() throws Exception {
        var first = opened(WARM);
        var second = opened("output = integer, " + WARM);
        assertThat(readAfter(2, second)).containsEntry("pm2-5", 5.0);
        first.close();
        assertThat(model.isMeasuring()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"5, laser has failed", "4, fan stands still", "21, does not have its speed"})
    void status_isTold(int bit, String told) throws Exception {
        var sensor = opened(WARM);
        model.setStatus(1 << bit);
        assertThatThrownBy(() -> readAfter(2, sensor)).hasMessageContaining(told);
        assertThat(readAfter(2, opened(WARM))).hasSize(10);
    }

    @Test
    void fanSpeed_mayBeWrongWhileItStarts() throws Exception {
        var sensor = opened("");
        model.setStatus(1 << 21);
        assertThat(readAfter(5, sensor)).isEmpty();
    }

    @Test
    void anotherChip_isRefused() {
        registers.then("write d1 00").then(answer(0x0202)).then("write d0 02");
        registers.then(answer(0x3030, 0x3038, 0x3130, 0x3030));
        assertThatThrownBy(() -> bench.open("sps30", "", registers))
                .hasMessageContaining("its product type is \"00081000\", not 00080000");
    }

    @ParameterizedTest
    @CsvSource({"0x0203", "0x0100"})
    void cleaningInterval_isWrittenOnceAndStays(String version) throws Exception {
        var chip = new Sps30Model(bench, Integer.decode(version));
        bench.open("sps30", "cleaning-interval = 2d", new ModelRegisters(chip)).close();
        assertThat(chip.cleaningInterval()).isEqualTo(2 * 86_400);
        bench.pause(Duration.ofSeconds(1));
        bench.open("sps30", "", new ModelRegisters(chip)).close();
        assertThat(chip.cleaningInterval()).isEqualTo(2 * 86_400);
    }

    @Test
    void cleaningInterval_isHeldAgainstItsRange() {
        assertThat(Bench.problems("sps30", "cleaning-interval = 0s")).isEmpty();
        assertThat(Bench.problems("sps30", "cleaning-interval = 10m"))
                .singleElement()
                .asString()
                .contains("0s, for never, or 1h to 7d");
        assertThat(Bench.problems("sps30", "cleaning-interval = 8d")).hasSize(1);
    }

    @Test
    void cleaning_happensOnceAndGivesNoValues() throws Exception {
        var plan = Bench.plan("sps30", "clean-at-start = true, " + WARM);
        opened(WARM).close();
        bench.pause(Duration.ofSeconds(1));
        var sensor = plan.opening().open(bench);
        assertThat(model.isCleaning()).isTrue();
        assertThat(readAfter(9, sensor)).isEmpty();
        assertThat(readAfter(2, sensor)).hasSize(10);
        sensor.close();
        bench.pause(Duration.ofSeconds(1));
        plan.opening().open(bench);
        assertThat(model.isCleaning()).isFalse();
    }

    @Test
    void aChipThatStopped_isAFault() throws Exception {
        var sensor = opened(WARM);
        assertThat(readAfter(2, sensor)).hasSize(10);
        new ModelRegisters(model).write(0x01, 0x04);
        assertThatThrownBy(() -> readAfter(21, sensor)).hasMessageContaining("was its power interrupted");
    }

    @ParameterizedTest
    @CsvSource({"float, 0.0001, 0.0001", "integer, 0.5, 0.0005"})
    void read_agreesWithTheModel(String output, double tolerance, double sizeTolerance) throws Exception {
        var random = Bench.random();
        var sensor = opened("output = " + output + ", " + WARM);
        for (var i = 0; i < 200; i++) {
            var mass = random.nextDouble() * 1000;
            var size = 0.3 + random.nextDouble() * 9.7;
            model.set("pm4", mass);
            model.set("typical-size", size);
            var values = readAfter(1, sensor);
            assertThat(values.get("pm4")).isCloseTo(mass, within(tolerance));
            assertThat(values.get("typical-size")).isCloseTo(size, within(sizeTolerance));
        }
    }
}
