package io.walnutedge.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.walnutedge.config.MeasurementConfig;
import io.walnutedge.hocon.ConfigException;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.hocon.Problem;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Quantity;
import io.walnutedge.reading.Value;
import io.walnutedge.sensor.Drivers;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.files.FileSource;
import io.walnutedge.sensor.formula.Formula;
import io.walnutedge.sensor.i2c.I2cDevice;
import io.walnutedge.state.StateFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanReaderTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private PlanReader reader = new PlanReader(Drivers.of(), (device, pin) -> pin);

    @BeforeEach
    void installDrivers() {
        reader = new PlanReader(Drivers.of(new One(), new Two(), new Helped(), new Formula()), (device, pin) -> {
            if (pin.equals("6")) {
                throw new IllegalArgumentException("pin 6 is ground");
            }
            return pin.toUpperCase(Locale.ROOT).replace("PC9", "11");
        });
    }

    private Plan read(String hocon) throws Exception {
        return reader.read(Files.writeString(directory.resolve("application.conf"), hocon));
    }

    private List<Problem> problems(String hocon) {
        var refused = catchThrowableOfType(ConfigException.class, () -> read(hocon));
        assertThat(refused).as("refused").isNotNull();
        return refused.problems();
    }

    @Test
    void empty_file_is_a_plan_without_sensors() throws Exception {
        var plan = read("device { id = a }");
        assertThat(plan.mqtt().topics().base()).isEqualTo("walnutpi/a");
        assertThat(plan.sensors()).isEmpty();
    }

    @Test
    void sensor_of_one_quantity_takes_its_keys_itself() throws Exception {
        var sensor = read("device.id = a\nsensors { t { type = one, topic = Temperature, decimals = 0, every = 1 s } }")
                .sensors()
                .get(0);
        var measurement = sensor.measurements().get("temperature");
        assertThat(measurement).isNotNull();
        assertThat(measurement.topic()).isEqualTo("Temperature");
        assertThat(measurement.decimals()).isZero();
        assertThat(measurement.every()).isEqualTo(sensor.every());
    }

    @Test
    void sensor_of_two_quantities_has_a_section_for_each() throws Exception {
        var measurements = read("""
            device.id = a
            sensors { r { type = two, every = 30 s, format = json
              humidity { every = 1 min, offset = -2, format = plain } } }
            """).sensors().get(0).measurements();
        assertThat(measurements.keySet()).containsExactly("temperature", "humidity");
        assertThat(String.valueOf(measurements.get("temperature")))
                .contains("walnutpi/a/r/temperature", "JSON", "PT30S");
        assertThat(String.valueOf(measurements.get("humidity"))).contains("PLAIN", "offset=-2.0", "PT1M");
    }

    @Test
    void topic_on_a_sensor_of_two_quantities_is_refused_with_the_way_out() {
        assertThat(problems("sensors { r { type = two, topic = T } }"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("temperature { topic = ... }"));
    }

    @Test
    void filters_of_a_measurement_change_its_unit_unless_it_is_written() throws Exception {
        var config = "device.id = a\nsensors { t { type = one, filters = [ { convert { to = \"°F\" } } ] %s } }";
        var sensor = read(config.formatted("")).sensors().get(0);
        assertThat(String.valueOf(sensor.measurements().get("temperature"))).contains("unit=°F");
        assertThat(sensor.filters()).containsOnlyKeys("temperature");
        assertThat(String.valueOf(read(config.formatted(", unit = degrees"))
                        .sensors()
                        .get(0)
                        .measurements()))
                .contains("unit=degrees");
    }

    @Test
    void filters_with_a_mistake_are_shown_with_path_and_line() {
        assertThat(problems("sensors { r { type = two, humidity { filters = [\n { offset = 1 }\n { rond = 1 } ] } } }"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.where()).endsWith("application.conf:3");
                    assertThat(problem.path()).isEqualTo("sensors.r.humidity.filters[1].rond");
                });
        assertThat(problems("sensors { r { type = two, filters = [ { offset = 1 } ] } }"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("several quantities"));
    }

    @Test
    void interval_of_a_quantity_must_be_a_multiple() {
        assertThat(problems("sensors { r { type = two, every = 2 s, humidity { every = 5 s } } }"))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.message()).contains("whole multiple").contains("2 s"));
    }

    @Test
    void sampleEvery_isThePeriodOfTheSensor_andWhatIsPublishedIsTheMean() throws Exception {
        var sensor = read("device.id = a\nsensors { r { type = two, every = 2 s, sample-every = 500 ms,"
                        + " humidity { every = 5 s, filters = [ { max { over = 5 s } } ] } } }")
                .sensors()
                .get(0);

        assertThat(sensor.every()).hasMillis(500);
        assertThat(sensor.measurements().values())
                .extracting(MeasurementConfig::every)
                .containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(5));
        var state = new StateFile(directory.resolve("state"));
        var mean = sensor.startFilters("temperature", state);
        var max = sensor.startFilters("humidity", state);
        for (var i = 0; i < 8; i++) {
            var nanos = i * 500_000_000L;
            mean.apply(Value.of(i), nanos);
            max.apply(Value.of(8 - i), nanos);
        }
        assertThat(mean.apply(Value.of(8), 4_000_000_000L)).contains(Value.of((5 + 6 + 7 + 8) / 4.0));
        assertThat(max.apply(Value.of(0), 4_000_000_000L)).contains(Value.of(8));
    }

    @Test
    void sampleEvery_thatIsNoPartOfEvery_isAProblem() {
        assertThat(problems("sensors { r { type = two, every = 2 s, sample-every = 300 ms } }"))
                .singleElement()
                .asString()
                .contains("sample-every", "every, 2 s, must be a whole multiple of it");
        assertThat(problems("sensors { r { type = two, every = 2 s, sample-every = 4 s } }"))
                .singleElement()
                .asString()
                .contains("sample-every");
    }

    @Test
    void same_topic_twice_is_told_with_the_other_line() {
        assertThat(problems("sensors {\n a { type = one, topic = T }\n b { type = one, topic = T }\n}"))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.toString()).contains(":3:", "'T'", "sensors.a (application.conf:2)"));
    }

    @Test
    void topic_of_a_command_is_not_published_to() {
        assertThat(problems("device.id = a\nsensors { x { type = one, topic = walnutpi/a/command } }"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("is used by mqtt"));
    }

    @Test
    void same_pin_twice_is_found_under_two_names() {
        assertThat(problems("outputs { a { pin = 11 }\n b { pin = PC9 } }"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString()).contains(":2:", "11 is used by outputs.a"));
    }

    @Test
    void include_is_told_by_its_own_file() throws Exception {
        Files.writeString(directory.resolve("more.conf"), "\nsensors { t { type = one, evry = 1 s } }");
        assertThat(problems("device.id = a\ninclude \"more.conf\""))
                .singleElement()
                .satisfies(problem -> assertThat(problem.where()).endsWith("more.conf:2"));
    }

    @Test
    void include_of_a_file_that_is_missing_is_refused() {
        assertThat(problems("device.id = a\ninclude \"mroe.conf\""))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("mroe.conf", "no file"));
    }

    @Test
    void include_within_an_include_is_found_beside_it() throws Exception {
        Files.writeString(directory.resolve("b.conf"), "include \"c\"");
        Files.writeString(directory.resolve("c.conf"), "sensors { t { type = one } }");
        assertThat(read("device.id = a\ninclude \"b.conf\"").sensors()).hasSize(1);
        assertThat(problems("include file(\"" + directory.resolve("no.conf") + "\")"))
                .hasSize(1);
    }

    @Test
    void number_from_the_environment_is_a_number() throws Exception {
        assertThat(read("device.id = a\nmqtt.window = \"32\"").mqtt().timing().window())
                .isEqualTo(32);
    }

    @Test
    void sensor_that_is_not_enabled_is_left_out_with_its_topics() throws Exception {
        var plan = read("""
            device.id = a
            sensors {
              one { type = one, topic = T, enabled = false }
              two { type = two, enabled = false }
              both { type = two, temperature { enabled = false }, humidity { enabled = false } }
              other { type = one, topic = T }
            }
            """);
        assertThat(plan.sensors()).extracting(sensor -> sensor.id().value()).containsExactly("other");
        assertThat(problems("sensors { one { type = one, enabled = false, evry = 1 s } }"))
                .hasSize(1);
    }

    @Test
    void same_name_in_two_sections_is_told_once() {
        assertThat(problems("device.id = a\nsensors { lamp { type = one } }\noutputs { lamp { pin = 11 } }"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString())
                        .contains(":3:", "the name 'lamp' is used by sensors.lamp (application.conf:2)"));
    }

    @Test
    void topic_of_a_pulse_is_a_command_topic_too() {
        assertThat(problems("device.id = a\nsensors { x { type = one, topic = walnutpi/a/lamp/set_on_ms } }\n"
                        + "outputs { lamp { pin = 11 } }"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("is used by sensors.x"));
    }

    @Test
    void bad_interval_of_a_quantity_is_one_problem() {
        assertThat(problems("sensors { r { type = two, every = 2 s, humidity { every = 5 } } }"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("has no unit"));
    }

    @Test
    void pin_of_a_wrong_type_is_one_problem() {
        assertThat(problems("outputs { lamp { pin = [11] } }")).hasSize(1);
        assertThat(problems("outputs { lamp { } }"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("required"));
    }

    @Test
    void substitution_and_environment_work() throws Exception {
        var plan = read("fast = 2 s\ndevice { id = a, id = ${?NO_SUCH_VARIABLE_HERE} }\n".replace("fast = 2 s\n", "")
                + "sensors { a { type = one, every = 2 s }\n b { type = one, every = ${sensors.a.every} } }");
        assertThat(plan.sensors().get(1).every()).hasSeconds(2);
        assertThat(plan.device().id()).isEqualTo("a");
    }

    @Test
    void syntax_error_has_file_and_line() {
        assertThat(problems("device {\n id = = a\n"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString()).contains("application.conf:2: "));
    }

    @Test
    void ten_mistakes_are_ten_problems_with_their_lines() {
        var found = problems("""
            device { id = "Green House" }
            mqtt { brokr = "tcp://h:1" }
            sensors {
              a { type = oen, every = 1 s }
              b { type = one, every = 5 }
              c { type = one, address = 0x99 }
              d { type = one, decimals = many }
              e { type = one, topic = "x/#" }
            }
            outputs {
              f { pin = 6 }
              g { pin = 11, initial = onn }
              h { pin = PC9 }
            }
            """);
        assertThat(found.stream().map(problem -> problem.where().replaceFirst(".*:", "") + " " + problem.path()))
                .containsExactly(
                        "1 device.id",
                        "2 mqtt.brokr",
                        "4 sensors.a.type",
                        "5 sensors.b.every",
                        "6 sensors.c.address",
                        "7 sensors.d.decimals",
                        "8 sensors.e.topic",
                        "11 outputs.f.pin",
                        "12 outputs.g.initial",
                        "13 outputs.h.pin");
    }

    @Test
    void formula_takesWhatIsPublished_wherever_itStands() throws Exception {
        var plan = read("""
            device.id = a
            sensors {
              sum { type = formula, formula = "x + y", inputs { x = t.temperature, y = r.humidity } }
              t { type = one }
              r { type = two, temperature.enabled = false }
            }
            """);
        assertThat(plan.sensors()).hasSize(3);
        assertThat(problems("""
            device.id = a
            sensors {
              sum { type = formula, formula = "x + y", inputs { x = t.temprature, y = r.temperature } }
              t { type = one }
              r { type = two, temperature.enabled = false }
            }
            """).stream().map(Problem::toString))
                .hasSize(2)
                .anySatisfy(problem -> assertThat(problem).contains("t.temprature is not published", "did you mean"))
                .anySatisfy(problem -> assertThat(problem).contains("r.temperature is not published"));
    }

    @Test
    void compensate_takesWhatIsPublished_inTheRightUnit() throws Exception {
        var compensated = """
            device.id = a
            sensors {
              gas { type = helped, compensate.temperature = %s }
              t { type = one }
              f { type = one, filters = [ { convert { to = "°F" } } ] }
              r { type = two }
            }
            """;
        assertThat(read(compensated.formatted("t.temperature")).sensors()).hasSize(4);
        assertThat(problems(compensated.formatted("t.temprature")))
                .singleElement()
                .asString()
                .contains("sensors.gas.compensate.temperature: t.temprature is not published", "did you mean");
        assertThat(problems(compensated.formatted("f.temperature")))
                .singleElement()
                .asString()
                .contains("f.temperature is published in °F, and °C is needed");
        assertThat(problems(compensated.formatted("r.humidity")))
                .singleElement()
                .asString()
                .contains("r.humidity is published in %, and °C is needed");
    }

    /** A driver that needs a temperature of another. */
    private static final class Helped implements SensorDriver {
        @Override
        public String name() {
            return "helped";
        }

        @Override
        public SensorPlan plan(ConfigTable settings) {
            var text = settings.sectionOrEmpty("compensate").text("temperature").split("\\.", 2);
            var input = new SensorPlan.Input(new ItemId(text[0]), text[1]);
            return new SensorPlan(
                    new FileSource("helped"),
                    List.of(Quantity.TVOC),
                    hardware -> {
                        throw new SensorException("not opened here");
                    },
                    List.of(new SensorPlan.Need("compensate", "temperature", input, "°C")));
        }
    }

    /** A driver of one quantity behind an address. */
    private static final class One implements SensorDriver {
        private int next = 0x10;

        @Override
        public String name() {
            return "one";
        }

        @Override
        public SensorPlan plan(ConfigTable settings) {
            return new SensorPlan(
                    new I2cDevice(1, settings.address("address", next++)), List.of(Quantity.TEMPERATURE), hardware -> {
                        throw new SensorException("not opened here");
                    });
        }
    }

    /** A driver of two quantities behind a file. */
    private static final class Two implements SensorDriver {
        @Override
        public String name() {
            return "two";
        }

        @Override
        public SensorPlan plan(ConfigTable settings) {
            return new SensorPlan(new FileSource("two"), List.of(Quantity.TEMPERATURE, Quantity.HUMIDITY), hardware -> {
                throw new SensorException("not opened here");
            });
        }
    }
}
