package io.walnutedge.sensor.sysfs;

import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problems;
import io.walnutedge.reading.Measurement;
import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.files.DeviceFiles;
import io.walnutedge.sensor.files.Roots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A fake /sys and /proc in a temporary directory, made from a table of lines {@code path = content} or
 * {@code path -> target of a link}, and the hardware that has it and no bus. In a content {@code \n} is a line end.
 */
final class SysTree implements Hardware {
    private final Path root;
    private final Path proc;

    SysTree(Path root) {
        this(root, root.resolve("proc"));
    }

    /** With another /proc than its own. */
    SysTree(Path root, Path proc) {
        this.root = root;
        this.proc = proc;
    }

    /** Adds the files of a table, over those that are there. */
    SysTree with(String table) {
        table.lines().filter(line -> !line.isBlank()).forEach(line -> {
            if (line.contains(" -> ")) {
                link(line.split(" -> ", 2));
            } else {
                var pair = line.split(" = ?", 2);
                file(pair[0].strip(), pair[1].replace("\\n", "\n") + "\n");
            }
        });
        return this;
    }

    void file(String path, String content) {
        try {
            Files.createDirectories(parent(path));
            Files.writeString(root.resolve(path), content);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void link(String[] pair) {
        try {
            Files.createDirectories(parent(pair[0].strip()));
            Files.createSymbolicLink(root.resolve(pair[0].strip()), Path.of(pair[1].strip()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Path parent(String path) {
        var parent = root.resolve(path).getParent();
        return parent == null ? root : parent;
    }

    /** Takes a file or a directory with all that is in it away. */
    SysTree without(String path) {
        try (var walk = Files.walk(root.resolve(path))) {
            for (var each : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return this;
    }

    /** Plans with settings that must be right, and opens. */
    Sensor open(SensorDriver driver, String hocon) throws SensorException, InterruptedException {
        return plan(driver, hocon).opening().open(this);
    }

    static SensorPlan plan(SensorDriver driver, String hocon) {
        var problems = new Problems();
        var settings = ConfigFile.parse(hocon, problems);
        var plan = driver.plan(settings);
        settings.finish();
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(problems.list().toString());
        }
        return plan;
    }

    /** The problems that a driver notes, a line each. */
    static String problems(SensorDriver driver, String hocon) {
        var problems = new Problems();
        var settings = ConfigFile.parse(hocon, problems);
        driver.plan(settings);
        settings.finish();
        return problems.list().stream().map(Object::toString).collect(Collectors.joining("\n"));
    }

    /** A sample as {@code name=value} with the quantity's decimals; {@code none} or {@code failed} without a value. */
    static List<String> shown(List<Measurement> sample) {
        return sample.stream()
                .map(each -> each.quantity().name() + "="
                        + each.absence()
                                .map(none -> none.failed() ? "failed" : "none")
                                .orElseGet(() ->
                                        each.value().format(each.quantity().decimals())
                                                + each.quantity().unit()))
                .toList();
    }

    @Override
    public <T> T access(Class<T> kind) {
        return Hardware.pick(kind, new DeviceFiles(new Roots(root.resolve("sys"), proc, root.resolve("dev"))));
    }

    @Override
    public void pause(Duration duration) {
        throw new IllegalStateException("files need no pause");
    }
}
