package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.hocon.ConfigException;
import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problem;
import io.walnutedge.hocon.Problems;
import io.walnutedge.sensor.Drivers;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.i2c.I2cDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a declared chip is said with its file and line, and what would have been right. */
class DefinitionMistakesTest {
    private static final String DECLARED = "i2c-registers";
    private static final String GOOD = """
        address = 0x48
        reads = [{ register = 0x00, bytes = 2 }]
        fields { temperature { bytes = "0-1" } }
        """;

    @TempDir
    Path directory;

    private final Problems problems = new Problems();

    @BeforeEach
    void makeChips() throws IOException {
        Files.createDirectories(directory.resolve("chips"));
        Files.writeString(directory.resolve("chips/lm99.conf"), GOOD);
    }

    private SensorPlan plan(String sensor) throws IOException, ConfigException {
        var main = Files.writeString(directory.resolve("application.conf"), sensor);
        var settings = ConfigFile.open(main, problems);
        var plan = Drivers.installed().find(DECLARED).orElseThrow().plan(settings);
        settings.finish();
        return plan;
    }

    /** A line, the fourth, that is laid over what is good: a key stands once in a file. */
    private String over(String line) throws IOException {
        Files.writeString(directory.resolve("good.conf"), GOOD);
        return "include \"good.conf\"\n\n\n" + line;
    }

