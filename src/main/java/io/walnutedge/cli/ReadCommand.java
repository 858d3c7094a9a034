package io.walnutedge.cli;

import io.walnutedge.filter.Calibration;
import io.walnutedge.json.JsonWriter;
import io.walnutedge.plan.Plan;
import io.walnutedge.reading.Absence;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Value;
import io.walnutedge.sampling.LatestReadings;
import io.walnutedge.sampling.ScheduledSensor;
import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.NoValueException;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.state.StateFile;
import io.walnutedge.text.TimeText;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code read}: one sample of each sensor, now, without a broker. */
@Command(
        name = "read",
        description = "Take one sample of each sensor, or of those named, and print it; needs no broker.",
        footer = {
            "",
            "Exit status: 0 all were read, or have no value now; 1 a sensor failed, 78 the configuration has mistakes."
        })
public final class ReadCommand extends CliCommand {
    /** The slowest chips have a value each minute. */
    private static final Duration FIRST_VALUE = Duration.ofSeconds(90);

    private static final Duration AGAIN = Duration.ofMillis(250);

    /** Never started: totals are the daemon's, and here they are 0. */
    private static final StateFile NO_STATE = new StateFile(Path.of("state"));

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Mixin
    private final RecordOption record = new RecordOption();

    @Option(names = "--json", description = "one JSON object for each value, for scripts")
    private boolean json;

    @Parameters(paramLabel = "SENSOR", arity = "0..*", description = "names from the configuration; default: all")
    private List<String> names = List.of();

    @Override
    public Integer call() throws Exception {
        var plan = config.plan();
        var sensors = chosen(plan);
        Report report = json ? new Lines(out()) : new Table(out());
        try (record;
                var hardware = BoardPins.hardware(plan.device())) {
            var recorded = record.around(hardware, config.file());
            var known = new LatestReadings(recorded, recorded::nanoTime);
            return read(inOrder(plan, sensors), sensors, known, report) ? Cli.OK : Cli.FAILED;
        }
    }

    /** These, and before each what it takes values from. */
    private static List<ScheduledSensor> inOrder(Plan plan, List<ScheduledSensor> sensors) {
        var all = plan.sensors().stream().collect(Collectors.toMap(ScheduledSensor::id, sensor -> sensor));
        var order = new LinkedHashSet<ScheduledSensor>();
        sensors.forEach(sensor -> add(sensor, all, new HashSet<>(), order));
        return List.copyOf(order);
    }

    private static void add(
            ScheduledSensor sensor, Map<ItemId, ScheduledSensor> all, Set<ItemId> begun, Set<ScheduledSensor> order) {
        if (begun.add(sensor.id())) {
            sensor.plan()
                    .inputs()
                    .forEach(input -> Optional.ofNullable(all.get(input.sensor()))
                            .ifPresent(before -> add(before, all, begun, order)));
            order.add(sensor);
        }
    }

    private List<ScheduledSensor> chosen(Plan plan) throws Cli.Failure {
        var known = plan.sensors().stream().map(sensor -> sensor.id().value()).toList();
        for (var name : names) {
            if (!known.contains(name)) {
                throw Cli.Failure.unknown("sensor", name, known);
            }
        }
        return plan.sensors().stream()
                .filter(sensor -> names.isEmpty() || names.contains(sensor.id().value()))
                .toList();
    }

    private static boolean read(
            List<ScheduledSensor> order, List<ScheduledSensor> wanted, LatestReadings known, Report report)
            throws InterruptedException {
        var good = true;
        for (var sensor : order) {
            var isWanted = wanted.contains(sensor);
            good &= read(sensor, known, isWanted ? report : Report.NONE) || !isWanted;
        }
        report.end();
        return good;
    }

    private static boolean read(ScheduledSensor sensor, LatestReadings hardware, Report report)
            throws InterruptedException {
        try (var open = sensor.plan().opening().open(hardware)) {
            var good = true;
            for (var measurement : sample(open, hardware)) {
                good &= take(sensor, measurement, hardware, report);
            }
            return good;
        } catch (NoValueException none) {
            var reason = Absence.normal(none.inFull());
            sensor.plan().quantities().forEach(quantity -> report.none(sensor, quantity.name(), reason));
            return true;
        } catch (SensorException trouble) {
            report.trouble(sensor, trouble.inFull());
            return false;
        }
    }

