package io.walnutedge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.walnutedge.outbox.DurableOutbox;
import io.walnutedge.outbox.Outbox;
import io.walnutedge.outbox.OutboxClock;
import io.walnutedge.outbox.OutboxSettings;
import io.walnutedge.outbox.StoreListener;
import io.walnutedge.sensor.Drivers;
import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.files.DeviceFiles;
import io.walnutedge.sensor.files.Roots;
import io.walnutedge.sensor.i2c.I2cBuses;
import io.walnutedge.sensor.i2c.Registers;
import io.walnutedge.simulate.SimulatedBoard;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The commands that look at a board, on the file trees of the simulated one. */
class CommandsOnABoardTest {
    @TempDir
    Path directory;

    private SimulatedBoard board;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void plant() throws Exception {
        board = SimulatedBoard.create(() -> 0);
    }

    @AfterEach
    void close() throws Exception {
        board.close();
    }

    private int run(Object command, String... arguments) {
        return new CommandLine(command)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((trouble, line, parsed) -> {
                    line.getErr().println(trouble.getMessage());
                    return Cli.FAILED;
                })
                .execute(arguments);
    }

    private String config(String hocon) throws Exception {
        var roots = board.roots();
        var device = String.format(
                "device { id = t, sys-root = \"%s\", proc-root = \"%s\", dev-root = \"%s\" }%n",
                roots.sys(), roots.proc(), roots.dev());
        return Files.writeString(directory.resolve("a.conf"), device + hocon).toString();
    }

    @Test
    void read_printsATable() throws Exception {
        var config = config("sensors { cpu { type = thermal, zone = cpu-thermal, decimals = 1 }\n"
                + "supply { type = hwmon, chip = ina3221, channel = in, label = VDD_5V, factor = 1000, unit = mV } }");
        assertThat(run(new ReadCommand(), "-c", config)).isEqualTo(Cli.OK);
        assertThat(out.toString().lines().map(line -> line.replaceAll(" +", " ").strip()))
                .contains("SENSOR QUANTITY VALUE UNIT", "cpu temperature 46.0 °C")
                .anyMatch(line -> line.matches("supply voltage 50[0-9]{2}\\.[0-9]+ mV"));
    }

    @Test
    void read_asJson_isOneObjectForEachValue_andAFailureIsOneToo() throws Exception {
        var config = config("sensors { cpu { type = thermal, zone = cpu-thermal, decimals = 1 }\n"
                + "gone { type = file, path = /no/such/file } }");
        assertThat(run(new ReadCommand(), "--json", "-c", config)).isEqualTo(Cli.FAILED);
        assertThat(out.toString().lines())
                .containsExactly(
                        "{\"sensor\":\"cpu\",\"quantity\":\"temperature\",\"value\":46.0,\"unit\":\"°C\"}",
                        "{\"sensor\":\"gone\",\"error\":\"/no/such/file does not exist\"}");
    }

    private static final String FORMULAS = """
        sensors {
          sum { type = formula, formula = "a + b", inputs { a = warm.value, b = twice.value } }
          twice { type = formula, formula = "2 * w", inputs { w = warm.value } }
          warm { type = file, path = "%s", factor = 10 }
          none { type = formula, formula = "g", inputs { g = gone.value } }
          gone { type = file, path = /no/such/file }
        }
        """;

    /** A formula computes from what is read before it, as it would be published, whatever the order and whoever is named. */
    @ParameterizedTest
    @CsvSource({"sum, 63.000", "twice, 42.000"})
    void read_ofAFormula_readsItsInputs(String name, String value) throws Exception {
        var config = config(FORMULAS.formatted(Files.writeString(directory.resolve("warm"), "2.1")));
        assertThat(run(new ReadCommand(), "--json", "-c", config, name)).isEqualTo(Cli.OK);
        assertThat(out.toString().lines())
                .containsExactly(
                        "{\"sensor\":\"" + name + "\",\"quantity\":\"value\",\"value\":" + value + ",\"unit\":\"\"}");
    }

