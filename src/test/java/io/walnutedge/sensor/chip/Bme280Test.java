package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.simulate.chip.Bmx280Model;
import org.junit.jupiter.api.Test;

class Bme280Test {
    private static final String OPENING = """
        register d0 1 -> 60
        write e0 b6
        register f3 1 -> 00
        register 88 26 -> %s 00 4b
        register e1 7 -> 6a 01 00 13 29 03 1e
        write f2 01 f5 e0 f4 24
        """.formatted(Bmx280CalibrationTest.PUBLISHED);
    /** adc_P 415148, adc_T 519888. */
    private static final String PUBLISHED_DATA = "65 5a c0 7e ed 00";

    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();

    private Sensor opened() throws Exception {
        return bench.open("bme280", "", registers.then(OPENING));
    }

    @Test
    void read_isOneForcedConversionInOneBurst() throws Exception {
        var sensor = opened();
        registers
                .then("write f4 25")
                .then("register f2 4 -> 01 00 24 e0")
                .then("register f7 8 -> " + PUBLISHED_DATA + " 6d 00");
        var values = Bench.read(sensor);
        registers.assertPlayed();
        assertThat(values).containsOnlyKeys("temperature", "humidity", "pressure");
        assertThat(values.get("temperature")).isCloseTo(25.08, within(0.005));
        assertThat(values.get("pressure")).isCloseTo(1006.5327, within(0.00005));
        assertThat(values.get("humidity")).isBetween(30.0, 60.0);
    }

    @Test
    void oversamplingAndFilter_areWrittenBeforeTheyCount() throws Exception {
        var opening = OPENING.replace("write f2 01 f5 e0 f4 24", "write f2 05 f5 f0 f4 b4");
        var sensor = bench.open("bme280", "oversampling = 16, filter = 16", registers.then(opening));
        var before = bench.getAsLong();
        // the filter is not written again: that would reset it
        registers
                .then("write f4 b5")
                .then("register f2 4 -> 05 00 b4 f0")
                .then("register f7 8 -> " + PUBLISHED_DATA + " 6d 00");
        Bench.read(sensor);
        registers.assertPlayed();
        // BST-BME280-DS002-15, 9.1: 1.25 + 3 * 2.3 * 16 + 2 * 0.575
        assertThat((bench.getAsLong() - before) / 1e6).isCloseTo(112.8, within(0.001));
    }

    @Test
    void open_bmp280FoundNamesTheRightType() {
        assertThatThrownBy(() -> bench.open("bme280", "", registers.then("register d0 1 -> 58")))
                .isInstanceOf(SensorException.class)
                .hasMessage("BME280 at i2c-1 0x76: the chip is a BMP280 (id 0x58); write type = bmp280");
        assertThat(registers.closed()).isOne();
    }

    @Test
    void open_bme280FoundByTheBmp280DriverNamesTheRightType() {
        assertThatThrownBy(() -> bench.open("bmp280", "address = 0x77", registers.then("register d0 1 -> 60")))
                .hasMessage("BMP280 at i2c-1 0x77: the chip is a BME280 (id 0x60); write type = bme280");
    }

    @Test
    void open_otherChipIsRefused() {
        assertThatThrownBy(() -> bench.open("bme280", "", registers.then("register d0 1 -> 61")))
                .hasMessageContaining("id is 0x61, a BME680");
    }

    @Test
    void open_blankCalibrationIsRefused() {
        var blank = OPENING.replace("706b", "0000");
        assertThatThrownBy(() -> bench.open("bme280", "", registers.then(blank)))
                .hasMessageContaining("calibration is blank");
    }

    @Test
    void read_shortAnswerIsRefused() throws Exception {
        var sensor = opened();
        registers.then("write f4 25").then("register f2 4 -> 01 00 24 e0").then("register f7 8 -> " + PUBLISHED_DATA);
        assertThatThrownBy(sensor::read)
                .isInstanceOf(SensorException.class)
                .hasMessageContaining("6 bytes instead of 8");
    }

    @Test
    void read_nackIsPassedOn() throws Exception {
        var sensor = opened();
        registers.then("write f4 25 -> NACK");
        assertThatThrownBy(sensor::read).isInstanceOf(SensorException.class).hasMessage("not acknowledged");
    }

