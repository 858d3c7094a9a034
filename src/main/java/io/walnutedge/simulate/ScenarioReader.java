package io.walnutedge.simulate;

import io.walnutedge.hocon.ConfigException;
import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.hocon.Problems;
import io.walnutedge.plan.Plan;
import io.walnutedge.sampling.ScheduledSensor;
import io.walnutedge.sensor.i2c.I2cDevice;
import io.walnutedge.simulate.Scenario.AtSensor;
import io.walnutedge.simulate.Scenario.Content;
import io.walnutedge.text.Suggestion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads a scenario for a plan, or tells every mistake in it. One thread. */
final class ScenarioReader {
    private static final String FAULTS = "faults";
    private static final String REGISTERS = "registers";
    private static final Duration NEVER = Duration.ofDays(365);

    private final Plan plan;
    private final SimulatedSensors models;
    private final long seed;

    /** @param models what is known of the plan's sensors */
    private ScenarioReader(Plan plan, SimulatedSensors models, long seed) {
        this.plan = plan;
        this.models = models;
        this.seed = seed;
    }

    /**
     * Reads the file.
     *
     * @param seed in place of the one in the file
     * @throws ConfigException with all problems, each with its file and line
     */
    static Scenario read(Path file, Plan plan, SimulatedSensors models, Optional<Long> seed) throws ConfigException {
        var problems = new Problems();
        return read(ConfigFile.open(file, problems), problems, plan, models, seed);
    }

    /** Reads a table that is open already. */
    static Scenario read(ConfigTable root, Problems problems, Plan plan, SimulatedSensors models, Optional<Long> seed)
            throws ConfigException {
        var fromFile = root.integer("seed", 1, 0, Integer.MAX_VALUE);
        var scenario = new ScenarioReader(plan, models, seed.orElse((long) fromFile)).read(root);
        problems.throwIfAny();
        return scenario;
    }

    private Scenario read(ConfigTable root) {
        var sensors = new LinkedHashMap<String, AtSensor>();
        root.sectionOrEmpty("sensors")
                .sections()
                .forEach((name, table) -> sensor(name, table).ifPresent(sensor -> sensors.put(name, sensor)));
        var files = new LinkedHashMap<String, Content>();
        var section = root.sectionOrEmpty("files");
        section.keys().forEach(name -> files.put(name, content(section, name)));
        var pins = new LinkedHashMap<String, Course>();
        var levels = root.sectionOrEmpty("pins");
        var inputs = plan.inputs().stream().map(input -> input.pin()).toList();
        for (var pin : levels.keys()) {
            known(levels, pin, inputs, "pin of an input");
            pins.put(pin, CourseReader.read(levels, pin, seed ^ pin.hashCode()));
        }
        root.finish();
        return new Scenario(seed, sensors, files, pins);
    }

    private static boolean known(ConfigTable settings, String key, Collection<String> names, String what) {
        if (names.contains(key)) {
            return true;
        }
        settings.problem(
                key,
                "there is no " + what + " of this name; there are: " + String.join(", ", names)
                        + Suggestion.of(key, names));
        return false;
    }

    private Optional<AtSensor> sensor(String name, ConfigTable table) {
        var ids = plan.sensors().stream().map(sensor -> sensor.id().value()).toList();
        var sensor = plan.sensors().stream()
                .filter(each -> each.id().value().equals(name))
                .findFirst();
        if (sensor.isEmpty()) {
            table.problem(
                    "there is no sensor of this name; there are: " + String.join(", ", ids) + Suggestion.of(name, ids));
            return Optional.empty();
        }
        if (!(sensor.get().plan().source() instanceof I2cDevice)) {
            table.problem("is no chip on a bus; the scenario's section files sets what the kernel shows");
            return Optional.empty();
        }
        var faults = table.tables(FAULTS, List.of("kind", "probability", "from", "to")).stream()
                .map(ScenarioReader::fault)
                .toList();
        var registers = table.section(REGISTERS).map(ScenarioReader::registers).orElse(Map.of());
        return Optional.of(new AtSensor(courses(sensor.get(), table), faults, registers));
    }

    private Map<String, Course> courses(ScheduledSensor sensor, ConfigTable table) {
        var quantities = models.quantities(sensor);
        var courses = new LinkedHashMap<String, Course>();
        table.keys().stream()
                .filter(key -> !key.equals(FAULTS) && !key.equals(REGISTERS))
                .filter(key -> known(table, key, quantities, "quantity that can be set"))
                .forEach(key ->
                        courses.put(key, CourseReader.read(table, key, seed ^ (sensor.id() + "." + key).hashCode())));
        return courses;
    }

    private static ChipFault fault(ConfigTable table) {
        var fault = new ChipFault(
                table.choice("kind", ChipFault.Kind.NACK),
                table.number("probability", 1, 0, 1),
                table.duration("from", Duration.ZERO, Duration.ZERO, NEVER).toNanos(),
                table.duration("to", NEVER, Duration.ZERO, NEVER).toNanos());
        if (fault.to() <= fault.from()) {
            table.problem("to", "must be later than from");
        }
        table.finish();
        return fault;
    }

    /** As in {@code registers { "0x00" = "1a 80" }}. */
    private static Map<Integer, byte[]> registers(ConfigTable table) {
        var registers = new LinkedHashMap<Integer, byte[]>();
        for (var key : table.keys()) {
            try {
                registers.put(
                        Integer.decode(key) & 0xff,
                        HexFormat.of().parseHex(table.text(key).replace(" ", "")));
            } catch (IllegalArgumentException wrong) {
                table.problem(key, "is not a register and its bytes; accepted: one like \"0x00\" = \"1a 80\"");
            }
        }
        return registers;
    }

    private Content content(ConfigTable files, String name) {
        if (Stream.of("sys/", "proc/", "dev/").noneMatch(name::startsWith) || name.contains("..")) {
            files.problem(name, "must begin with sys/, proc/ or dev/, the board's");
        }
        if (files.hasTable(name)) {
            return new Content.Whole(CourseReader.read(files, name, seed ^ name.hashCode()));
        }
        return new Content.Text(files.text(name) + "\n");
    }
}
