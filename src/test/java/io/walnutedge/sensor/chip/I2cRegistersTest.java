package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.i2c.I2cDevice;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A chip declared in the sensor's table, on its bus. */
class I2cRegistersTest {
    private static final String DECLARED = "i2c-registers";
    private static final String WORD = "address = 0x48, reads = [{ register = 0x00, bytes = 2 }]\n";

    private final Bench bench = new Bench();
    private final FakeRegisters registers = new FakeRegisters();

    private Sensor opened(String hocon) throws Exception {
        return bench.open(DECLARED, hocon, registers);
    }

    private long millis() {
        return bench.getAsLong() / 1_000_000;
    }

    @Test
    void plan_namesDeviceAndQuantitiesInTheOrderOfTheFile() {
        var plan = Bench.plan(
                DECLARED, "bus = 2\n" + WORD + "fields { temperature {}\n level { unit = cm, decimals = 1 }\n a {} }");
        assertThat(plan.source()).isEqualTo(new I2cDevice(2, 0x48));
        assertThat(plan.quantities())
                .isEqualTo(List.of(Quantity.TEMPERATURE, new Quantity("level", "cm", 1), new Quantity("a", "", 2)));
    }

    @Test
    void read_playsEveryStepInItsOrder() throws Exception {
        registers.then("write 01 60\nwrite 02\nregister 0f 2 -> f1 17");
        var before = millis();
        var sensor = opened("""
            address = 0x48
            init = [[0x01, 0x60], [0x02]], init-wait = 2 ms
            expect { register = 0x0f, bytes = 2, mask = 0x0fff, value = 0x0117 }
            trigger = [0x03], wait = 35 ms
            ready { register = 0x04, bytes = 1, mask = 0x80, value = 0x80 }
            reads = [
              { register = 0x05, bytes = 2 }
              { register16 = 0x2400, wait = 16 ms, bytes = 2 }
              { write = [0x06], plain = true, bytes = 1 }
            ]
            verify { register = 0x01, bytes = 1, value = 0x60 }
            fields { a { read = 0 }, b { read = 1 }, c { read = 2 } }
            """);
        assertThat(millis() - before).isEqualTo(4);
        before = millis();
        registers.then("write 03\nregister 04 1 -> 00\nregister 04 1 -> 80\nregister 05 2 -> 01 00");
        registers.then("write 24 00\nread 2 -> 00 02\nwrite 06\nread 1 -> 03\nregister 01 1 -> 60");
        assertThat(Bench.read(sensor))
                .containsEntry("a", 256.0)
                .containsEntry("b", 2.0)
                .containsEntry("c", 3.0);
        assertThat(millis() - before).isEqualTo(35 + 1 + 16);
        registers.assertPlayed();
        sensor.close();
        assertThat(registers.closed()).isOne();
    }

    @Test
    void open_anotherChipIsRefusedAndGivenBack() {
        registers.then("register 0f 2 -> 00 75");
        assertThatThrownBy(() -> opened(WORD + "fields { a {} }\n"
                        + "expect { register = 0x0f, bytes = 2, mask = 0x0fff, value = 0x0117 }"))
                .hasMessage("the chip at i2c-1 0x48: register 0x0f is 0x0075 under the mask 0x0fff, not 0x0117;"
                        + " is it another chip?");
        assertThat(registers.closed()).isOne();
    }

    @Test
    void read_afterAPowerCutIsRefused() throws Exception {
        var sensor = opened(WORD + "fields { a {} }\nverify { register = 1, bytes = 1, value = 0x18 }");
        registers.then("register 00 2 -> 19 00\nregister 01 1 -> 00");
        assertThatThrownBy(sensor::read).hasMessageContaining("is 0x00 under the mask 0xff, not 0x18; was its power");
    }

    @Test
    void read_notReadyWithinTheDeadlineIsRefused() throws Exception {
        var sensor = opened(WORD + "fields { a {} }\n"
                + "ready { plain = true, bytes = 1, mask = 0x80, value = 0, deadline = 2 ms }");
        registers.then("read 1 -> 80\nread 1 -> 80\nread 1 -> 80");
        assertThatThrownBy(sensor::read)
                .hasMessageContaining("its plain answer is 0x80")
                .hasMessageContaining("not ready within its deadline of 2 ms");
        registers.assertPlayed();
    }

    @Test
    void read_wakesAChipThatDoesNotAcknowledge() throws Exception {
        registers.then("write 00 -> NACK");
        var sensor = opened("include file(\"config/chips/am2320.conf\")");
        registers.then("write 00 -> NACK\nwrite 03 00 04\nread 8 -> 03 04 01 f4 00 fa 31 a5");
        assertThat(Bench.read(sensor)).containsEntry("humidity", 50.0).containsEntry("temperature", 25.0);
        registers.then("write 00\nwrite 03 00 04 -> NACK");
        assertThatThrownBy(sensor::read).hasMessage("not acknowledged");
    }