    @Test
    void read_ofAFormulaWithoutItsInput_saysWhich() throws Exception {
        var config = config(FORMULAS.formatted(Files.writeString(directory.resolve("warm"), "2.1")));
        assertThat(run(new ReadCommand(), "--json", "-c", config, "none")).isEqualTo(Cli.OK);
        assertThat(out.toString()).contains("\"none\":\"there is no value of gone.value yet, or it is offline\"");
        out.getBuffer().setLength(0);
        assertThat(run(new ReadCommand(), "-c", config)).isEqualTo(Cli.FAILED);
        assertThat(out.toString().lines().map(line -> line.replaceAll(" +", " ").strip()))
                .contains("sum value 63.000", "warm value 21.000")
                .anyMatch(line -> line.startsWith("none value - none: there is no value"))
                .anyMatch(line -> line.startsWith("gone - - failed: "));
    }

    /** One channel that is switched off and one that fails; the third is read. */
    @Test
    void read_saysOfEachQuantityWhyItHasNoValue() throws Exception {
        var chip = Files.createDirectories(board.roots().sys().resolve("class/hwmon/hwmon88"));
        Files.writeString(chip.resolve("name"), "nct");
        Files.writeString(chip.resolve("temp1_input"), "40000");
        Files.writeString(chip.resolve("fan1_input"), "off");
        Files.writeString(chip.resolve("fan1_enable"), "0");
        Files.writeString(chip.resolve("in0_input"), "garbage");
        var two = config("sensors { c { type = hwmon, chip = nct, channels = [temp1, fan1] } }");
        assertThat(run(new ReadCommand(), "-c", two)).isEqualTo(Cli.OK);
        var three = config("sensors { c { type = hwmon, chip = nct, channels = [temp1, fan1, in0] } }");
        assertThat(run(new ReadCommand(), "-c", three)).isEqualTo(Cli.FAILED);
        assertThat(out.toString().lines().map(line -> line.replaceAll(" +", " ").strip()))
                .contains("c temperature1 40.00 °C")
                .anyMatch(line -> line.startsWith("c speed1 - none: ") && line.contains("switched off"))
                .anyMatch(line -> line.startsWith("c voltage0 - failed: "));
    }

    @Test
    void check_judgesWhatIsInTheFilesOfTls() throws Exception {
        var file = Files.writeString(directory.resolve("ca.pem"), "garbage");
        var config = config("mqtt { broker = \"ssl://b\", tls.ca-file = \"" + file + "\" }");
        assertThat(run(new CheckCommand(), "-c", config)).isNotEqualTo(Cli.OK);
        assertThat(err.toString()).contains("mqtt.tls: " + file + " holds nothing in PEM form");
        err.getBuffer().setLength(0);
        config = config("mqtt { broker = \"ssl://b\", tls.ca-file = \"" + directory + "\" }");
        assertThat(run(new CheckCommand(), "-c", config)).isNotEqualTo(Cli.OK);
        assertThat(err.toString()).contains("mqtt.tls.ca-file: " + directory + " is a directory, not a file");
    }

    @Test
    void read_ofAnUnknownSensor_suggestsOne() throws Exception {
        var config = config("sensors { cpu { type = thermal, zone = cpu-thermal } }");
        assertThat(run(new ReadCommand(), "-c", config, "cpv")).isEqualTo(Cli.FAILED);
        assertThat(err.toString()).contains("no sensor 'cpv'; did you mean 'cpu'?");
    }

    @Test
    void pins_showsWhatTheConfigUses() throws Exception {
        var config = config("outputs { lamp { pin = 11 }, fan { pin = gpio74 } }");
        assertThat(run(new PinsCommand(), "-c", config)).isEqualTo(Cli.OK);
        assertThat(out.toString().lines().map(line -> line.replaceAll(" +", " ").strip()))
                .contains("11 PC9 gpio73 - - output lamp")
                .anyMatch(line -> line.matches("[0-9]+ PC10 gpio74 .* output fan"))
                .contains("1 3V3 - - -");
    }

    @Test
    void scan_printsEntriesThatAreGood() throws Exception {
        var roots = board.roots();
        assertThat(run(
                        new ScanCommand(),
                        "--sys-root=" + roots.sys(),
                        "--proc-root=" + roots.proc(),
                        "--dev-root=" + roots.dev(),
                        "--bus=99"))
                .isEqualTo(Cli.OK);
        var printed = out.toString();
        assertThat(printed).contains("walnutpi-1b", "cpu-thermal", "ina3221", "dht11", "28-");
        var entries = printed.substring(printed.indexOf("sensors {"));
        out.getBuffer().setLength(0);
        assertThat(run(new ReadCommand(), "-c", config(entries))).isEqualTo(Cli.OK);
        assertThat(out.toString()).contains("cpu-thermal", "temperature").doesNotContain("failed");
    }

