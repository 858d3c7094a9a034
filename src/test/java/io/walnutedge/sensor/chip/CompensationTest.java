package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.reading.ItemId;
import io.walnutedge.sensor.SensorPlan.Input;
import io.walnutedge.sensor.SensorPlan.Need;
import io.walnutedge.simulate.chip.Scd30Model;
import io.walnutedge.simulate.chip.Sgp30Model;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompensationTest {
    private static final Duration FRESH = Duration.ofMinutes(10);
    private static final Duration OLD = FRESH.plusNanos(1);
    private static final String AIR = "compensate { temperature = a.temperature, humidity = b.humidity }";
    private static final String PRESSURE = "compensate { pressure = b.pressure }";

    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();

    private void know(double celsius, double percent, Duration age) {
        bench.know("a.temperature", celsius, FRESH);
        bench.know("b.humidity", percent, age);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sgp30", "sgp40", "ccs811", "ens160"})
    void plan_namesWhatItNeeds(String driver) {
        assertThat(Bench.plan(driver, AIR).needs())
                .containsExactly(
                        new Need("compensate", "temperature", new Input(new ItemId("a"), "temperature"), "°C"),
                        new Need("compensate", "humidity", new Input(new ItemId("b"), "humidity"), "%"));
        assertThat(Bench.plan(driver, "").needs()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"scd30", "scd4x"})
    void plan_namesThePressure_whichExcludesTheAltitude(String driver) {
        assertThat(Bench.plan(driver, PRESSURE).needs())
                .containsExactly(new Need("compensate", "pressure", new Input(new ItemId("b"), "pressure"), "hPa"));
        assertThat(Bench.problems(driver, PRESSURE + ", altitude = 100"))
                .singleElement()
                .asString()
                .contains("altitude: and compensate exclude each other");
    }

    @Test
    void block_mistakesNameTheirKey() {
        assertThat(Bench.problems("sgp40", "compensate { temperature = room, humidity = b.humidity, max-age = 5 }"))
                .satisfiesExactly(
                        one -> assertThat(one)
                                .contains("compensate.temperature: is not a sensor", "\"room.temperature\""),
                        two -> assertThat(two).contains("compensate.max-age: 5 has no unit"));
        assertThat(Bench.problems("sgp40", "compensate { temperature = a.temperature }"))
                .singleElement()
                .asString()
                .contains("compensate.humidity: is required");
        assertThat(Bench.problems("sgp40", "compensate { temprature = a.t, temperature = a.t, humidity = a.h }"))
                .singleElement()
                .asString()
                .contains("did you mean 'temperature'");
    }

    /** The ends of table 10, then the default. */
    @Test
    void sgp40_takesBothValuesOrNone() throws Exception {
        registers.then("write 28 0e\nread 3 -> d4 00 c6");
        var sensor = bench.open("sgp40", AIR, registers);
        registers.then("write 26 0f 80 00 a2 66 66 93\nread 3 -> be ef 92");
        sensor.read();
        know(150, -1, FRESH);
        registers.then("write 26 0f 00 00 81 ff ff ac\nread 3 -> be ef 92");
        sensor.read();
        know(-45, 100, OLD);
        registers.then("write 26 0f 80 00 a2 66 66 93\nread 3 -> be ef 92");
        sensor.read();
        registers.assertPlayed();
    }

    @Test
    void maxAge_isThatOfTheBlock() throws Exception {
        registers.then("write 28 0e\nread 3 -> d4 00 c6");
        var block = "compensate { temperature = a.temperature, humidity = b.humidity, max-age = 1 s }";
        var sensor = bench.open("sgp40", block, registers);
        bench.know("a.temperature", -45, Duration.ofSeconds(1));
        bench.know("b.humidity", 100, Duration.ofSeconds(1));
        registers.then("write 26 0f ff ff ac 00 00 81\nread 3 -> be ef 92");
        sensor.read();
        bench.know("a.temperature", -45, Duration.ofMillis(1001));
        registers.then("write 26 0f 80 00 a2 66 66 93\nread 3 -> be ef 92");
        sensor.read();
        registers.assertPlayed();
    }

    /** 20 % and 0 °C, each 512 to one; the temperature's zero is -25 °C. */
    @Test
    void ccs811_writesOnlyWhatIsNew() throws Exception {
        var read = "register 00 1 -> 98\nregister 01 1 -> 10\nregister 02 6 -> 03 20 00 3c 98 00";
        registers.then("register 20 1 -> 81\nregister 00 1 -> 90\nregister 01 1 -> 10\nwrite 05 64 00 64 00");
        var sensor = bench.open("ccs811", AIR, registers);
        know(0, 20, FRESH);
        registers.then("write 05 28 00 32 00").then(read).then(read);
        sensor.read();
        sensor.read();
        know(0, 20, OLD);
        registers.then("write 05 64 00 64 00").then(read);
        sensor.read();
        registers.assertPlayed();
    }

    /** 10 °C are 283.15 K, 64 to one: 0x46ca; 20 % are 0x2800. */
    @Test
    void ens160_writesOnlyWhatIsNew() throws Exception {
        var mode = "register 10 1 -> 02\n";
        var data = "register 20 1 -> 82\nregister 20 6 -> 82 03 2c 01 20 03";
        registers.then("register 00 2 -> 60 01\n" + mode + "write 13 8a 4a 00 64");
        var sensor = bench.open("ens160", AIR, registers);
        know(10, 20, FRESH);
        registers.then(mode + "write 13 ca 46 00 28").then(data).then(mode).then(data);
        sensor.read();
        sensor.read();
        registers.assertPlayed();
    }

    /** 20 °C and 50 % are 8.62 g/m3 (saturated: 17.3 g/m3 in tables of water vapour). */
    @Test
    void sgp30_takesAbsoluteHumidity() throws Exception {
        var model = new Sgp30Model(bench);
        know(20, 50, FRESH);
        var sensor = bench.open("sgp30", AIR, new ModelRegisters(model));
        assertThat(model.humidity()).isBetween((int) (8.55 * 256), (int) (8.7 * 256));
        know(-40, 0, FRESH);
        sensor.read();
        assertThat(model.humidity()).isEqualTo(26); // never 0, which would switch it off
        know(20, 50, OLD);
        sensor.read();
        assertThat(model.humidity()).isEqualTo(0x0b92);
    }

    @Test
    void scd30_takesThePressure() throws Exception {
        var model = new Scd30Model(bench);
        var sensor = bench.open("scd30", PRESSURE, new ModelRegisters(model));
        assertThat(model.pressure()).isZero();
        bench.know("b.pressure", 951.6, FRESH);
        sensor.read();
        assertThat(model.pressure()).isEqualTo(952);
        bench.know("b.pressure", 300, FRESH);
        sensor.read();
        assertThat(model.pressure()).isEqualTo(700);
        bench.know("b.pressure", 951.6, OLD);
        sensor.read();
        assertThat(model.pressure()).isZero();
    }

    /** 987 hPa, as the datasheet prints it; 1013 hPa is its default. */
    @Test
    void scd4x_takesThePressureWhileItMeasures() throws Exception {
        var read = "write e4 b8\nread 3 -> 80 06 04\nwrite ec 05\nread 9 -> 01 f4 33 66 67 a2 5e b9 3c";
        registers.then("write 3f 86\nwrite 36 46\nwrite 36 82\nread 9 -> f8 96 31 9f 07 c2 3b be 89");
        registers.then("write 24 16 00 01 b0\nwrite 23 13\nread 3 -> 00 01 b0\nwrite 21 b1");
        var sensor = bench.open("scd4x", PRESSURE, registers);
        registers.then(read);
        sensor.read();
        bench.know("b.pressure", 987, FRESH);
        registers.then("write e0 00 03 db 42").then(read).then(read);
        sensor.read();
        sensor.read();
        bench.know("b.pressure", 987, OLD);
        registers.then("write e0 00 03 f5 db").then(read);
        sensor.read();
        registers.assertPlayed();
    }
}