    @Test
    void read_onlyOnesOrZerosAreRefused() throws Exception {
        var sensor = opened();
        registers
                .then("write f4 25")
                .then("register f2 4 -> 01 00 24 e0")
                .then("register f7 8 -> ff ff ff ff ff ff ff ff");
        assertThatThrownBy(sensor::read).hasMessageContaining("answers only 0xff");
        registers
                .then("write f4 25")
                .then("register f2 4 -> 01 00 24 e0")
                .then("register f7 8 -> 00 00 00 00 00 00 00 00");
        assertThatThrownBy(sensor::read).hasMessageContaining("answers only 0x00");
        registers.then("write f4 25").then("register f2 4 -> ff ff ff ff");
        assertThatThrownBy(sensor::read).hasMessageContaining("answers only 0xff");
    }

    @Test
    void read_skippedConversionIsRefused() throws Exception {
        var sensor = opened();
        registers
                .then("write f4 25")
                .then("register f2 4 -> 01 00 24 e0")
                .then("register f7 8 -> 80 00 00 80 00 00 80 00");
        assertThatThrownBy(sensor::read).hasMessageContaining("did not convert");
    }

    @Test
    void read_theSkippedValueOfARealConversionIsAValue() throws Exception {
        var sensor = opened();
        registers
                .then("write f4 25")
                .then("register f2 4 -> 01 00 24 e0")
                .then("register f7 8 -> 65 5a c0 80 00 00 80 00");
        assertThat(Bench.read(sensor).get("temperature")).isCloseTo(26.46, within(0.1));
    }

    @Test
    void read_convertersAtTheirEndAreRefused() throws Exception {
        var sensor = opened();
        registers
                .then("write f4 25")
                .then("register f2 4 -> 01 00 24 e0")
                .then("register f7 8 -> " + PUBLISHED_DATA + " ff ff");
        assertThatThrownBy(sensor::read).hasMessageContaining("humidity converter is at its end");
    }

    @Test
    void read_beyondTheDatasheetIsRefused() throws Exception {
        var model = Bmx280Model.bme280(bench);
        var sensor = bench.open("bme280", "", new ModelRegisters(model));
        model.set("temperature", 85.5);
        assertThatThrownBy(sensor::read)
                .hasMessageContaining("temperature 85.5")
                .hasMessageContaining("-40 to 85");
        model.set("temperature", 20);
        model.set("pressure", 250);
        assertThat(Bench.absent(sensor).lines()).singleElement().asString().startsWith("pressure failed: ");
        model.set("pressure", 1000);
        assertThat(Bench.read(sensor)).hasSize(3);
    }

    @Test
    void read_endlessConversionEndsAtTheDeadline() throws Exception {
        var sensor = opened();
        var before = bench.getAsLong();
        registers.then("write f4 25").then("register f2 4 -> 01 08 25 e0\n".repeat(11));
        assertThatThrownBy(sensor::read).isInstanceOf(SensorException.class).hasMessageContaining("still converts");
        assertThat(bench.getAsLong() - before).isLessThan(25_000_000);
    }

    @Test
    void read_afterAPowerCutFailsOnceAndThenPreparesTheChipAnew() throws Exception {
        var model = Bmx280Model.bme280(bench);
        var sensor = bench.open("bme280", "", new ModelRegisters(model));
        model.interruptPower();
        bench.pause(java.time.Duration.ofSeconds(1));
        assertThatThrownBy(sensor::read).hasMessageContaining("lost its settings");
        assertThat(Bench.read(sensor).get("humidity")).isCloseTo(45, within(0.1));
    }

    @Test
    void read_exchangedChipIsReadWithItsOwnCalibration() throws Exception {
        var sensor = opened();
        registers.then("write f4 25").then("register f2 4 -> 00 00 24 00");
        assertThatThrownBy(sensor::read).hasMessageContaining("lost its settings");
        registers
                .then(OPENING.replace("706b", "d06b"))
                .then("write f4 25")
                .then("register f2 4 -> 01 00 24 e0")
                .then("register f7 8 -> " + PUBLISHED_DATA + " 6d 00");
        assertThat(Bench.read(sensor).get("temperature")).isCloseTo(24.60, within(0.005));
        registers.assertPlayed();
    }
}
