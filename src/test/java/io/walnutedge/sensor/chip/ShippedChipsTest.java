package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.i2c.Registers;
import io.walnutedge.simulate.chip.ModelMaker;
import io.walnutedge.testkit.Documents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The definitions of config/chips: their own vectors, and the drivers of the chips that have one. */
class ShippedChipsTest {
    private static final Path CHIPS = Path.of("config/chips");
    private static final String DECLARED = "i2c-registers";

    private final Bench bench = new Bench();

    /** A bus that nobody drives. */
    private record DeadRegisters(int value) implements Registers {
        @Override
        public void write(int... bytes) {}

        @Override
        public byte[] read(int count) {
            var answer = new byte[count];
            Arrays.fill(answer, (byte) value);
            return answer;
        }

        @Override
        public byte[] readRegister(int register, int count) {
            return read(count);
        }

        @Override
        public void close() {}
    }

    static Stream<String> shipped() throws IOException {
        try (var files = Files.list(CHIPS)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".conf"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static String included(String file) {
        return "include file(\"" + CHIPS.resolve(file) + "\")";
    }

    @Test
    void shipped_areAtLeastTen() throws IOException {
        assertThat(shipped()).hasSizeGreaterThanOrEqualTo(12);
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void definition_isGoodAndItsVectorsPass(String file) throws IOException {
        assertThat(Bench.problems(DECLARED, included(file))).isEmpty();
        assertThat(Files.readString(CHIPS.resolve(file))).contains("self-test = [", "values {");
    }

    @Test
    void document_hasAnExampleThatWorks_andEveryDefinitionKey() throws Exception {
        var document = Files.readString(Documents.DEFINITIONS);
        var example = document.replaceFirst("(?s)^.*```hocon\n(.*?)```.*$", "$1");
        assertThat(Bench.problems(DECLARED, example)).isEmpty();
        var registers = new FakeRegisters().then("register 0f 2 -> 01 17\nregister 00 2 -> 0c 80");
        assertThat(Bench.read(bench.open(DECLARED, example, registers))).containsEntry("temperature", 25.0);
        var unknown =
                Bench.problems(DECLARED, example + "\nqqqqqqqqqqqqqqqqqq = 1").get(0);
        assertThat(unknown.replaceAll("^.*accepted here: ", "").split(", ", -1))
                .hasSizeGreaterThan(15)
                .allSatisfy(key -> assertThat(document).contains("`" + key));
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void definition_withASpoiledVectorIsAProblemAtItsLine(String file) throws IOException {
        var text = Files.readString(CHIPS.resolve(file));
        var spoiled = text.replaceFirst("(values \\{ [a-z0-9]+ = )", "$16");
        var line = text.substring(0, text.indexOf("values {")).lines().count();
        assertThat(Bench.problems(DECLARED, spoiled))
                .singleElement()
                .asString()
                .contains("String: " + line + ": self-test.0.values.", "the answer gives ");
    }

    /** One random number generator for both, each chip on its own bench. */
    @ParameterizedTest
    @CsvSource({
        "lm75, '', temperature, -54.9, 124.9",
        "tmp102, '', temperature, -55, 127.8",
        "sht3x, '', temperature humidity, 0, 99",
        "bh1750, '', illuminance, 0, 54000",
        "ads1115, '', a0 a1 a2 a3, -0.3, 4.09"
    })
    void definition_agreesWithTheDriver(String name, String options, String quantities, double min, double max)
            throws Exception {
        var random = Bench.random();
        var other = new Bench();
        var maker = Objects.requireNonNull(ModelMaker.installed().get(name));
        var one = maker.make(bench);
        var two = maker.make(other);
        var declared = bench.open(DECLARED, included(name + ".conf"), new ModelRegisters(one));
        var written = other.open(name, options, new ModelRegisters(two));
        for (var i = 0; i < 1000; i++) {
            for (var quantity : quantities.split(" ", -1)) {
                var value = min + (max - min) * random.nextDouble();
                one.set(quantity, value);
                two.set(quantity, value);
            }
            bench.pause(Duration.ofSeconds(1));
            other.pause(Duration.ofSeconds(1));
            var expected = Bench.read(written);
            var found = Bench.read(declared);
            assertThat(found.keySet()).isEqualTo(expected.keySet());
            found.forEach((quantity, value) ->
                    assertThat(value).as(quantity).isCloseTo(expected.get(quantity), within(1e-9)));
        }
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void definition_neverMakesANumberOfADeadBus(String file) {
        for (var value : List.of(0x00, 0xff)) {
            if (file.equals("bh1750.conf") && value == 0) {
                continue; // darkness
            }
            assertThatThrownBy(() -> bench.open(DECLARED, included(file), new DeadRegisters(value))
                            .read())
                    .isInstanceOf(SensorException.class);
        }
    }
}
