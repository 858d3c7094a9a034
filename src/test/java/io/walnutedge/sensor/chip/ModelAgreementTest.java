package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.Sensor;
import io.walnutedge.simulate.chip.Ads1115Model;
import io.walnutedge.simulate.chip.Bh1750Model;
import io.walnutedge.simulate.chip.Bmx280Model;
import io.walnutedge.simulate.chip.ChipModel;
import io.walnutedge.simulate.chip.Sht3xModel;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A driver reads what was set at the model, within the resolution, over the whole range. */
class ModelAgreementTest {
    private static final int ROUNDS = 2000;

    private final Bench bench = new Bench();
    private final Random random = Bench.random();

    private double set(ChipModel model, String quantity, double min, double max) {
        var value = min + random.nextDouble() * (max - min);
        model.set(quantity, value);
        return value;
    }

    private static void agree(Map<String, Double> values, String quantity, double expected, double tolerance) {
        assertThat(values.get(quantity)).as(quantity).isCloseTo(expected, within(tolerance));
    }

    /** Half a step of 16 bits is 0.0025 °C or 1.5 Pa; the rest is what the two published formulas differ by. */
    @ParameterizedTest
    @CsvSource({
        "bme280, 1, 0.005, 0.02",
        "bmp280, 1, 0.005, 0.02",
        "bme280, 16, 0.003, 0.006",
        "bmp280, 2, 0.004, 0.012"
    })
    void bmx280_agrees(String driver, int oversampling, double celsius, double hectopascals) throws Exception {
        var hasHumidity = driver.equals("bme280");
        var model = hasHumidity ? Bmx280Model.bme280(bench) : Bmx280Model.bmp280(bench);
        var sensor = bench.open(driver, "oversampling = " + oversampling, new ModelRegisters(model));
        for (var i = 0; i < ROUNDS; i++) {
            var temperature = set(model, "temperature", -39.98, 84.98);
            var pressure = set(model, "pressure", 300.05, 1099.95);
            var humidity = hasHumidity ? set(model, "humidity", 0, 100) : 0;
            var values = Bench.read(sensor);
            agree(values, "temperature", temperature, celsius);
            agree(values, "pressure", pressure, hectopascals);
            if (hasHumidity) {
                agree(values, "humidity", humidity, 0.01);
            }
        }
    }

    @Test
    void bme280_filterComesNearAndIsNotResetByReading() throws Exception {
        var model = Bmx280Model.bme280(bench);
        var sensor = bench.open("bme280", "filter = 4", new ModelRegisters(model));
        model.set("temperature", 20);
        agree(Bench.read(sensor), "temperature", 20, 0.01);
        model.set("temperature", 24);
        // a quarter of the way with each conversion (BST-BME280-DS002-15, 3.4.4)
        agree(Bench.read(sensor), "temperature", 21, 0.02);
        agree(Bench.read(sensor), "temperature", 21.75, 0.02);
    }

    @ParameterizedTest
    @CsvSource({"high, 69, 54000, 0.43", "highest, 69, 27000, 0.22", "highest, 254, 7400, 0.06", "low, 31, 100000, 4"})
    void bh1750_agrees(String resolution, int time, double max, double tolerance) throws Exception {
        var model = new Bh1750Model(bench);
        var hocon = "resolution = " + resolution + ", measurement-time = " + time;
        var sensor = bench.open("bh1750", hocon, new ModelRegisters(model));
        for (var i = 0; i < ROUNDS; i++) {
            var lux = set(model, "illuminance", 0, max);
            agree(Bench.read(sensor), "illuminance", lux, tolerance);
        }
    }

    @ParameterizedTest
    @CsvSource({"low", "medium", "high"})
    void sht3x_agrees(String repeatability) throws Exception {
        var model = new Sht3xModel(bench);
        var sensor = bench.open("sht3x", "repeatability = " + repeatability, new ModelRegisters(model));
        for (var i = 0; i < ROUNDS; i++) {
            var temperature = set(model, "temperature", -39.9, 124.9);
            var humidity = set(model, "humidity", 0, 100);
            var values = Bench.read(sensor);
            agree(values, "temperature", temperature, 0.0014);
            agree(values, "humidity", humidity, 0.0008);
        }
    }

    @ParameterizedTest
    @CsvSource({"6.144, 8", "4.096, 128", "2.048, 250", "1.024, 475", "0.512, 860", "0.256, 64"})
    void ads1115_agrees(double range, int rate) throws Exception {
        var model = new Ads1115Model(bench);
        var hocon = "channels = [a0, a1, a2, a3, a0-a1, a2-a3], range = " + range + ", rate = " + rate;
        Sensor sensor = bench.open("ads1115", hocon, new ModelRegisters(model));
        for (var i = 0; i < ROUNDS / 10; i++) {
            var volts = new double[4];
            for (var input = 0; input < 4; input++) {
                volts[input] = set(model, "a" + input, 0, range * 0.999);
            }
            var values = Bench.read(sensor);
            for (var input = 0; input < 4; input++) {
                agree(values, "a" + input, volts[input], range / 65_536 + 1e-9);
            }
            agree(values, "a0-a1", volts[0] - volts[1], range / 65_536 + 1e-9);
            agree(values, "a2-a3", volts[2] - volts[3], range / 65_536 + 1e-9);
        }
    }
}
