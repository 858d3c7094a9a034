package io.walnutedge.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.config.CommandsConfig;
import io.walnutedge.config.DeviceConfig;
import io.walnutedge.config.InputConfig;
import io.walnutedge.config.LogConfig;
import io.walnutedge.config.MeasurementConfig;
import io.walnutedge.config.MqttConfig;
import io.walnutedge.config.OutboxConfig;
import io.walnutedge.config.OutputConfig;
import io.walnutedge.sensor.Drivers;
import io.walnutedge.testkit.Documents;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A file that is loaded again and says the same changes nothing. */
class UnchangedConfigTest {
    private static final Path CONFIG = Path.of("config");
    private static final Path DEMO = Path.of("src/main/resources/io/walnutedge/demo/demo.conf");
    private static final String SECRET = "/etc/walnut-edge/device-secret";
    /** What is equal where its content is. */
    private static final Set<Class<?>> VALUES =
            Set.of(String.class, Duration.class, Path.class, Optional.class, List.class, Map.class, Set.class);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @BeforeEach
    void plantChips() throws IOException {
        var chips = Files.createDirectory(directory.resolve("chips"));
        try (var files = Files.list(CONFIG.resolve("chips"))) {
            for (var file : files.toList()) {
                Files.copy(file, chips.resolve(file.getFileName()));
            }
        }
    }

    private Plan plan(String hocon) throws Exception {
        return new PlanReader(Drivers.installed(), (device, pin) -> pin)
                .read(Files.writeString(directory.resolve("application.conf"), hocon));
    }

    /** Read twice, and once more with other comments and lines. */
    private void assertNothingChanges(String hocon) throws Exception {
        var before = plan(hocon);
        assertThat(before.sensors().size()
                        + before.inputs().size()
                        + before.outputs().size())
                .isPositive();
        for (var again : List.of(hocon, "# 你好\n\n" + hocon + "\n\n// the end")) {
            var change = PlanChange.between(before, plan(again));
            assertUnchanged(change);
            // as the second of two reloads
            assertUnchanged(PlanChange.between(change.plan(), plan(hocon)));
        }
    }

    private static void assertUnchanged(PlanChange change) {
        assertThat(change).hasToString("no sensor, input or output was changed");
        assertThat(change.goneTopics()).isEmpty();
        assertThat(change.restart()).isEmpty();
    }

    static Stream<Path> shipped() throws IOException {
        try (var files = Files.walk(CONFIG)) {
            return Stream.concat(files, Stream.of(DEMO))
                    .filter(file -> file.toString().endsWith(".conf"))
                    .filter(file ->
                            !file.startsWith(CONFIG.resolve("chips")) && !file.startsWith(CONFIG.resolve("scenarios")))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    static Stream<String> documented() throws IOException {
        return Documents.configurations().filter(block -> block.contains("sensors") || block.contains("puts"));
    }

    static Stream<String> chips() throws IOException {
        try (var files = Files.list(CONFIG.resolve("chips"))) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".conf"))
                    .map(name -> name.replace(".conf", ""))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    static Stream<EveryDriver> drivers() {
        return EveryDriver.all();
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void shippedFile(Path file) throws Exception {
        // the device's secret is on no machine but the user's
        var secret = Files.writeString(directory.resolve("secret"), "c2VjcmV0");
        assertNothingChanges(Files.readString(file).replace(SECRET, '"' + secret.toString() + '"'));
    }

    @ParameterizedTest
    @MethodSource("documented")
    void documentedBlock(String hocon) throws Exception {
        assertNothingChanges(hocon);
    }

    @ParameterizedTest
    @MethodSource("chips")
    void chipOfADefinition(String name) throws Exception {
        assertNothingChanges("sensors { t { type = i2c-registers, definition = " + name + ", address = 0x48 } }");
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void driver_withTheKeysThatAllHave(EveryDriver driver) throws Exception {
        for (var payload : EveryDriver.PAYLOADS) {
            assertNothingChanges(
                    "sensors {\nroom { type = bme280, bus = 9 }\n" + driver.entry(driver.withAllKeys(payload)) + "}");
        }
    }

    static Set<String> outputs() {
        return CommonKeysTest.outputs();
    }

    @ParameterizedTest
    @MethodSource("outputs")
    void typeOfOutput(String type) throws Exception {
        assertNothingChanges(CommonKeysTest.output(type, "confirm = true"));
    }

    @Test
    void fileWithEveryKey() throws Exception {
        var text = Files.readString(Path.of("src/test/resources/every-key.conf"))
                .replace("DIRECTORY", directory.toString());
        Files.writeString(directory.resolve("secret"), "geheim");
        for (var name : List.of("ca.pem", "cert.pem", "key.pem")) {
            Files.writeString(directory.resolve(name), "-");
        }
        assertNothingChanges(text);
    }

    /** What is compared has nothing in it that is equal to itself alone: an array, a pattern, a function, an object without equals. */
    @Test
    void configurationValues_areEqualWhereTheirContentIs() {
        var seen = new HashSet<Class<?>>();
        for (var type : List.of(
                DeviceConfig.class,
                MqttConfig.class,
                OutboxConfig.class,
                CommandsConfig.class,
                LogConfig.class,
                MeasurementConfig.class,
                InputConfig.class,
                OutputConfig.class)) {
            assertEqualByContent(type, type.getSimpleName(), seen);
        }
        assertThat(seen.stream().map(Class::getSimpleName)).contains("Template", "Part", "Secret", "BrokerAddress");
    }

    private static void assertEqualByContent(Type type, String path, Set<Class<?>> seen) {
        if (type instanceof ParameterizedType generic) {
            assertEqualByContent(generic.getRawType(), path, seen);
            for (var argument : generic.getActualTypeArguments()) {
                assertEqualByContent(argument, path, seen);
            }
            return;
        }
        assertThat(type).as(path).isInstanceOf(Class.class);
        var raw = (Class<?>) type;
        if (raw.isPrimitive() || raw.isEnum() || VALUES.contains(raw) || !seen.add(raw)) {
            return;
        }
        if (raw.isRecord()) {
            for (var component : raw.getRecordComponents()) {
                assertEqualByContent(component.getGenericType(), path + "." + component.getName(), seen);
            }
        } else if (raw.isSealed()) {
            for (var permitted : raw.getPermittedSubclasses()) {
                assertEqualByContent(permitted, path, seen);
            }
        } else {
            assertThat(Stream.of(raw.getDeclaredMethods()).map(method -> method.getName()))
                    .as("%s has a %s, which needs equals", path, raw)
                    .contains("equals", "hashCode");
        }
    }
}
