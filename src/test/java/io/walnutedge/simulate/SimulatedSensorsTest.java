package io.walnutedge.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.hocon.ConfigException;
import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problem;
import io.walnutedge.hocon.Problems;
import io.walnutedge.plan.Plan;
import io.walnutedge.plan.PlanReader;
import io.walnutedge.reading.Value;
import io.walnutedge.sampling.ScheduledSensor;
import io.walnutedge.sensor.Drivers;
import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.files.DeviceFiles;
import io.walnutedge.sensor.files.Roots;
import io.walnutedge.sensor.i2c.I2cBuses;
import io.walnutedge.sensor.i2c.Registers;
import io.walnutedge.simulate.chip.ModelMaker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatedSensorsTest {
    private static final String ROOM = "sensors { room { type = bme280 }, hall { type = sht3x, every = 1 s } }";

    private long nanos = 5_000_000_000L;

    private static Plan plan(String hocon) throws ConfigException {
        var problems = new Problems();
        return new PlanReader(Drivers.installed(), (device, pin) -> pin)
                .read(ConfigFile.parse(hocon, problems), problems);
    }

    private Scenario scenario(String hocon, Plan plan, SimulatedSensors chips) throws ConfigException {
        var problems = new Problems();
        return ScenarioReader.read(ConfigFile.parse(hocon, problems), problems, plan, chips, Optional.empty());
    }

    /** The chips of a plan on buses without Pi4J, in virtual time. */
    private final class Site implements Hardware, I2cBuses {
        private final Plan plan;
        private final SimulatedSensors chips;
        private final long startedAt = nanos;

        Site(String config, String scenario) throws ConfigException {
            this.plan = plan(config);
            this.chips = new SimulatedSensors(plan, () -> nanos);
            chips.connect(scenario(scenario, plan, chips), startedAt);
            pause(Duration.ZERO);
        }

        ScheduledSensor sensor(String id) {
            return plan.sensors().stream()
                    .filter(each -> each.id().value().equals(id))
                    .findFirst()
                    .orElseThrow();
        }

        Sensor open(String id) throws Exception {
            return sensor(id).plan().opening().open(this);
        }

        @Override
        public <T> T access(Class<T> kind) {
            return Hardware.pick(
                    kind,
                    new DeviceFiles(new Roots(Path.of("/nowhere"), Path.of("/nowhere"), Path.of("/nowhere"))),
                    this);
        }

        @Override
        public Registers registers(int bus, int address) {
            var slave = Objects.requireNonNull(
                    Objects.requireNonNull(chips.slaves().get(bus)).get(address));
            return new Registers() {
                @Override
                public void write(int... bytes) throws SensorException {
                    var data = new byte[bytes.length];
                    for (var i = 0; i < bytes.length; i++) {
                        data[i] = (byte) bytes[i];
                    }
                    try {
                        slave.write(data);
                    } catch (IOException failed) {
                        throw new SensorException(String.valueOf(failed.getMessage()), failed);
                    }
                }

                @Override
                public byte[] read(int count) throws SensorException {
                    try {
                        return slave.read(count);
                    } catch (IOException failed) {
                        throw new SensorException(String.valueOf(failed.getMessage()), failed);
                    }
                }

                @Override
                public byte[] readRegister(int register, int count) throws SensorException {
                    write(register);
                    return read(count);
                }

                @Override
                public void close() {
                    // nothing is held
                }
            };
        }

        @Override
        public long nanoTime() {
            return nanos;
        }

        @Override
        public void pause(Duration duration) {
            nanos += duration.toNanos();
            chips.update(nanos - startedAt);
        }
    }

    private static Map<String, Double> read(Site site, Sensor sensor) throws Exception {
        var values = new LinkedHashMap<String, Double>();
        for (var second = 0; second < 120 && values.isEmpty(); second++) {
            for (var each : sensor.read()) {
                values.put(each.quantity().name(), ((Value.Numeric) each.value()).number());
            }
            site.pause(Duration.ofSeconds(1));
        }
        return values;
    }

    /** Each chip has a bus of its own; it publishes what it measures, whatever that is when nobody says. */
    @Test
    void everyChipOfTheCatalogue_answersOnTheBoard() throws Exception {
        var config = new StringBuilder("sensors {");
        var bus = 0;
        for (var driver : ModelMaker.installed().keySet()) {
            config.append(driver)
                    .append(" { type = ")
                    .append(driver)
                    .append(", bus = ")
                    .append(++bus)
                    .append(" }\n");
        }
        var site = new Site(config + "}", "");
        assertThat(bus).isGreaterThan(40);
        for (var driver : ModelMaker.installed().keySet()) {
            var values = read(site, site.open(driver));
            assertThat(values)
                    .as(driver)
                    .hasSameSizeAs(site.sensor(driver).plan().quantities());
            site.sensor(driver).plan().quantities().stream()
                    .filter(quantity -> quantity.unit().equals("hPa"))
                    .forEach(quantity ->
                            assertThat(values.get("pressure")).as(driver).isBetween(1009.0, 1017.0));
        }
    }

    @Test
    void scenario_isWhatTheChipMeasures() throws Exception {
        var site = new Site(
                ROOM,
                "sensors { room { temperature { ramp { from = 18, to = 34, over = 8 min } }, pressure = 985.5 } }");
        var sensor = site.open("room");
        assertThat(read(site, sensor))
                .hasEntrySatisfying(
                        "temperature", celsius -> assertThat(celsius).isCloseTo(18, within(0.1)));
        site.pause(Duration.ofMinutes(4));
        assertThat(read(site, sensor))
                .hasEntrySatisfying(
                        "temperature", celsius -> assertThat(celsius).isCloseTo(26, within(0.2)))
                .hasEntrySatisfying("pressure", pascals -> assertThat(pascals).isCloseTo(985.5, within(0.1)));
    }

    @ParameterizedTest
    @CsvSource({"nack, Remote I/O error", "ones, only 0xff", "zeros, only 0x00"})
    void fault_isThereForItsTime_andTheOtherChipIsWell(String kind, String message) throws Exception {
        var site =
                new Site(ROOM, "sensors { hall { faults = [ { kind = " + kind + ", from = 1 min, to = 2 min } ] } }");
        var hall = site.open("hall");
        var room = site.open("room");
        assertThat(read(site, hall)).hasSize(2);
        site.pause(Duration.ofSeconds(60));
        assertThatThrownBy(hall::read)
                .isInstanceOf(SensorException.class)
                .satisfies(error -> assertThat(error.getMessage()).containsAnyOf(message, "checksum"));
        assertThat(read(site, room)).hasSize(3);
        site.pause(Duration.ofSeconds(60));
        assertThat(read(site, site.open("hall"))).hasSize(2);
    }

    @Test
    void nacksAtRandom_areAsManyAsSaid_andTheSameForOneSeed() throws Exception {
        assertThat(nacks(1)).isEqualTo(nacks(1)).isNotEqualTo(nacks(2)).isBetween(230, 370);
    }

    private int nacks(int seed) throws Exception {
        var site = new Site(
                ROOM, "seed = " + seed + ", sensors { room { faults = [ { kind = nack, probability = 0.3 } ] } }");
        var registers = site.registers(1, 0x76);
        var nacks = 0;
        for (var i = 0; i < 1000; i++) {
            try {
                registers.write(0xd0);
            } catch (SensorException nack) {
                nacks++;
            }
        }
        return nacks;
    }

    @Test
    void chipsOfOneAddress_liveBehindASwitch() throws Exception {
        var site = new Site(
                "sensors { a { type = lm75, mux { address = 0x70, channel = 1 } },"
                        + " b { type = lm75, mux { address = 0x70, channel = 6 } } }",
                "sensors { a { temperature = -12 }, b { temperature = 60 } }");
        assertThat(read(site, site.open("a"))).containsEntry("temperature", -12.0);
        assertThat(read(site, site.open("b"))).containsEntry("temperature", 60.0);
        assertThat(read(site, site.open("a"))).containsEntry("temperature", -12.0);
    }

    @Test
    void declaredChip_answersTheScenariosBytes() throws Exception {
        var site = new Site(
                "sensors { t { type = i2c-registers, address = 0x48, reads = [ { register = 0x00, bytes = 2 } ],"
                        + " fields { temperature { bytes = \"0-1\", signed = true, factor = 0.00390625, unit = \"°C\" } }"
                        + " } }",
                "sensors { t { registers { \"0x00\" = \"e7 00\" } } }");
        assertThat(read(site, site.open("t"))).containsEntry("temperature", -25.0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "sensors { rom { temperature = 1 } }; did you mean 'room'?",
                "sensors { room { temprature = 1 } }; did you mean 'temperature'?",
                "sensors { room { temperature { ramp { form = 1 } } } }; did you mean 'from'?",
                "sensors { room { temperature { noise = 1 } } }; must have one of constant, wave, ramp, steps",
                "sensors { room { temperature { steps = [] } } }; is empty",
                "sensors { room { faults = [ { kind = gone } ] } }; 'gone'",
                "sensors { room { faults = [ { from = 2 s, to = 1 s } ] } }; must be later than from",
                "sensors { board { x = 1 } }; is no chip on a bus",
                "files { \"etc/passwd\" = x }; must begin with sys/",
                "files { \"sys/../../etc/passwd\" = x }; must begin with sys/",
                "pins { PC10 = 1 }; there is no pin of an input",
                "sensor { room { temperature = 1 } }; did you mean 'sensors'?"
            })
    void mistakes_areToldWithTheirLine(String hocon, String message) throws ConfigException {
        var plan = plan("sensors { room { type = bme280 }, board { type = board } }");
        var chips = new SimulatedSensors(plan, () -> nanos);
        assertThatThrownBy(() -> scenario(hocon, plan, chips))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        mistakes -> assertThat(mistakes.problems())
                                .extracting(Problem::toString)
                                .anySatisfy(each -> assertThat(each).contains(message)));
    }

    @Test
    void board_hasWhatThePlanNames_andTellsWhatItCannot() throws Exception {
        var plan = plan(
                "sensors { tank { type = ds18b20, id = 28-0316a2795bff }, dust { type = pms5003, port = /dev/ttyS1 },"
                        + " cpu { type = thermal, zone = cpu-thermal } }, inputs { door { pin = 16 } },"
                        + " outputs { work { type = led, led = work } }");
        var chips = new SimulatedSensors(plan, () -> nanos);
        var scenario = scenario(
                "files { \"sys/class/thermal/thermal_zone0/temp\" { steps = [7, 88000], each = 10 s } }, pins { \"16\""
                        + " = 1 }",
                plan,
                chips);
        var made = SimulatedBoard.create(plan, chips, scenario, () -> nanos);
        try (var board = made.board()) {
            assertThat(made.missing()).singleElement().asString().contains("dust (pms5003) is not simulated");
            var sys = board.roots().sys();
            assertThat(sys.resolve("bus/w1/devices/28-0316a2795bff/w1_slave")).exists();
            assertThat(sys.resolve("class/leds/work/brightness")).hasContent("0");
            assertThat(sys.resolve("class/thermal/thermal_zone0/temp")).hasContent("7");
            nanos += Duration.ofSeconds(10).toNanos();
            board.move();
            assertThat(Files.readString(sys.resolve("class/thermal/thermal_zone0/temp")))
                    .isEqualTo("88000\n");
        }
    }

    @Test
    void shippedScenarios_areGood() throws Exception {
        try (var files = Files.list(Path.of("config/scenarios"))) {
            var all = files.toList();
            assertThat(all).isNotEmpty();
            for (var file : all) {
                var plan = new PlanReader(Drivers.installed(), (device, pin) -> pin)
                        .read(Path.of("config/examples").resolve(file.getFileName()));
                var chips = new SimulatedSensors(plan, () -> nanos);
                assertThat(ScenarioReader.read(file, plan, chips, Optional.of(9L))
                                .seed())
                        .isEqualTo(9);
            }
        }
    }

    @Test
    void registers_goOnFromTheOneAsked() {
        var chip = new RegisterBytes(Map.of(0, new byte[] {1, 2}, 1, new byte[] {3}));
        chip.write(new byte[] {0});
        assertThat(chip.read(4)).containsExactly(1, 2, 3, 0);
        chip.write(new byte[] {1, 9, 8});
        chip.write(new byte[] {1});
        assertThat(chip.read(2)).isEqualTo(new byte[] {9, 8});
        assertThat(List.of(chip.read(1)[0])).containsExactly((byte) 9);
    }
}
