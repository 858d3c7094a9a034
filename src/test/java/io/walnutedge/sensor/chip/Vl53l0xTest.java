package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.NoValueException;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.simulate.chip.Vl53l0xModel;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Vl53l0xTest {
    private static final String OPENING = """
        register c0 2 -> ee aa
        register 89 1 -> 00
        write 89 01
        write 88 00
        write 80 01
        write ff 01
        write 00 00
        register 91 1 -> 3c
        write 00 01
        write ff 00
        write 80 00
        register 60 1 -> 00
        write 60 12
        write 44 00 20
        write 0a 04
        write 0b 01
        write 01 01
        write 00 41
        register 13 1 -> 04
        write 0b 01
        write 00 00
        write 01 02
        write 00 01
        register 13 1 -> 04
        write 0b 01
        write 00 00
        write 01 e8
        """;
    private static final String START = """
        write 80 01
        write ff 01
        write 00 00
        write 91 3c
        write 00 01
        write ff 00
        write 80 00
        write 00 01
        register 13 1 -> 04
        """;
    private static final String SETTINGS = """
        write 0b 01
        register 89 1 -> 01
        register 44 2 -> 00 20
        register 01 1 -> e8
        """;

    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();

    private Sensor opened() throws Exception {
        return bench.open("vl53l0x", "", registers.then(OPENING));
    }

    private static String result(int status, int millimetres) {
        return String.format(
                "register 14 12 -> %02x 00 00 5a 03 20 00 10 00 00 %02x %02x",
                (status << 3) | 1, millimetres >> 8, millimetres & 0xff);
    }

    @Test
    void read_isTheRangeInMetres() throws Exception {
        var sensor = opened();
        registers.then(START).then(result(11, 1234)).then(SETTINGS);
        assertThat(Bench.read(sensor)).containsEntry("distance", 1.234);
        registers.assertPlayed();
    }

    /** Every status that the register can show. */
    @Test
    void read_tellsNoTargetFromAFault() throws Exception {
        for (var status = 0; status < 16; status++) {
            var sensor = opened();
            registers.then(START).then(result(status, 500)).then(SETTINGS);
            if (status == 11) {
                assertThat(Bench.read(sensor)).containsEntry("distance", 0.5);
            } else if (Set.of(0, 1, 2, 3).contains(status)) {
                assertThatThrownBy(sensor::read)
                        .isExactlyInstanceOf(SensorException.class)
                        .hasMessageContaining("its laser did not work (status " + status + ")");
            } else {
                assertThatThrownBy(sensor::read)
                        .isInstanceOf(NoValueException.class)
                        .hasMessageContaining("no range (status " + status + ")");
            }
            registers.assertPlayed();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2001, 8190, 8191, 65_535})
    void read_beyondTheChipsReach_isNoTarget(int millimetres) throws Exception {
        var sensor = opened();
        registers.then(START).then(result(11, millimetres)).then(SETTINGS);
        assertThatThrownBy(sensor::read).isInstanceOf(NoValueException.class);
        registers.assertPlayed();
    }

    @Test
    void signalLimit_isTheRegister() throws Exception {
        registers.then(OPENING.replace("44 00 20", "44 00 0d"));
        bench.open("vl53l0x", "signal-limit = 0.1", registers);
        registers.assertPlayed();
        assertThat(Bench.problems("vl53l0x", "signal-limit = 512")).hasSize(1);
    }

    @Test
    void open_anotherIdIsRefused() {
        registers.then("register c0 2 -> ee ab").then("write ff 00").then("write 80 00");
        assertThatThrownBy(() -> bench.open("vl53l0x", "", registers.then("register c0 2 -> ee ab")))
                .hasMessageContaining("its id is 0xeeab");
        assertThat(registers.closed()).isOne();
    }

    @Test
    void open_leavesTheSecondPage() throws Exception {
        var model = new Vl53l0xModel(bench);
        model.write(new byte[] {(byte) 0xff, 1});
        var sensor = bench.open("vl53l0x", "", new ModelRegisters(model));
        assertThat(Bench.read(sensor)).containsEntry("distance", 0.85);
    }

    @Test
    void read_deadlineAndZeros() throws Exception {
        var sensor = opened();
        registers.then(START.replace("register 13 1 -> 04\n", "") + "register 13 1 -> 00\n".repeat(51));
        assertThatThrownBy(sensor::read).hasMessageContaining("still converts after 100 ms");
        registers.assertPlayed();
        registers.then(OPENING).then(START).then("register 14 12 -> 00 00 00 00 00 00 00 00 00 00 00 00");
        assertThatThrownBy(sensor::read).hasMessageContaining("answers only 0x00");
    }

    @Test
    void read_afterAPowerCutIsRefusedOnce() throws Exception {
        var model = new Vl53l0xModel(bench);
        var sensor = bench.open("vl53l0x", "", new ModelRegisters(model));
        model.powerUp();
        assertThatThrownBy(sensor::read).isInstanceOf(SensorException.class);
        assertThat(Bench.read(sensor)).containsEntry("distance", 0.85);
        registers.then(OPENING);
        var scripted = bench.open("vl53l0x", "", registers);
        registers.then(START).then(result(11, 1234)).then("write 0b 01").then("register 89 1 -> 00");
        assertThatThrownBy(scripted::read).hasMessageContaining("was its power interrupted");
    }

    @Test
    void read_agreesWithTheModel() throws Exception {
        var random = Bench.random();
        var model = new Vl53l0xModel(bench);
        var sensor = bench.open("vl53l0x", "", new ModelRegisters(model));
        for (var i = 0; i < 1000; i++) {
            var metres = random.nextDouble() * 2;
            model.set("distance", metres);
            assertThat(Bench.read(sensor).get("distance")).isCloseTo(metres, within(0.000501));
        }
        model.set("distance", 2.5);
        assertThatThrownBy(sensor::read).hasMessageContaining("no range (status 4)");
    }
}
