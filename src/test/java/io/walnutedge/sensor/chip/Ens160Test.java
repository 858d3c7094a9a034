package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.Sensor;
import io.walnutedge.simulate.chip.Ens160Model;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ens160Test {
    /** 298.15 K * 64 = 0x4a8a, 50 % * 512 = 0x6400. */
    private static final String OPENING = """
        register 00 2 -> 60 01
        register 10 1 -> 00
        write 10 01
        write 10 02
        write 13 8a 4a 00 64
        """;

    private static final String READY = "register 10 1 -> 02\nregister 20 1 -> 82\n";

    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();

    private Sensor opened() throws Exception {
        return bench.open("ens160", "", registers.then(OPENING));
    }

    @Test
    void read_isOneTransferOfAllValues() throws Exception {
        var sensor = opened();
        registers.then(READY).then("register 20 6 -> 82 03 2c 01 20 03");
        assertThat(Bench.read(sensor))
                .containsEntry("air-quality", 3.0)
                .containsEntry("tvoc", 300.0)
                .containsEntry("eco2", 800.0);
        registers.assertPlayed();
    }

    @ParameterizedTest
    @CsvSource({"86, warms up", "8a, first time", "8e, no valid value", "c2, does not run", "02, does not run"})
    void read_statusOtherThanNormalIsRefused(String status, String message) throws Exception {
        var sensor = opened();
        registers.then(READY).then("register 20 6 -> " + status + " 03 2c 01 20 03");
        assertThatThrownBy(sensor::read).hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"00 2c 01 20 03, air-quality 0", "03 2c 01 00 00, eco2 0"})
    void read_belowTheDatasheetIsRefused(String data, String message) throws Exception {
        var sensor = opened();
        registers.then(READY).then("register 20 6 -> 82 " + data);
        assertThatThrownBy(sensor::read).hasMessageContaining(message).hasMessageContaining("beyond");
    }

    @ParameterizedTest
    @CsvSource({"06 2c 01 20 03, air-quality 6", "03 e9 fd 20 03, tvoc 65001", "03 2c 01 e9 fd, eco2 65001"})
    void read_oneAboveTheDatasheet_takesNoOther(String data, String message) throws Exception {
        var sensor = opened();
        registers.then(READY).then("register 20 6 -> 82 " + data);
        assertThat(Bench.absent(sensor).lines()).singleElement().asString().contains(message, "beyond");
    }

    @Test
    void read_betweenItsValuesThereIsNone_butNotForEver() throws Exception {
        var sensor = opened();
        bench.pause(Duration.ofSeconds(2));
        registers.then("register 10 1 -> 02\nregister 20 1 -> 80");
        assertThat(sensor.read()).isEmpty();
        registers.then(READY).then("register 20 6 -> 82 03 2c 01 20 03");
        assertThat(sensor.read()).hasSize(3);
        bench.pause(Duration.ofMillis(2001));
        registers.then("register 10 1 -> 02\nregister 20 1 -> 80");
        assertThatThrownBy(sensor::read).hasMessageContaining("no new value for 2001 ms");
        registers.assertPlayed();
    }

    @Test
    void read_afterAPowerCutIsRefusedAndThenPreparedAnew() throws Exception {
        var sensor = opened();
        registers.then("register 10 1 -> 00");
        assertThatThrownBy(sensor::read).hasMessageContaining("was its power interrupted");
        registers.then(OPENING).then(READY).then("register 20 6 -> 82 03 2c 01 20 03");
        assertThat(Bench.read(sensor)).containsKey("eco2");
    }

    @Test
    void open_wrongIdIsRefusedAndARunningChipIsNotStopped() throws Exception {
        assertThatThrownBy(() -> bench.open("ens160", "", registers.then("register 00 2 -> 61 01")))
                .hasMessageContaining("0x0161 instead of 0x0160");
        registers.then("register 00 2 -> 60 01\nregister 10 1 -> 02\nwrite 13 8a 4a 00 64");
        bench.open("ens160", "", registers);
        registers.assertPlayed();
    }

    @Test
    void model_isCompensatedAndWarmsUp() throws Exception {
        var model = new Ens160Model(bench);
        var sensor = bench.open("ens160", "temperature = -7.5, humidity = 81", new ModelRegisters(model));
        assertThat(model.compensation()).containsExactly(new double[] {-7.5, 81}, within(0.008));
        model.validity(1);
        bench.pause(Duration.ofSeconds(1));
        assertThatThrownBy(sensor::read).hasMessageContaining("warms up");
        model.validity(0);
        assertThat(bench.readFirst(sensor)).containsEntry("eco2", 650.0);
        model.interruptPower();
        assertThatThrownBy(sensor::read).hasMessageContaining("was its power interrupted");
        assertThat(bench.readFirst(sensor)).containsEntry("tvoc", 120.0);
    }

    @Test
    void read_agreesWithTheModel() throws Exception {
        var random = Bench.random();
        var model = new Ens160Model(bench);
        var sensor = bench.open("ens160", "", new ModelRegisters(model));
        for (var i = 0; i < 1000; i++) {
            var index = 1 + random.nextInt(5);
            var tvoc = random.nextDouble() * 65_000;
            var eco2 = 400 + random.nextDouble() * 64_600;
            model.set("air-quality", index);
            model.set("tvoc", tvoc);
            model.set("eco2", eco2);
            var values = bench.readFirst(sensor);
            assertThat(values.get("air-quality")).isEqualTo(index);
            assertThat(values.get("tvoc")).isCloseTo(tvoc, within(0.5));
            assertThat(values.get("eco2")).isCloseTo(eco2, within(0.5));
        }
    }
}