    private static List<Measurement> sample(Sensor open, Hardware hardware)
            throws SensorException, InterruptedException {
        var since = hardware.nanoTime();
        var sample = open.read();
        while (sample.isEmpty() && hardware.nanoTime() - since < FIRST_VALUE.toNanos()) {
            hardware.pause(AGAIN);
            sample = open.read();
        }
        if (sample.isEmpty()) {
            throw new SensorException("has no value yet after " + TimeText.of(FIRST_VALUE));
        }
        return sample;
    }

    /** False where it has failed. */
    private static boolean take(ScheduledSensor sensor, Measurement measurement, LatestReadings known, Report report) {
        var quantity = measurement.quantity().name();
        var absence = measurement.absence();
        if (absence.isPresent()) {
            report.none(sensor, quantity, absence.get());
            return !absence.get().failed();
        }
        published(sensor, measurement).ifPresent(value -> known.put(sensor.id(), quantity, value));
        report.value(sensor, measurement);
        return true;
    }

    /** Where the samples go. */
    interface Report {
        /** For what is read for others alone. */
        Report NONE = new Report() {
            @Override
            public void value(ScheduledSensor sensor, Measurement measurement) {}

            @Override
            public void none(ScheduledSensor sensor, String quantity, Absence why) {}

            @Override
            public void trouble(ScheduledSensor sensor, String why) {}

            @Override
            public void end() {}
        };

        void value(ScheduledSensor sensor, Measurement measurement);

        /** A quantity without a value. */
        void none(ScheduledSensor sensor, String quantity, Absence why);

        void trouble(ScheduledSensor sensor, String why);

        void end();
    }

    /** As a first sample is published; empty where it would not be. */
    private static Optional<Value> published(ScheduledSensor sensor, Measurement measurement) {
        var quantity = measurement.quantity().name();
        var config = sensor.measurements().get(quantity);
        if (config == null) {
            return Optional.of(measurement.value());
        }
        var filters = sensor.startFilters(quantity, NO_STATE);
        return new Calibration(config.factor(), config.offset())
                .apply(measurement.value())
                .flatMap(value -> filters.apply(value, 0));
    }

    private static Optional<String> format(ScheduledSensor sensor, Measurement measurement) {
        var quantity = measurement.quantity();
        var config = sensor.measurements().get(quantity.name());
        var decimals = config == null ? quantity.decimals() : config.decimals();
        return published(sensor, measurement).map(value -> value.format(decimals));
    }

    private static String unit(ScheduledSensor sensor, Measurement measurement) {
        var config = sensor.measurements().get(measurement.quantity().name());
        return config == null ? measurement.quantity().unit() : config.unit();
    }

    /** For people. */
    private record Table(PrintWriter out, TextTable table) implements Report {
        Table(PrintWriter out) {
            this(out, new TextTable("SENSOR", "QUANTITY", "VALUE", "UNIT"));
        }

        @Override
        public void value(ScheduledSensor sensor, Measurement measurement) {
            table.row(
                    sensor.id(),
                    measurement.quantity().name(),
                    format(sensor, measurement).orElse("filtered out"),
                    unit(sensor, measurement));
        }

        @Override
        public void none(ScheduledSensor sensor, String quantity, Absence why) {
            table.row(sensor.id(), quantity, "-", (why.failed() ? "failed: " : "none: ") + why.reason());
        }

        @Override
        public void trouble(ScheduledSensor sensor, String why) {
            table.row(sensor.id(), "-", "-", "failed: " + why);
        }

        @Override
        public void end() {
            table.print(out);
        }
    }

    /** For scripts. */
    private record Lines(PrintWriter out) implements Report {
        @Override
        public void value(ScheduledSensor sensor, Measurement measurement) {
            var line = new JsonWriter()
                    .put("sensor", sensor.id().value())
                    .put("quantity", measurement.quantity().name());
            var isNumber = measurement.value().isNumber();
            format(sensor, measurement).ifPresent(value -> put(line, value, isNumber));
            out.println(line.put("unit", unit(sensor, measurement)));
        }

        private static void put(JsonWriter line, String value, boolean isNumber) {
            if (isNumber) {
                line.putNumber("value", value);
            } else {
                line.put("value", value);
            }
        }

        @Override
        public void none(ScheduledSensor sensor, String quantity, Absence why) {
            out.println(new JsonWriter()
                    .put("sensor", sensor.id().value())
                    .put("quantity", quantity)
                    .put(why.failed() ? "error" : "none", why.reason()));
        }

        @Override
        public void trouble(ScheduledSensor sensor, String why) {
            out.println(new JsonWriter().put("sensor", sensor.id().value()).put("error", why));
        }

        @Override
        public void end() {
            out.flush();
        }
    }
}
