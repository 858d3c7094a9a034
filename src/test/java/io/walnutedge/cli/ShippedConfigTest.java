package io.walnutedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.config.MeasurementConfig;
import io.walnutedge.config.PayloadFormat;
import io.walnutedge.hocon.ConfigException;
import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problems;
import io.walnutedge.plan.Plan;
import io.walnutedge.plan.PlanReader;
import io.walnutedge.sensor.Drivers;
import io.walnutedge.testkit.Documents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The configurations that come with the program, and those in its documentation, are good. */
class ShippedConfigTest {
    private static final Path CONFIG = Path.of("config");
    private static final Path EXAMPLES = CONFIG.resolve("examples");
    private static final Path DEMO = Path.of("src/main/resources/io/walnutedge/demo/demo.conf");
    private static final Path SCENARIOS = CONFIG.resolve("scenarios");

    /** A line that is commented out, unlike a sentence. */
    private static final Pattern COMMENTED_OUT = Pattern.compile("(?m)^( *)# ?(?=.*[={}])");

    private static final String SECRET = "/etc/walnut-edge/device-secret";

    private final PlanReader reader = new PlanReader(Drivers.installed(), BoardPins.byName());

    /** Without the parts that others include or name. */
    static Stream<Path> shipped() throws IOException {
        try (var files = Files.walk(CONFIG)) {
            return Stream.concat(files, Stream.of(DEMO))
                    .filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(CONFIG.resolve("chips")) && !file.startsWith(SCENARIOS))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    static Stream<String> documented() throws IOException {
        return Documents.configurations();
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void shippedFile_isGood(Path file, @TempDir Path directory) throws IOException, ConfigException {
        // the device's secret is on no machine but the user's
        var secret = Files.writeString(directory.resolve("secret"), "c2VjcmV0");
        var text = Files.readString(file);
        var plan = text.contains(SECRET)
                ? reader.read(Files.writeString(
                        directory.resolve("cloud.conf"), text.replace(SECRET, '"' + secret.toString() + '"')))
                : reader.read(file);
        assertThat(plan.sensors().size() + plan.outputs().size() + plan.inputs().size())
                .isPositive();
    }

    @ParameterizedTest
    @MethodSource("documented")
    void documentedConfig_isGood(String hocon, @TempDir Path directory) throws IOException, ConfigException {
        var chips = Files.createDirectory(directory.resolve("chips"));
        try (var files = Files.list(CONFIG.resolve("chips"))) {
            for (var file : files.toList()) {
                Files.copy(file, chips.resolve(file.getFileName()));
            }
        }
        reader.read(Files.writeString(directory.resolve("application.conf"), hocon));
    }

    @Test
    void documentation_hasConfigs() throws IOException {
        assertThat(documented()).hasSizeGreaterThan(3);
    }

    @Test
    void application_publishesTheBoard_andDrivesNothing() throws ConfigException {
        var plan = reader.read(CONFIG.resolve("application.conf"));
        assertThat(plan.outputs()).isEmpty();
        assertThat(plan.inputs()).isEmpty();
        assertThat(plan.mqtt().connection().brokers()).hasToString("[tcp://127.0.0.1:1883]");
        assertThat(plan.sensors()).extracting(sensor -> sensor.id().value()).containsExactly("board", "cpu");
    }

    @Test
    void application_withAllThatIsCommentedOut_isGoodToo() throws IOException, ConfigException {
        var whole = COMMENTED_OUT
                .matcher(Files.readString(CONFIG.resolve("application.conf")))
                .replaceAll("$1");
        // the file does not exist here
        var text = whole.lines().filter(line -> !line.contains("password-file")).collect(Collectors.joining("\n"));
        var problems = new Problems();
        var plan = reader.read(ConfigFile.parse(text, problems), problems);
        assertThat(plan.device().id()).isEqualTo("greenhouse");
        assertThat(plan.sensors())
                .extracting(sensor -> sensor.id().value())
                .containsExactly("board", "cpu", "room", "tank", "level");
        assertThat(plan.inputs()).hasSize(1);
        assertThat(plan.outputs()).hasSize(1);
    }

    @Test
    void tutorial_publishesWholeDegreesEachSecond() throws ConfigException {
        var measurement = only(reader.read(EXAMPLES.resolve("tutorial.conf")));
        assertThat(measurement.topic()).isEqualTo("Temperature");
        assertThat(measurement.decimals()).isZero();
        assertThat(measurement.format()).isEqualTo(PayloadFormat.PLAIN);
        assertThat(measurement.every()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void hello_greetsEachSecondWhereTheLessonDoes() throws ConfigException {
        var plan = reader.read(EXAMPLES.resolve("hello.conf"));
        assertThat(plan.mqtt().connection().brokers()).hasToString("[tcp://mq.tongxinmao.com:18830]");
        assertThat(only(plan).topic()).isEqualTo("/public/walnutpi/1");
        assertThat(only(plan).every()).isEqualTo(Duration.ofSeconds(1));
    }

    private static MeasurementConfig only(Plan plan) {
        assertThat(plan.sensors()).hasSize(1);
        return List.copyOf(plan.sensors().get(0).measurements().values()).get(0);
    }
}
