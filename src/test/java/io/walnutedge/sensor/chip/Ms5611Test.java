package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.Sensor;
import io.walnutedge.simulate.chip.Ms5611Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ms5611Test {
    /** The example of the datasheet, figure 2; the first and the last word are free, the last has the checksum. */
    private static final int[] PROM = {0, 40127, 36924, 23317, 23282, 33464, 28312, 0};

    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();

    private static String prom(int... words) {
        var script = new StringBuilder("write 1e\n");
        for (var i = 0; i < words.length; i++) {
            script.append(String.format("register %02x 2 -> %04x%n", 0xa0 + 2 * i, words[i]));
        }
        return script.toString();
    }

    private static String good() {
        var words = PROM.clone();
        words[7] = Ms5611.crc4(PROM);
        return prom(words);
    }

    private Sensor opened(String hocon) throws Exception {
        var sensor = bench.open("ms5611", hocon, registers.then(good()));
        registers.then(good());
        return sensor;
    }

    /** AN520. */
    @Test
    void crc_publishedExample() {
        assertThat(Ms5611.crc4(0x3132, 0x3334, 0x3536, 0x3738, 0x3940, 0x4142, 0x4344, 0x4500))
                .isEqualTo(0x0b);
    }

    @Test
    void read_publishedExample() throws Exception {
        var sensor = opened("");
        registers.then("write 48\nregister 00 3 -> 8aa21a\nwrite 58\nregister 00 3 -> 82c13e");
        var before = bench.getAsLong();
        var values = Bench.read(sensor);
        registers.assertPlayed();
        // the datasheet cuts what is below 0.01: its temp is 2007.985
        assertThat(values.get("temperature")).isBetween(20.07, 20.08);
        assertThat(values.get("pressure")).isCloseTo(1000.09, within(0.01));
        assertThat(bench.getAsLong() - before).isEqualTo(2_800_000 + 2 * 9_040_000);
    }

    @ParameterizedTest
    @CsvSource({"256, 40, 50, 600000", "512, 42, 52, 1170000", "1024, 44, 54, 2280000", "2048, 46, 56, 4540000"})
    void oversampling_isTheCommandAndTheTime(int times, String d1, String d2, long nanos) throws Exception {
        var sensor = opened("oversampling = " + times);
        registers.then("write " + d1 + "\nregister 00 3 -> 8aa21a\nwrite " + d2 + "\nregister 00 3 -> 82c13e");
        var before = bench.getAsLong();
        sensor.read();
        assertThat(bench.getAsLong() - before).isEqualTo(2_800_000 + 2 * nanos);
    }

    @Test
    void read_noConversionAndTheEndAreRefused() throws Exception {
        var sensor = opened("");
        registers.then("write 48\nregister 00 3 -> 000000");
        assertThatThrownBy(sensor::read).hasMessageContaining("did not convert");
        registers.then(good()).then("write 48\nregister 00 3 -> ffffff");
        assertThatThrownBy(sensor::read).hasMessageContaining("at its end");
        registers.then(good()).then("write 48\nregister 00 3 -> 8aa21a\nwrite 58\nregister 00 3 -> fffffe");
        assertThatThrownBy(sensor::read).hasMessageContaining("beyond");
    }

    @Test
    void calibration_badChecksumAndBlankAreRefused() throws Exception {
        var sensor = bench.open("ms5611", "", registers.then(good()));
        registers.then(good().replace(String.format("%04x", 23282), String.format("%04x", 23283)));
        assertThatThrownBy(sensor::read).hasMessageContaining("bad checksum");
        var blank = new FakeRegisters().then(prom(new int[8]));
        assertThatThrownBy(() -> bench.open("ms5611", "", blank)).hasMessageContaining("C1 is 0x0000");
    }

    @ParameterizedTest
    @CsvSource({"256", "4096"})
    void read_agreesWithTheModel(int times) throws Exception {
        var random = Bench.random();
        var model = new Ms5611Model(bench);
        var sensor = bench.open("ms5611", "oversampling = " + times, new ModelRegisters(model));
        for (var i = 0; i < 1000; i++) {
            var celsius = -39.9 + random.nextDouble() * 124.8;
            var pressure = 10.1 + random.nextDouble() * 1189.8;
            model.set("temperature", celsius);
            model.set("pressure", pressure);
            var values = Bench.read(sensor);
            assertThat(values.get("temperature")).isCloseTo(celsius, within(0.001));
            assertThat(values.get("pressure")).isCloseTo(pressure, within(0.001));
        }
    }
}