    private List<String> texts() {
        return problems.list().stream()
                .map(Problem::toString)
                .map(text -> text.replace(directory + "/", ""))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "address = 0x78                     | 4: address: \"0x78\" is no I2C address; accepted: 0x08 to 0x77",
                "bus = -1                           | 4: bus: -1 is out of range; accepted: 0 to 255",
                "init = [0x100]                     | 4: init.0: \"0x100\" is out of range; accepted: 0 to 255",
                "init = []                          | 4: init: 0 bytes; accepted: 1 to 32",
                "init = [[1], 2]                    | 4: init.1: 2 is not a list in [ ]",
                "trigger = on                       | 4: trigger: \"on\" is not a list in [ ]",
                "wait = 35                          | 4: wait: 35 has no unit",
                "wait = 1 min                       | 4: wait: \"1 min\" is out of range; accepted: 0 s to 10 s",
                "zeros = valeu                      | 4: zeros: \"valeu\" is none of dead, value; did you mean"
                        + " 'value'?",
                "trigge = [1]                       | 4: trigge: unknown key; did you mean 'trigger'?",
                "reads = []                         | 4: reads: is required, as in",
                "reads = [{ bytes = 2 }]            | 4: reads.0: says not how to read; accepted: one of register",
                "reads = [{ plain = true, register = 1, bytes = 2 }] | 4: reads.0: has register and plain; accepted",
                "reads = [{ plain = true, bytes = 65 }] | 4: reads.0.bytes: 65 is out of range; accepted: 1 to 64",
                "reads = [{ register = 0, bytes = 2, crc { polynomial = 0x31, per = 2 } }] | reads.0.bytes: 2 bytes do"
                        + " not fit",
                "crc { kind = crc16 }               | 4: crc.kind: \"crc16\" is none of crc8, modbus16",
                "expect { register = 0, bytes = 4, value = 1 } | 4: expect.bytes: 4 bytes besides checksums are too"
                        + " many",
                "expect { register = 0, bytes = 1, mask = 1, value = 2 } | 4: expect.value: has bits that the mask 0x1",
                "expect { register = 0, bytes = 1 } | 4: expect.value: is required and missing",
                "fields { wait {} }                 | 4: fields.wait: 'wait' is a key of the sensor; give the quantity",
                "fields { Temp {} }                 | 4: fields.Temp: 'Temp' is no name of a quantity",
                "fields.temperature.read = 1        | 4: fields.temperature.read: 1 is out of range; accepted: 0 to 0",
                "fields.temperature.bytes = \"1-2\" | 4: fields.temperature.bytes: '1-2' is none of the bytes there"
                        + " are",
                "fields.temperature.bits = \"4-15\" | 4: fields.temperature.bits: the highest comes first, as in 15-4",
                "fields.temperature.bits = 16       | 4: fields.temperature.bits: '16' is none of the bits there are",
                "fields.temperature.at = 0          | 3: fields.temperature.bytes: and at or count say the same",
                "fields.temperature.endian = middle | 4: fields.temperature.endian: \"middle\" is none of big, little",
                "fields.temperature.divisor = 0     | 4: fields.temperature.divisor: is 0",
                "fields.temperature { min = 1, max = 1 } | 4: fields.temperature.max: is not above min",
                "fields.temperature.crop = [1]      | 4: fields.temperature.crop: is not two numbers",
                "fields.temperature.lookup = [[1, 2]] | 4: fields.temperature.lookup: 1 entries; accepted: 2 to 256",
                "fields.temperature.lookup = [[1, 2], [1, 3]] | lookup: its raw values do not rise",
                "fields.temperature.lookup { a = 1 } | fields.temperature.lookup.a: 'a' is no raw value",
                "fields.temperature.lookup { \"1\" = 1, \"0x1\" = 2 } | the raw value 1 is there twice",
                "fields.temperature { factor = 2, lookup { \"1\" = 1 } } | only one of these ways at a time",
                "fields.temperature.unti = V        | fields.temperature.unti: unknown key; did you mean 'unit'?",
                "self-test = [{ reads = [\"19\"], values { temperature = 1 } }]    | \"19\" has 1 bytes; the read has"
                        + " 2",
                "self-test = [{ reads = [\"xy\"], values { temperature = 1 } }]    | is not bytes in hexadecimal",
                "self-test = [{ reads = [], values { temperature = 1 } }]          | 0 answers for 1 reads",
                "self-test = [{ reads = [\"19 00\"], values { temperatur = 1 } }]  | did you mean 'temperature'?",
                "self-test = [{ reads = [\"19 00\"], values { temperature = 1 } }] | the answer gives 6400.0, not 1.0",
                "self-test = [{ reads = [\"19 00\"], refused = true }]  | the answer is taken, for temperature 6400.0",
                "self-test = [{ reads = [\"00 00\"], values { temperature = 1 } }] | the answer is refused: register"
                        + " 0x00",
                "self-test = [{ reads = [\"19 00\"] }]                  | has to have either values"
            })
    void mistake_isSaidWithItsLine(String line, String message) throws Exception {
        plan(over(line));
        assertThat(texts())
                .singleElement()
                .asString()
                .matches("(?s)(application|good)\\.conf:.*")
                .contains(message);
    }

    @Test
    void tooManyReadsAndFields_areRefused() throws Exception {
        var reads = "{ register = 0x00, bytes = 2 }, ".repeat(17);
        var fields = new StringBuilder();
        for (var i = 0; i < 33; i++) {
            fields.append("f").append(i).append(" {}, ");
        }
        plan("address = 0x48\nreads = [" + reads + "]\nfields { temperature { bytes = \"0-1\" }, " + fields + " }");
        assertThat(texts())
                .containsExactlyInAnyOrder(
                        "application.conf:2: reads: 17 are too many; accepted: up to 16",
                        "application.conf:3: fields: 34 are too many; accepted: up to 32");
    }

    @Test
    void definitionByName_givesItsAddress_andTheSensorAnother() throws Exception {
        assertThat(plan("definition = lm99").source()).isEqualTo(new I2cDevice(1, 0x48));
        assertThat(plan("definition = lm99, bus = 2, address = 0x4f").source()).isEqualTo(new I2cDevice(2, 0x4f));
        assertThat(texts()).isEmpty();
    }

    @Test
    void definitionByName_inAnIncludedFileIsBesideTheMainFileToo() throws Exception {
        Files.createDirectories(directory.resolve("more"));
        Files.writeString(directory.resolve("more/room.conf"), "definition = lm99");
        assertThat(plan("include \"more/room.conf\"").quantities()).hasSize(1);
        assertThat(texts()).isEmpty();
    }

    @Test
    void includedDefinition_canBeChanged() throws Exception {
        var plan = plan("include \"chips/lm99.conf\"\naddress = 0x4a\nfields.temperature.unit = K");
        assertThat(plan.source()).isEqualTo(new I2cDevice(1, 0x4a));
        assertThat(plan.quantities().get(0).unit()).isEqualTo("K");
        assertThat(texts()).isEmpty();
    }

    @Test
    void mistakeInADefinition_hasItsFileAndLine() throws Exception {
        Files.writeString(directory.resolve("chips/bad.conf"), GOOD + "\nwiat = 3 ms\nready {}");
        plan("definition = bad");
        assertThat(texts()).contains("chips/bad.conf:5: wiat: unknown key; did you mean 'wait'?");
        assertThat(texts()).allMatch(text -> text.startsWith("chips/bad.conf:"));
    }

    @Test
    void brokenDefinition_hasItsFileAndLine() throws Exception {
        Files.writeString(directory.resolve("chips/bad.conf"), GOOD + "\nreads = [");
        plan("definition = bad");
        assertThat(texts()).singleElement().asString().startsWith("chips/bad.conf:5: ");
    }

    @Test
    void unknownDefinition_namesThoseThereAre() throws Exception {
        plan("definition = lm98");
        assertThat(texts())
                .containsExactly("application.conf:1: definition: there is no chips/lm98.conf beside the configuration;"
                        + " accepted: lm99; did you mean 'lm99'?");
    }

    @ParameterizedTest
    @CsvSource({"../lm99", "/etc/passwd", "lm99.conf", "'\" \"'"})
    void definition_isANameWithoutAFolder(String name) throws Exception {
        plan("definition = \"" + name.replace("\"", "") + "\"");
        assertThat(texts()).singleElement().asString().contains("is no name; accepted: a-z");
    }

    @Test
    void keyBesideADefinition_isRefused() throws Exception {
        plan("definition = lm99\nwait = 3 ms");
        assertThat(texts())
                .singleElement()
                .asString()
                .startsWith("application.conf:2: wait: belongs into the definition");
    }

    @Test
    void addressThatNobodySays_isRequired() throws Exception {
        Files.writeString(directory.resolve("chips/lm99.conf"), GOOD.replace("address = 0x48", ""));
        plan("definition = lm99");
        assertThat(texts()).containsExactly("application.conf:1: address: is required and missing");
    }
}
