package io.walnutedge.sensor.sysfs;

import com.google.auto.service.AutoService;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.NoValueException;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.files.Attribute;
import io.walnutedge.sensor.files.DeviceFiles;
import io.walnutedge.sensor.files.FileSource;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How busy the CPUs were since the reading before, at the first one since the sensor was opened: {@code type = cpu}
 * (Documentation/filesystems/proc.rst, 1.7, "Miscellaneous kernel statistics in /proc/stat"). Stateless; any thread.
 */
@AutoService(SensorDriver.class)
public final class Cpu implements SensorDriver {
    private static final Quantity USAGE = new Quantity("usage", "%", 1);

    /** user, nice, system, idle, iowait, irq, softirq, steal; guest time is in user time already. */
    private static final Pattern ALL = Pattern.compile("^cpu\\s+((?:[0-9]{1,18}\\s+){7}[0-9]{1,18})");

    private static final int IDLE = 3;
    private static final int IOWAIT = 4;

    @Override
    public String name() {
        return "cpu";
    }

    @Override
    public SensorPlan plan(ConfigTable settings) {
        return new SensorPlan(new FileSource("CPU time"), List.of(USAGE), hardware -> {
            var files = hardware.access(DeviceFiles.class);
            var proc = files.proc();
            var stat = files.attribute(proc.resolve("stat"), files.isKernel(proc));
            try {
                return new Usage(stat, Times.in(stat));
            } catch (SensorException failed) {
                stat.close();
                throw failed;
            }
        });
    }

    /** In ticks since boot. */
    private record Times(long busy, long total) {
        static Times in(Attribute stat) throws SensorException {
            var match = ALL.matcher(stat.text());
            if (!match.find()) {
                throw new SensorException(stat.path() + " has not the form of Linux");
            }
            var total = 0L;
            var idle = 0L;
            var words = match.group(1).split("\\s+", -1);
            for (var i = 0; i < words.length; i++) {
                var ticks = Long.parseLong(words[i]);
                total += ticks;
                idle += i == IDLE || i == IOWAIT ? ticks : 0;
            }
            return new Times(total - idle, total);
        }
    }

    private static final class Usage implements Sensor {
        private final Attribute stat;
        private Times before;

        Usage(Attribute stat, Times before) {
            this.stat = stat;
            this.before = before;
        }

        /** Idle and iowait may decrease (proc.rst), so that a short time may seem to be negative. */
        @Override
        public List<Measurement> read() throws SensorException {
            var now = Times.in(stat);
            var total = now.total - before.total;
            var busy = now.busy - before.busy;
            before = now;
            if (total <= 0) {
                throw new NoValueException(
                        stat.path() + ": no tick has passed since the reading before; read less often");
            }
            return List.of(Measurement.of(USAGE, 100.0 * Math.max(0, Math.min(total, busy)) / total));
        }

        @Override
        public void close() {
            stat.close();
        }
    }
}
