package io.walnutedge.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problems;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.MeasurementKeys;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.exec.Program;
import io.walnutedge.sensor.files.DeviceFiles;
import io.walnutedge.sensor.files.FileSource;
import io.walnutedge.sensor.files.Roots;
import io.walnutedge.sensor.i2c.I2cBuses;
import io.walnutedge.sensor.i2c.Registers;
import io.walnutedge.sensor.serial.SerialSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every driver keeps to; runs for each one that is found on the class path. A driver with required keys brings the
 * fewest settings that serve in {@code src/test/resources/drivers/NAME.conf}; nothing else is to be done for a new one.
 */
@Timeout(60)
class DriverContractTest {
    @TempDir
    Path empty;

    static Stream<SensorDriver> drivers() {
        var installed = Drivers.installed();
        return installed.names().stream().map(name -> installed.find(name).orElseThrow());
    }

    @Test
    void driversOfThisProject_areFoundWithoutAList() {
        assertThat(Drivers.installed().names()).contains("thermal", "hwmon", "iio", "ds18b20", "file", "text", "board");
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void theClass_isNamedForTheType_soThatNoOtherIsLoaded(SensorDriver driver) {
        assertThat(Registered.installed(SensorDriver.class, "Driver", SensorDriver::name)
                        .byClass(driver.name()))
                .isPresent();
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void name_isAWord(SensorDriver driver) {
        assertThat(driver.name()).matches("[a-z][a-z0-9-]{0,31}");
        assertThat(Drivers.installed().find(driver.name()))
                .get()
                .extracting(Object::getClass)
                .isEqualTo(driver.getClass());
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void fewestSettings_areAccepted(SensorDriver driver) {
        var problems = new Problems();
        var settings = ConfigFile.parse(minimal(driver), problems);
        driver.plan(settings);
        settings.finish();
        assertThat(problems.list())
                .as("a driver with required keys needs src/test/resources/drivers/%s.conf", driver.name())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void unknownKey_isRefused(SensorDriver driver) {
        var problems = new Problems();
        var settings = ConfigFile.parse(minimal(driver) + "\nno-such-key-at-all = 1", problems);
        driver.plan(settings);
        settings.finish();
        assertThat(problems.list())
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString())
                        .contains("no-such-key-at-all")
                        .contains("unknown key"));
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void keysOfTheCaller_areLeftToIt(SensorDriver driver) {
        for (var key : MeasurementKeys.ALL) {
            var problems = new Problems();
            var settings = ConfigFile.parse(minimal(driver) + "\n" + key + " = 1", problems);
            driver.plan(settings);
            settings.finish();
            assertThat(problems.list()).as("key %s is not the driver's", key).hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void anyMistake_isNotedAndNeverThrown(SensorDriver driver) {
        for (var wrong : List.of("[1, 2]", "{ a = 1 }", "-1", "\"\"", "\" \\u0000 ../../ \"", "1.5e300", "true")) {
            var problems = new Problems();
            var settings = new StringBuilder();
            for (var key : ownKeys(driver)) {
                settings.append(key).append(" = ").append(wrong).append('\n');
            }
            assertThat(driver.plan(ConfigFile.parse(settings.toString(), problems)))
                    .isNotNull();
        }
        assertThat(driver.plan(ConfigFile.parse("", new Problems()))).isNotNull();
    }

    /** What a recording cannot hold, a replay of a stranger's must not ask this machine. */
    @ParameterizedTest
    @MethodSource("drivers")
    void programsPortsAndForeignFiles_haveNoPlaceInARecording(SensorDriver driver) {
        var source = plan(driver).source();
        var isOfThisMachine = source instanceof Program
                || source instanceof SerialSource
                || Set.of("file", "disk").contains(driver.name());
        assertThat(driver.isRecorded()).isEqualTo(!isOfThisMachine);
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void quantities_areAtLeastOneAndUnique(SensorDriver driver) {
        var plan = plan(driver);
        assertThat(plan.quantities()).isNotEmpty();
        assertThat(plan.quantities())
                .extracting(Quantity::name)
                .doesNotHaveDuplicates()
                .allMatch(ItemId::isValid);
        assertThat(plan.source().describe()).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void withoutHardware_thereIsASentenceAndNoValue(SensorDriver driver) throws Exception {
        var plan = plan(driver);
        var hardware = new NoHardware(empty);
        if (plan.source() instanceof FileSource && driver.name().equals("text")) {
            assertThat(sample(plan, hardware)).hasSize(1);
            return;
        }
        assertThatThrownBy(() -> sample(plan, hardware))
                .isInstanceOf(SensorException.class)
                .satisfies(error -> assertThat(error.getMessage()).hasSizeGreaterThan(10));
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void close_mayBeCalledTwice(SensorDriver driver) throws Exception {
        var hardware = new NoHardware(empty);
        Sensor sensor;
        try {
            sensor = plan(driver).opening().open(hardware);
        } catch (SensorException notThere) {
            assertThat(hardware.open)
                    .as("registers left open by a failed opening")
                    .isZero();
            return;
        }
        sensor.close();
        sensor.close();
        assertThat(hardware.open).as("registers left open").isZero();
    }

    private static List<Measurement> sample(SensorPlan plan, Hardware hardware)
            throws SensorException, InterruptedException {
        try (var sensor = plan.opening().open(hardware)) {
            return sensor.read();
        }
    }

    private static SensorPlan plan(SensorDriver driver) {
        return driver.plan(ConfigFile.parse(minimal(driver), new Problems()));
    }

    private static Set<String> ownKeys(SensorDriver driver) {
        return ConfigFactory.parseString(minimal(driver)).root().keySet();
    }

    private static String minimal(SensorDriver driver) {
        try (var file = DriverContractTest.class.getResourceAsStream("/drivers/" + driver.name() + ".conf")) {
            return file == null ? "" : new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** No files, and a bus on which nothing acknowledges. */
    private static final class NoHardware implements Hardware, I2cBuses {
        private final Path root;
        private int open;

        NoHardware(Path root) {
            this.root = root;
        }

        @Override
        public <T> T access(Class<T> kind) {
            return Hardware.pick(
                    kind,
                    new DeviceFiles(new Roots(root.resolve("sys"), root.resolve("proc"), root.resolve("dev"))),
                    this);
        }

        @Override
        public Registers registers(int bus, int address) {
            open++;
            return new Registers() {
                private boolean closed;

                @Override
                public void write(int... bytes) throws SensorException {
                    throw new SensorException("nothing acknowledges on this bus");
                }

                @Override
                public byte[] read(int count) throws SensorException {
                    throw new SensorException("nothing acknowledges on this bus");
                }

                @Override
                public byte[] readRegister(int register, int count) throws SensorException {
                    throw new SensorException("nothing acknowledges on this bus");
                }

                @Override
                public void close() {
                    open -= closed ? 0 : 1;
                    closed = true;
                }
            };
        }

        @Override
        public void pause(Duration duration) {
            assertThat(duration).isLessThan(Duration.ofSeconds(10));
        }
    }
}
