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
import io.walnutedge.sensor.files.DeviceFiles;
import io.walnutedge.sensor.files.FileSource;
import java.util.ArrayList;
import java.util.List;

/**
 * How fast the fastest CPU runs, and how far heat slows them down: {@code type = cpu-frequency}. {@code frequency} from
 * Documentation/admin-guide/pm/cpufreq.rst (scaling_cur_freq, kHz); {@code throttled} is the state of the cooling device
 * that is a CPU's frequency, 0 % where heat takes nothing, 100 % at the lowest frequency
 * (Documentation/driver-api/thermal/sysfs-api.rst, cur_state, max_state). Stateless; any thread.
 */
@AutoService(SensorDriver.class)
public final class CpuFrequency implements SensorDriver {
    static final String POLICIES = "devices/system/cpu/cpufreq";
    private static final Quantity FREQUENCY = new Quantity("frequency", "MHz", 0);
    private static final Quantity THROTTLED = new Quantity("throttled", "%", 0);
    private static final List<Quantity> ALL = List.of(FREQUENCY, THROTTLED);

    @Override
    public String name() {
        return "cpu-frequency";
    }

    @Override
    public SensorPlan plan(ConfigTable settings) {
        return new SensorPlan(
                new FileSource("CPU frequency"), ALL, hardware -> open(hardware.access(DeviceFiles.class)));
    }

    private static Sensor open(DeviceFiles files) throws SensorException {
        var kept = files.isKernel(files.sys());
        var frequencies = new ArrayList<Attribute>();
        for (var policy : files.numbered(files.sys().resolve(POLICIES), "policy")) {
            frequencies.add(files.attribute(policy.resolve("scaling_cur_freq"), kept));
        }
        if (frequencies.isEmpty()) {
            throw new SensorException(
                    "no CPU frequency in " + files.sys().resolve(POLICIES) + "; virtual machines have none");
        }
        var coolers = new ArrayList<Cooler>();
        for (var device : files.numbered(files.sys().resolve(Thermal.DIRECTORY), Cooler.PREFIX)) {
            // cpufreq-cpu0, thermal-cpufreq-0 before Linux 5.8 (drivers/thermal/cpufreq_cooling.c)
            if (files.text(device, "type").orElse("").contains("cpufreq")) {
                coolers.add(Cooler.of(files, device, kept));
            }
        }
        return new Speed(List.copyOf(frequencies), List.copyOf(coolers));
    }

    private record Speed(List<Attribute> frequencies, List<Cooler> coolers) implements Sensor {
        @Override
        public List<Measurement> read() throws SensorException, InterruptedException {
            return Channels.measure(
                    ALL, each -> each, each -> Measurement.of(each, each.equals(FREQUENCY) ? fastest() : throttled()));
        }

        private double fastest() throws SensorException {
            var fastest = 0.0;
            for (var each : frequencies) {
                fastest = Math.max(fastest, each.number() / 1000);
            }
            return fastest;
        }

        private double throttled() throws SensorException {
            var throttled = 0.0;
            for (var each : coolers) {
                throttled = Math.max(throttled, each.percent());
            }
            return throttled;
        }

        @Override
        public void close() {
            frequencies.forEach(Attribute::close);
            coolers.forEach(Cooler::close);
        }
    }
}
