package io.walnutedge.sensor.sysfs;

import com.google.auto.service.AutoService;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.hocon.UserPath;
import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.files.FileSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How full a file system is: {@code type = disk, path = "/"}. {@code used} is of what unprivileged users may have, as df(1)
 * shows it (statvfs(3): f_blocks, f_bfree, f_bavail). Stateless; any thread.
 */
@AutoService(SensorDriver.class)
public final class Disk implements SensorDriver {
    private static final Quantity USED = new Quantity("used", "%", 1);
    private static final Quantity FREE = new Quantity("free", "GiB", 2);
    private static final double GIB = 1L << 30;

    @Override
    public String name() {
        return "disk";
    }

    @Override
    public boolean isRecorded() {
        return false;
    }

    @Override
    public SensorPlan plan(ConfigTable settings) {
        var text = settings.text("path");
        var path = UserPath.of(settings, "path", text);
        if (!path.isAbsolute() && !text.isEmpty()) {
            settings.problem("path", "'" + text + "' is no path from the root; it begins with /");
        }
        return new SensorPlan(new FileSource(path.toString()), List.of(USED, FREE), hardware -> new Usage(path));
    }

    private record Usage(Path path) implements Sensor {
        @Override
        public List<Measurement> read() throws SensorException {
            try {
                var store = Files.getFileStore(path);
                var total = store.getTotalSpace();
                var taken = total - store.getUnallocatedSpace();
                var free = store.getUsableSpace();
                if (total <= 0 || taken < 0 || free < 0) {
                    throw new SensorException(path + " is on a file system without a size (" + store.type() + ")");
                }
                return List.of(Measurement.of(USED, 100.0 * taken / (taken + free)), Measurement.of(FREE, free / GIB));
            } catch (IOException failed) {
                throw new SensorException(path + ": the file system does not answer: " + failed.getMessage(), failed);
            }
        }
    }
}
