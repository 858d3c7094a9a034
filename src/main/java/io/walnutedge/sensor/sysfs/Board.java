package io.walnutedge.sensor.sysfs;

import com.google.auto.service.AutoService;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.Channels;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.files.Attribute;
import io.walnutedge.sensor.files.DecimalText;
import io.walnutedge.sensor.files.DeviceFiles;
import io.walnutedge.sensor.files.FileSource;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the board is doing: {@code type = board}. Load averages over 1, 5 and 15 minutes, memory and uptime from procfs
 * (Documentation/filesystems/proc.rst); the temperature of the CPU is a thermal zone.
 */
@AutoService(SensorDriver.class)
public final class Board implements SensorDriver {
    /** The kernel computes the load each 5 s (include/linux/sched/loadavg.h, LOAD_FREQ), memory and uptime always. */
    private static final Duration LEAST = Duration.ofSeconds(1);

    private static final Quantity LOAD1 = new Quantity("load1", "", 2);
    private static final Quantity LOAD5 = new Quantity("load5", "", 2);
    private static final Quantity LOAD15 = new Quantity("load15", "", 2);
    private static final Quantity MEMORY_USED = new Quantity("memory_used", "%", 1);
    private static final Quantity MEMORY_AVAILABLE = new Quantity("memory_available", "MiB", 0);
    private static final Quantity UPTIME = new Quantity("uptime", "s", 0);
    private static final List<Quantity> ALL = List.of(LOAD1, LOAD5, LOAD15, MEMORY_USED, MEMORY_AVAILABLE, UPTIME);

    /** Three averages, running/all tasks, last process id. */
    private static final Pattern LOADAVG = Pattern.compile("^(\\S+)\\s+(\\S+)\\s+(\\S+)\\s");

    /** Seconds since boot, seconds that all CPUs idled. */
    private static final Pattern UPTIME_LINE = Pattern.compile("^(\\S+)");

    private static final Pattern TOTAL = memory("MemTotal");
    private static final Pattern AVAILABLE = memory("MemAvailable");

    private static Pattern memory(String key) {
        return Pattern.compile("(?m)^" + key + ":\\s*(\\S+)\\s+kB\\s*$");
    }

    @Override
    public String name() {
        return "board";
    }

    @Override
    public SensorPlan plan(ConfigTable settings) {
        return new SensorPlan(
                        new FileSource("board figures"),
                        ALL,
                        hardware -> new Figures(hardware.access(DeviceFiles.class)))
                .noSooner(LEAST);
    }

    /** What a file says at one sample: read once for all of its figures. */
    private static final class Content {
        private final Attribute source;
        private @Nullable String text;

        Content(Attribute source) {
            this.source = source;
        }

        String text() throws SensorException {
            if (text == null) {
                text = source.text();
            }
            return text;
        }
    }

    private static final class Figures implements Sensor {
        private final Attribute loadavg;
        private final Attribute meminfo;
        private final Attribute uptime;

        Figures(DeviceFiles files) {
            var proc = files.proc();
            var kept = files.isKernel(proc);
            loadavg = files.attribute(proc.resolve("loadavg"), kept);
            meminfo = files.attribute(proc.resolve("meminfo"), kept);
            uptime = files.attribute(proc.resolve("uptime"), kept);
        }

        @Override
        public List<Measurement> read() throws SensorException, InterruptedException {
            var loads = new Content(loadavg);
            var memory = new Content(meminfo);
            return Channels.measure(ALL, each -> each, each -> Measurement.of(each, value(each, loads, memory)));
        }

        private double value(Quantity quantity, Content loads, Content memory) throws SensorException {
            if (quantity.equals(UPTIME)) {
                return figure(UPTIME_LINE, 1, new Content(uptime));
            }
            if (quantity.equals(MEMORY_USED) || quantity.equals(MEMORY_AVAILABLE)) {
                return memory(quantity.equals(MEMORY_USED), memory);
            }
            // the averages come first, in the order of the file
            return figure(LOADAVG, ALL.indexOf(quantity) + 1, loads);
        }

        private static double memory(boolean used, Content memory) throws SensorException {
            var total = figure(TOTAL, 1, memory);
            var available = figure(AVAILABLE, 1, memory);
            if (total <= 0 || available > total) {
                throw new SensorException(
                        memory.source.path() + " says " + available + " of " + total + " kB are available");
            }
            return used ? 100 * (total - available) / total : available / 1024;
        }

        private static double figure(Pattern pattern, int group, Content content) throws SensorException {
            var match = pattern.matcher(content.text());
            var figure = match.find() ? DecimalText.parse(match.group(group)) : Double.NaN;
            if (!(figure >= 0)) {
                throw new SensorException(content.source.path() + " has not the form of Linux: no " + pattern);
            }
            return figure;
        }

        @Override
        public void close() {
            loadavg.close();
            meminfo.close();
            uptime.close();
        }
    }
}
