package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.Sensor;
import io.walnutedge.simulate.chip.Ccs811Model;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ccs811Test {
    /** 50 % and 25 °C are 0x6400 each: what the chip has by itself. */
    private static final String OPENING = """
        register 20 1 -> 81
        register 00 1 -> 00
        write ff 11 e5 72 8a
        register 00 1 -> 10
        write f4
        register 00 1 -> 90
        write 01 10
        write 05 64 00 64 00
        """;

    private static final String READY = "register 00 1 -> 98\nregister 01 1 -> 10\n";

    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();

    private Sensor opened() throws Exception {
        return bench.open("ccs811", "", registers.then(OPENING));
    }

    @Test
    void read_isOneTransferOfBothValues() throws Exception {
        var sensor = opened();
        registers.then(READY).then("register 02 6 -> 03 20 00 3c 98 00");
        assertThat(Bench.read(sensor)).containsEntry("eco2", 800.0).containsEntry("tvoc", 60.0);
        registers.assertPlayed();
    }

    /** The first value after a start is zero. */
    @ParameterizedTest
    @CsvSource({"00 00 00 00, eco2 0", "01 8f 00 3c, eco2 399"})
    void read_belowTheDatasheetIsRefused(String data, String message) throws Exception {
        var sensor = opened();
        registers.then(READY).then("register 02 6 -> " + data + " 98 00");
        assertThatThrownBy(sensor::read).hasMessageContaining(message).hasMessageContaining("beyond");
    }

    @ParameterizedTest
    @CsvSource({"fd fd 00 3c, eco2 65021", "03 20 80 01, tvoc 32769"})
    void read_oneAboveTheDatasheet_takesNoOther(String data, String message) throws Exception {
        var sensor = opened();
        registers.then(READY).then("register 02 6 -> " + data + " 98 00");
        assertThat(Bench.absent(sensor).lines()).singleElement().asString().contains(message, "beyond");
    }

    @ParameterizedTest
    @CsvSource({"10, heater's current", "20, heater's voltage", "08, resistance", "00, without a cause"})
    void read_errorIsNamed(String bits, String message) throws Exception {
        var sensor = opened();
        registers.then("register 00 1 -> 99\nregister e0 1 -> " + bits);
        assertThatThrownBy(sensor::read).hasMessageContaining(message);
        registers.then(OPENING).then(READY).then("register 02 6 -> 03 20 00 3c 99 " + bits);
        assertThatThrownBy(sensor::read).hasMessageContaining(message);
    }

    @Test
    void read_betweenItsValuesThereIsNone_butNotForEver() throws Exception {
        var sensor = opened();
        bench.pause(Duration.ofSeconds(2));
        registers.then("register 00 1 -> 90");
        assertThat(sensor.read()).isEmpty();
        registers.then(READY).then("register 02 6 -> 03 20 00 3c 98 00");
        assertThat(sensor.read()).hasSize(2);
        bench.pause(Duration.ofMillis(2001));
        registers.then("register 00 1 -> 90");
        assertThatThrownBy(sensor::read).hasMessageContaining("no new value for 2001 ms");
        registers.assertPlayed();
    }

    @Test
    void read_afterAPowerCutIsRefusedAndThenPreparedAnew() throws Exception {
        var sensor = opened();
        registers.then("register 00 1 -> 10");
        assertThatThrownBy(sensor::read).hasMessageContaining("was its power interrupted");
        registers.then(OPENING).then(READY).then("register 02 6 -> 03 20 00 3c 98 00");
        assertThat(Bench.read(sensor)).containsKey("eco2");
    }

    @ParameterizedTest
    @CsvSource({"20 1 -> 81, 20 1 -> 80, HW_ID is 0x80", "-> 10, -> 00, no valid firmware", "-> 90, -> 10, not start"})
    void open_wrongChipOrFirmwareIsRefused(String part, String other, String message) {
        registers.then(OPENING.replace(part, other));
        assertThatThrownBy(() -> bench.open("ccs811", "", registers)).hasMessageContaining(message);
    }

    /** Only in the mode that it is to run in. */
    @Test
    void open_aRunningChipIsNotReset() throws Exception {
        registers.then("register 20 1 -> 81\nregister 00 1 -> 90\nregister 01 1 -> 10\nwrite 05 64 00 64 00");
        bench.open("ccs811", "", registers);
        registers.assertPlayed();
        registers.then("register 20 1 -> 81\nregister 00 1 -> 90\nregister 01 1 -> 20");
        registers.then(OPENING.lines().skip(2).collect(Collectors.joining("\n")));
        bench.open("ccs811", "", registers);
        registers.assertPlayed();
    }

    @Test
    void model_isCompensatedAndFails() throws Exception {
        var model = new Ccs811Model(bench);
        var hocon = "seconds = 10, temperature = 12.5, humidity = 81";
        var sensor = bench.open("ccs811", hocon, new ModelRegisters(model));
        assertThat(model.compensation()).containsExactly(new double[] {81, 12.5}, within(0.001));
        bench.pause(Duration.ofSeconds(10));
        model.fail(0x10);
        assertThatThrownBy(sensor::read).hasMessageContaining("heater's current");
        assertThat(bench.readFirst(sensor)).containsEntry("eco2", 650.0);
        model.interruptPower();
        assertThatThrownBy(sensor::read).hasMessageContaining("was its power interrupted");
        assertThat(bench.readFirst(sensor)).containsEntry("tvoc", 38.0);
    }

    @Test
    void read_agreesWithTheModel() throws Exception {
        var random = Bench.random();
        var model = new Ccs811Model(bench);
        var sensor = bench.open("ccs811", "", new ModelRegisters(model));
        for (var i = 0; i < 1000; i++) {
            var eco2 = 400 + random.nextDouble() * 28_800;
            var tvoc = random.nextDouble() * 32_768;
            model.set("eco2", eco2);
            model.set("tvoc", tvoc);
            var values = bench.readFirst(sensor);
            assertThat(values.get("eco2")).isCloseTo(eco2, within(0.5));
            assertThat(values.get("tvoc")).isCloseTo(tvoc, within(0.5));
        }
    }
}
