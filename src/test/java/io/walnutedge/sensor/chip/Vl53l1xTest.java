package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.NoValueException;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.simulate.chip.Vl53l1xModel;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Vl53l1xTest {
    /** From 0x2d on; in brackets what depends on mode and budget. */
    private static final String CONFIGURATION =
            "write 00 2d 00 01 00 01 02 00 02 08 00 08 10 01 01 00 00 00 00 ff 00 0f"
                    + " 00 00 00 00 00 20 0b 00 00 02 [0a] 21 00 00 05 00 00 00 00 c8 00 00 38 ff 01 00 08 00 00"
                    + " [01 cc 0f 01 ea 0d] 01 68 00 80 08 [b8] 00 00 00 00 0f 89 00 00 00 00 00 00 00 01"
                    + " [0f 0d 0e 0e] 00 00 02 c7 ff 9b 00 00 00 01 00 00";

    private static final String OPENING = "write 01 0f\nread 2 -> ea cc\nwrite 00 e5\nread 1 -> 03\n"
            + CONFIGURATION.replaceAll("[\\[\\]]", "")
            + """

            write 00 87 40
            write 00 31
            read 1 -> 03
            write 00 86 01
            write 00 87 00
            write 00 08 09
            write 00 0b 00
            """;
    private static final String RANGING = """
        write 00 86 01
        write 00 87 40
        write 00 31
        read 1 -> 03
        write 00 86 01
        write 00 31
        read 1 -> 03
        write 00 89
        """;
    private static final String SETTINGS = """
        write 00 87 00
        write 00 86 01
        write 00 2e
        read 1 -> 01
        write 00 5e
        read 6 -> 01 cc 0f 01 ea 0d
        """;

    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();

    private Sensor opened() throws Exception {
        return bench.open("vl53l1x", "", registers.then(OPENING));
    }

    private static String result(int status, int millimetres) {
        return String.format(
                "read 15 -> %02x 00 01 40 00 12 34 00 08 00 00 00 00 %02x %02x",
                status, millimetres >> 8, millimetres & 0xff);
    }

    @Test
    void read_isTheSecondRangingInMetres() throws Exception {
        var sensor = opened();
        var before = bench.getAsLong();
        registers.then(RANGING).then(result(0x09, 3210)).then(SETTINGS);
        assertThat(Bench.read(sensor)).containsEntry("distance", 3.21);
        registers.assertPlayed();
        assertThat(bench.getAsLong() - before).isEqualTo(200_000_000);
    }

    /** Every status that the register can show. */
    @Test
    void read_tellsNoTargetFromAFault() throws Exception {
        for (var status = 0; status < 32; status++) {
            var sensor = opened();
            registers.then(RANGING).then(result(status, 500)).then(SETTINGS);
            if (status == 9) {
                assertThat(Bench.read(sensor)).containsEntry("distance", 0.5);
            } else if (!Set.of(4, 5, 6, 7, 8).contains(status)) {
                assertThatThrownBy(sensor::read)
                        .isExactlyInstanceOf(SensorException.class)
                        .hasMessageContaining("did not measure (status " + status + ")");
            } else {
                assertThatThrownBy(sensor::read)
                        .isInstanceOf(NoValueException.class)
                        .hasMessageContaining("no range (status " + status + ")");
            }
            registers.assertPlayed();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4001, 65_535})
    void read_beyondTheChipsReach_isNoTarget(int millimetres) throws Exception {
        var sensor = opened();
        registers.then(RANGING).then(result(9, millimetres)).then(SETTINGS);
        assertThatThrownBy(sensor::read).isInstanceOf(NoValueException.class);
        registers.assertPlayed();
    }

    @Test
    void settings_areTheRegisters() throws Exception {
        var wide = OPENING.replace("02 0a 21", "02 14 21")
                .replace("01 cc 0f 01 ea 0d", "00 d6 07 00 6e 05")
                .replace("08 b8 00", "08 38 00")
                .replace("0f 0d 0e 0e", "07 05 06 06");
        bench.open("vl53l1x", "mode = short, budget = 33", registers.then(wide));
        registers.assertPlayed();
        assertThat(Bench.problems("vl53l1x", "mode = wide, budget = 15")).hasSize(2);
    }

    @Test
    void open_anotherIdIsRefused() {
        registers.then("write 01 0f").then("read 2 -> ea aa");
        assertThatThrownBy(() -> bench.open("vl53l1x", "", registers)).hasMessageContaining("its id is 0xeaaa");
        assertThat(registers.closed()).isOne();
    }

    @Test
    void read_lostTimingIsRefusedAndZerosAreNoResult() throws Exception {
        var sensor = opened();
        registers.then(RANGING).then(result(9, 1000)).then(SETTINGS.replace("01 cc", "00 00"));
        assertThatThrownBy(sensor::read).hasMessageContaining("was its power interrupted");
        registers.then(OPENING).then(RANGING).then("read 15 ->" + " 00".repeat(15));
        assertThatThrownBy(sensor::read).hasMessageContaining("answers only 0x00");
    }

    @Test
    void read_afterAPowerCutIsRefusedOnce() throws Exception {
        var model = new Vl53l1xModel(bench);
        var sensor = bench.open("vl53l1x", "", new ModelRegisters(model));
        model.powerUp();
        assertThatThrownBy(sensor::read).isInstanceOf(SensorException.class);
        assertThat(Bench.read(sensor)).containsEntry("distance", 0.85);
    }

    @ParameterizedTest
    @CsvSource({"long, 100", "short, 20", "long, 500"})
    void read_agreesWithTheModel(String mode, int budget) throws Exception {
        var random = Bench.random();
        var model = new Vl53l1xModel(bench);
        var hocon = "mode = " + mode + ", budget = " + budget;
        var sensor = bench.open("vl53l1x", hocon, new ModelRegisters(model));
        for (var i = 0; i < 1000; i++) {
            var metres = random.nextDouble() * 4;
            model.set("distance", metres);
            assertThat(Bench.read(sensor).get("distance")).isCloseTo(metres, within(0.000501));
        }
        model.set("distance", 4.5);
        assertThatThrownBy(sensor::read).hasMessageContaining("no range (status 4)");
    }
}