    @ParameterizedTest
    @CsvSource({"00 00, only 0x00", "ff ff, only 0xff", "19, answered 1 bytes instead of 2"})
    void read_aDeadOrShortAnswerIsRefused(String answer, String message) throws Exception {
        var sensor = opened(WORD + "fields { a {} }");
        registers.then("register 00 2 -> " + answer);
        assertThatThrownBy(sensor::read)
                .hasMessageStartingWith("the chip at i2c-1 0x48: ")
                .hasMessageContaining(message);
    }

    @Test
    void read_zerosAndOnesAreValuesWhereTheDefinitionSaysSo() throws Exception {
        var sensor = opened(WORD + "zeros = value, ones = value, fields { a { signed = true } }");
        registers.then("register 00 2 -> 00 00\nregister 00 2 -> ff ff");
        assertThat(Bench.read(sensor)).containsEntry("a", 0.0);
        assertThat(Bench.read(sensor)).containsEntry("a", -1.0);
    }

    @Test
    void read_aWrongChecksumIsRefused() throws Exception {
        var sensor = opened("address = 0x44, reads = [{ plain = true, bytes = 3 }], fields { a {} }\n"
                + "crc { polynomial = 0x31, init = 0xff, per = 2 }");
        registers.then("read 3 -> be ef 92\nread 3 -> be ef 7b");
        assertThat(Bench.read(sensor)).containsEntry("a", (double) 0xbeef);
        assertThatThrownBy(sensor::read).hasMessageContaining("bad checksum 0x7b instead of 0x92");
    }

    /** Each on an answer of four bytes, the first of which is 0. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes = \"1-2\"                                       | 00 12 34 00 | 4660",
                "bytes = \"1-2\", endian = little                      | 00 12 34 00 | 13330",
                "at = 1, count = 2                                     | 00 12 34 00 | 4660",
                "at = 2                                                | 00 12 34 00 | 52",
                "bytes = 3, bits = 7                                   | 00 00 00 80 | 1",
                "bytes = \"1-2\", bits = \"11-4\"                      | 00 12 34 00 | 35",
                "bytes = \"1-2\", bits = \"15-4\", signed = true       | 00 ff f0 00 | -1",
                "bytes = \"1-2\", signed = true                        | 00 7f ff 00 | 32767",
                "bytes = \"1-2\", signed = true                        | 00 80 00 00 | -32768",
                "bytes = \"1-2\", signed = magnitude                   | 00 80 65 00 | -101",
                "signed = true                                         | 80 00 00 00 | -2147483648",
                "signed = false                                        | ff ff ff fe | 4294967294",
                "bytes = 3, factor = 3, divisor = 4, offset = -1       | 00 00 00 02 | 0.5",
                "bytes = 3, polynomial = [1, 2, 3]                     | 00 00 00 02 | 17",
                "bytes = 3, lookup { \"2\" = 1.5, \"0x03\" = 7 }       | 00 00 00 03 | 7",
                "bytes = 3, lookup = [[0, 10], [10, 20], [20, 0]]      | 00 00 00 05 | 15",
                "bytes = 3, lookup = [[0, 10], [10, 20], [20, 0]]      | 00 00 00 0f | 10",
                "bytes = 3, crop = [0, 2]                              | 00 00 00 09 | 2",
                "bytes = 3, min = 1, max = 9                           | 00 00 00 09 | 9"
            })
    void field_makesAValueOfItsBits(String field, String answer, double value) throws Exception {
        var sensor = opened("address = 0x48, reads = [{ plain = true, bytes = 4 }], fields { a { " + field + " } }");
        registers.then("read 4 -> " + answer);
        assertThat(Bench.read(sensor)).containsEntry("a", value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bits = \"15-4\", invalid = [0x7ff0]  | 7f f0 | a: 0x7ff0 is no value",
                "max = 150, unit = °C                 | 03 e8 | a: 1000.00 °C is beyond what it measures, at most"
                        + " 150.0",
                "lookup { \"1\" = 1 }                 | 00 02 | a: 2 is not in its lookup",
                "lookup = [[3, 1], [4, 2]]            | 00 02 | a: 2 is not in its lookup"
            })
    void field_refusesWhatIsNoValue(String field, String answer, String message) throws Exception {
        var sensor = opened(WORD + "fields { a { " + field + " } }");
        registers.then("register 00 2 -> " + answer);
        assertThatThrownBy(sensor::read).hasMessageContaining(message);
    }
}