    @Test
    void i2cScan_tellsTheChips_andTouchesNoneThatTheKernelHolds() throws Exception {
        var scan = new I2cScan(board.hardware(), Drivers.installed(), false);
        assertThat(scan.scan(1))
                .extracting(found -> String.format("0x%02x %s", found.address(), found.entry()))
                .contains(
                        "0x44 sht3x-44 { type = sht3x, bus = 1, address = 0x44 }",
                        "0x76 bme280-76 { type = bme280, bus = 1, address = 0x76 }")
                .anyMatch(found -> found.startsWith("0x23 ") && found.contains("type = bh1750"))
                .anyMatch(found -> found.startsWith("0x48 ") && found.contains(" ads1115, ads1015"));
        var held = board.roots().sys().resolve("bus/i2c/devices/1-0076");
        Files.createDirectories(held);
        Files.createSymbolicLink(held.resolve("driver"), Files.createDirectories(directory.resolve("bmp280")));
        assertThat(scan.scan(1))
                .filteredOn(found -> found.address() == 0x76)
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.what()).contains("held by the kernel's driver bmp280");
                    assertThat(found.entry()).isEmpty();
                });
    }

    /** A bus on which a TMP117 is at 0x48, and the kernel refuses 0x49. */
    private static final class ThermometerBus implements Hardware, I2cBuses {
        private final Roots roots;
        private final List<String> asked = new ArrayList<>();

        ThermometerBus(Roots roots) {
            this.roots = roots;
        }

        @Override
        public <T> T access(Class<T> kind) {
            return Hardware.pick(kind, new DeviceFiles(roots), this);
        }

        @Override
        public void pause(Duration duration) {}

        @Override
        public Registers registers(int bus, int address) {
            return new Registers() {
                @Override
                public void write(int... bytes) throws SensorException {
                    asked.add(String.format("%02x write", address));
                    throw new SensorException("not acknowledged");
                }

                @Override
                public byte[] read(int count) throws SensorException {
                    if (address == 0x49) {
                        throw new SensorException("0x49 on i2c-1 does not answer (Device or resource busy); look at");
                    }
                    if (address != 0x48) {
                        throw new SensorException("not acknowledged");
                    }
                    return new byte[count];
                }

                @Override
                public byte[] readRegister(int register, int count) throws SensorException {
                    asked.add(String.format("%02x %02x", address, register));
                    if (address == 0x48 && register == 0x0f) {
                        return new byte[] {0x01, 0x17};
                    }
                    throw new SensorException("not acknowledged");
                }

                @Override
                public void close() {}
            };
        }
    }

    @Test
    void i2cScan_asksAtSharedAddresses_withConsentAlone() {
        var bus = new ThermometerBus(board.roots());
        assertThat(new I2cScan(bus, Drivers.installed(), false).scan(1))
                .filteredOn(found -> found.address() == 0x48)
                .singleElement()
                .satisfies(found -> assertThat(found.what())
                        .contains("tmp117 or ", "ads1115", "not asked", "pcf8591", "scan --ask asks"));
        assertThat(bus.asked).noneMatch(each -> each.startsWith("48"));

        assertThat(new I2cScan(bus, Drivers.installed(), true).scan(1))
                .filteredOn(found -> found.address() == 0x48)
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.what()).isEqualTo("tmp117 (register 0x0f is 0x0117)");
                    assertThat(found.entry()).isEqualTo("tmp117-48 { type = tmp117, bus = 1, address = 0x48 }");
                });
    }

    /** What the kernel refuses is there, though sysfs does not tell by whom; neither it nor what sysfs names is asked. */
    @Test
    void i2cScan_leavesAloneWhatTheKernelHolds_withConsentToo() throws Exception {
        var bus = new ThermometerBus(board.roots());
        var held = board.roots().sys().resolve("bus/i2c/devices/1-0048");
        Files.createDirectories(held);
        Files.createSymbolicLink(held.resolve("driver"), Files.createDirectories(directory.resolve("lm75")));
        assertThat(new I2cScan(bus, Drivers.installed(), true).scan(1))
                .extracting(I2cScan.Found::address, I2cScan.Found::what, I2cScan.Found::entry)
                .containsExactly(
                        tuple(0x48, "held by the kernel's driver lm75; read it by hwmon or iio", ""),
                        tuple(
                                0x49,
                                "held by the kernel's driver, whose name is not known; read it by hwmon or iio",
                                ""));
        assertThat(bus.asked).noneMatch(each -> each.startsWith("48") || each.startsWith("49"));
    }

    @Test
    void scan_saysBefore_whatAskingMayDisturb() throws Exception {
        var roots = board.roots();
        var places = new String[] {
            "--sys-root=" + roots.sys(), "--proc-root=" + roots.proc(), "--dev-root=" + roots.dev(), "--bus=99"
        };
        Files.createFile(roots.dev().resolve("i2c-99"));
        assertThat(run(new ScanCommand(), places)).isEqualTo(Cli.OK);
        assertThat(out.toString()).doesNotContain("asking ");
        out.getBuffer().setLength(0);
        var asking = Stream.concat(Stream.of(places), Stream.of("--ask")).toArray(String[]::new);
        assertThat(run(new ScanCommand(), asking)).isEqualTo(Cli.OK);
        assertThat(out.toString()).contains("asking    what answers at 0x48 to 0x4b: a byte written to a pcf8591");
        assertThat(out.toString().indexOf("asking ")).isLessThan(out.toString().indexOf("i2c-99: "));
    }

    @Test
    void outbox_showsWhatWaits_asTableAndAsJson() throws Exception {
        var store = directory.resolve("store");
        var config = config("outbox.dir = \"" + store + "\"");
        assertThat(run(new OutboxCommand(), "-c", config)).isEqualTo(Cli.OK);
        assertThat(out.toString())
                .isEqualTo("nothing waits in " + store + ", 0 B on the disk" + System.lineSeparator());

        fill(store);
        out.getBuffer().setLength(0);
        assertThat(run(new OutboxCommand(), "-c", config)).isEqualTo(Cli.OK);
        assertThat(out.toString().lines().map(line -> line.replaceAll(" +", " ").strip()))
                .containsExactly(
                        "3 readings wait in " + store + ", 256 KiB on the disk",
                        "SENSOR READINGS DROPPED OLDEST NEWEST",
                        "cpu 2 0 2026-01-02T03:04:05Z 2026-01-02T03:04:05Z",
                        "room 1 0 2026-01-02T03:04:05Z 2026-01-02T03:04:05Z");

        out.getBuffer().setLength(0);
        assertThat(run(new OutboxCommand(), "--json", "-c", config)).isEqualTo(Cli.OK);
        assertThat(out.toString().strip())
                .isEqualTo(
                        "{\"directory\":\"" + store + "\",\"readings\":3,\"bytes\":262144,\"damaged\":0,\"sensors\":{"
                                + "\"cpu\":{\"readings\":2,\"dropped\":0,\"oldest\":\"2026-01-02T03:04:05Z\","
                                + "\"newest\":\"2026-01-02T03:04:05Z\"},\"room\":{\"readings\":1,\"dropped\":0,"
                                + "\"oldest\":\"2026-01-02T03:04:05Z\",\"newest\":\"2026-01-02T03:04:05Z\"}}}");
    }

    /** Through the outbox itself, which writes what is left when it is closed. */
    private static void fill(Path store) {
        var settings = new OutboxSettings(
                store, 1 << 20, Duration.ofDays(7), Duration.ofSeconds(1), Duration.ofSeconds(10), 100);
        var now = Instant.parse("2026-01-02T03:04:05Z");
        var outbox = new DurableOutbox(
                settings, new OutboxClock(System::nanoTime, () -> now, () -> true, ""), (thread, error) -> {});
        outbox.start(new StoreListener() {
            @Override
            public void found(String source, byte[] bytes) {
                throw new AssertionError("it was empty");
            }

            @Override
            public void trouble(String why) {
                throw new AssertionError(why);
            }
        });
        outbox.add(List.of(
                new Outbox.Fresh("cpu", new byte[10]),
                new Outbox.Fresh("cpu", new byte[20]),
                new Outbox.Fresh("room", new byte[10])));
        outbox.close();
    }

    @Test
    void outbox_inMemory_hasNothingToShow() throws Exception {
        assertThat(run(new OutboxCommand(), "-c", config("outbox.enabled = false")))
                .isEqualTo(Cli.FAILED);
        assertThat(err.toString()).contains("outbox.enabled = false");
    }
}
