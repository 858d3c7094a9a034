package io.walnutedge.sensor.exec;

import com.google.auto.service.AutoService;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.hocon.UserPath;
import io.walnutedge.reading.Measurement;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.text.TextValues;
import io.walnutedge.sensor.text.TextValuesReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The output of a program: {@code type = exec, command = ["/usr/bin/sensor-tool", "temperature"]}. It is run only if root has
 * put it on the list of allowed programs. Stateless; any thread.
 */
@AutoService(SensorDriver.class)
public final class Exec implements SensorDriver {
    private static final Path ROOT = Path.of("/");
    private static final Duration USUAL = Duration.ofSeconds(5);
    private static final Duration SHORTEST = Duration.ofMillis(100);

    /** Below the time after which a read of a file-like sensor is said to hang, 10 s. */
    private static final Duration LONGEST = Duration.ofSeconds(9);

    private final AllowList allowed;

    public Exec() {
        this(AllowList.SYSTEM);
    }

    Exec(AllowList allowed) {
        this.allowed = allowed;
    }

    @Override
    public String name() {
        return "exec";
    }

    @Override
    public boolean isRecorded() {
        return false;
    }

    @Override
    public SensorPlan plan(ConfigTable settings) {
        var command = settings.texts("command");
        var program = program(settings, command);
        var deadline = settings.duration("deadline", USUAL, SHORTEST, LONGEST);
        var values = new TextValuesReader(settings, List.of("command", "deadline")).read();
        return new SensorPlan(
                        new Program(program, () -> allowed.obstacle(command)),
                        values.quantities(),
                        hardware -> new Opened(allowed, program, command, deadline, values))
                .noSooner(SHORTEST);
    }

    private static Path program(ConfigTable settings, List<String> command) {
        if (command.isEmpty() || !settings.hasList("command")) {
            settings.problem(
                    "command", "must be a list, the program first, as in [\"/usr/bin/vcgencmd\", \"measure_temp\"]");
            return ROOT;
        }
        // what cannot be in a file's name cannot be in an argument
        var words = command.stream()
                .map(word -> UserPath.of(settings, "command", word))
                .toList();
        var program = words.get(0);
        if (!program.isAbsolute() || !program.equals(program.normalize())) {
            settings.problem(
                    "command",
                    "'" + command.get(0) + "' must be the program's whole path, as in /usr/bin/vcgencmd;"
                            + " there is no shell that would look for it");
        }
        return program;
    }

    private record Opened(AllowList allowed, Path program, List<String> command, Duration deadline, TextValues values)
            implements Sensor {
        @Override
        public List<Measurement> read() throws SensorException, InterruptedException {
            var obstacle = allowed.obstacle(command);
            if (obstacle.isPresent()) {
                throw new SensorException(obstacle.get());
            }
            var output = Run.output(command, deadline);
            var found = values.find(output, program.toString());
            if (found.isEmpty()) {
                throw SensorException.seeing(output, program + " printed nothing that matches the pattern");
            }
            return found;
        }
    }
}
