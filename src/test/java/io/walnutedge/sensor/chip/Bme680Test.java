package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.Sensor;
import io.walnutedge.simulate.chip.Bme680Model;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Bme680Test {
    /**
     * T1 16384, T2 20480; P1 50000; H1 800, H2 2048; GH1 -16, so that (49 - 1) (1 + 0.00235 * 320) = 84.096, less 25,
     * times 3.4 is 200; all else zero.
     */
    private static final String OPENING = """
        register d0 1 -> 61
        write e0 b6
        register f0 1 -> 00
        register 8a 23 -> 0050 00 00 50c3 0000 00 00 0000 0000 00 00 0000 0000 0000 00
        register e1 14 -> 80 00 32 00 00 00 00 00 0040 0000 f0 00
        register 00 5 -> 00 00 00 00 00
        write 72 01
        write 75 00
        write 5a c8
        write 64 65
        write 71 10
        """;

    private static final String OVER = "write 74 25\nregister 71 5 -> 10 01 00 24 00\nregister 1d 1 -> 80\n";

    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();

    private Sensor opened(String script) throws Exception {
        return bench.open("bme680", "", registers.then(script));
    }

    private void answer(String gas) {
        registers.then(OVER).then("register 1d 17 -> 80 00 3c 0a 00 50 00 00 44 80 00 00 00 " + gas);
    }

    /** 20480 (20 - 16) / 5120 = 16 °C; (2^20 - 0x3c0a0) 6250 / 50000 Pa; (0x4480 - 12800) 2048 / 2^18 = 36.9 %. */
    @Test
    void read_isOneTransferOfAllValues() throws Exception {
        var sensor = opened(OPENING);
        answer("80 30 00 00");
        var before = bench.getAsLong();
        var values = Bench.read(sensor);
        registers.assertPlayed();
        assertThat(values.get("temperature")).isCloseTo(16, within(1e-9));
        assertThat(values.get("humidity")).isCloseTo((0x4480 - 12_800) / 128.0, within(1e-9));
        assertThat(values.get("pressure")).isCloseTo((0x100000 - 0x3c0a0) / 800.0, within(1e-6));
        assertThat(values.get("gas-resistance")).isCloseTo(8_000_000, within(1e-3));
        assertThat(bench.getAsLong() - before).isEqualTo((3 * 1963 + 477 * 9 + 1000) * 1000L + 150_000_000);
    }

    @Test
    void read_theBme688HasItsOwnConverter() throws Exception {
        var sensor = opened(OPENING.replace("f0 1 -> 00", "f0 1 -> 01").replace("71 10", "71 20"));
        registers
                .then(OVER.replace("-> 10 01", "-> 20 01"))
                .then("register 1d 17 -> 80 00 3c 0a 00 50 00 00 44 80 00 00 00 00 00 80 33");
        assertThat(Bench.read(sensor).get("gas-resistance")).isCloseTo(8_000_000, within(1e-3));
    }

    @ParameterizedTest
    @CsvSource({"80 10 00 00, did not measure gas", "80 20 00 00, heater did not reach 320"})
    void read_gasThatIsNotValid_takesNoOther(String gas, String message) throws Exception {
        var sensor = opened(OPENING);
        answer(gas);
        assertThat(Bench.absent(sensor).lines())
                .singleElement()
                .asString()
                .startsWith("gas-resistance failed: ")
                .contains(message);
    }

    @ParameterizedTest
    @CsvSource({
        "3c 0a 00 ff ff f0 44 80, temperature converter",
        "00 00 00 50 00 00 44 80, pressure converter",
        "3c 0a 00 50 00 00 ff ff, humidity converter",
        "3c 0a 00 f0 00 00 44 80, beyond"
    })
    void read_endsOfTheConverterAndBeyondTheDatasheetAreRefused(String data, String message) throws Exception {
        var sensor = opened(OPENING);
        registers.then(OVER).then("register 1d 17 -> 80 00 " + data + " 00 00 00 80 30 00 00");
        assertThatThrownBy(sensor::read).hasMessageContaining(message);
    }

    @Test
    void read_aPressureBeyondTheDatasheet_takesNoOther() throws Exception {
        var sensor = opened(OPENING);
        registers.then(OVER).then("register 1d 17 -> 80 00 f0 0a 00 50 00 00 44 80 00 00 00 80 30 00 00");
        assertThat(Bench.absent(sensor).lines())
                .singleElement()
                .asString()
                .startsWith("pressure failed: ")
                .contains("beyond");
    }

    @Test
    void read_afterAPowerCutIsRefusedAndThenPreparedAnew() throws Exception {
        var sensor = opened(OPENING);
        registers.then("write 74 25\nregister 71 5 -> 00 00 00 00 00");
        assertThatThrownBy(sensor::read).hasMessageContaining("was its power interrupted");
        registers.then(OPENING);
        answer("80 30 00 00");
        assertThat(Bench.read(sensor)).containsKey("gas-resistance");
    }

    @Test
    void read_waitsUntilTheGasIsMeasured() throws Exception {
        var sensor = opened(OPENING);
        registers.then("write 74 25\nregister 71 5 -> 10 01 00 24 00\nregister 1d 1 -> c0");
        registers.then("register 71 5 -> 10 01 00 24 00\nregister 1d 1 -> 80");
        registers.then("register 1d 17 -> 80 00 3c 0a 00 50 00 00 44 80 00 00 00 80 30 00 00");
        sensor.read();
        registers.assertPlayed();
    }

    @Test
    void open_wrongIdAndBlankCalibrationAreRefused() {
        assertThatThrownBy(() -> opened("register d0 1 -> 60")).hasMessageContaining("0x60 instead of 0x61");
        assertThatThrownBy(() -> opened(OPENING.replace("50c3", "0000"))).hasMessageContaining("blank");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "63, 63", "64, 80", "150, 101", "252, 127", "1000, 190", "4032, 255"})
    void heaterDuration_isMillisecondsTimesAPowerOfFour(int millis, int register) {
        assertThat(Bme680Conversion.gasWait(millis)).isEqualTo(register);
    }

    @ParameterizedTest
    @CsvSource({"200", "320", "400"})
    void heater_isThatOfBoschsWholeNumbers(int celsius) throws Exception {
        var model = new Bme680Model(bench);
        bench.open("bme680", "heater-temperature = " + celsius, new ModelRegisters(model));
        assertThat(model.heaterResistance()).isCloseTo(Bme680Model.heaterResistance(celsius), within(1));
    }

    @Test
    void gas_canBeLeftOutAndAShortHeaterIsRefused() throws Exception {
        var sensor = bench.open("bme680", "gas = false", new ModelRegisters(new Bme680Model(bench)));
        assertThat(Bench.read(sensor)).containsOnlyKeys("temperature", "humidity", "pressure");
        var cold = bench.open("bme680", "heater-duration = 5", new ModelRegisters(new Bme680Model(bench)));
        assertThat(Bench.absent(cold).lines()).singleElement().asString().contains("heater did not reach");
    }

    /** The model reckons in Bosch's whole numbers, the driver in real ones. */
    @ParameterizedTest
    @CsvSource({"1, 0.006, 0.15", "16, 0.003, 0.12"})
    void read_agreesWithTheModel(int times, double celsiusStep, double hectopascals) throws Exception {
        var random = Bench.random();
        var model = new Bme680Model(bench);
        var sensor = bench.open("bme680", "oversampling = " + times, new ModelRegisters(model));
        for (var i = 0; i < 1000; i++) {
            var celsius = -39.9 + random.nextDouble() * 124.8;
            var percent = random.nextDouble() * 100;
            var pressure = 300.2 + random.nextDouble() * 799.6;
            var ohms = Math.pow(10, 2.6 + random.nextDouble() * 4.3);
            model.set("temperature", celsius);
            model.set("humidity", percent);
            model.set("pressure", pressure);
            model.set("gas-resistance", ohms);
            var values = Bench.read(sensor);
            assertThat(values.get("temperature")).isCloseTo(celsius, within(celsiusStep));
            assertThat(values.get("humidity")).isCloseTo(percent, within(0.1));
            assertThat(values.get("pressure")).isCloseTo(pressure, within(hectopascals));
            assertThat(values.get("gas-resistance")).isCloseTo(ohms, Percentage.withPercentage(0.5));
        }
    }
}
