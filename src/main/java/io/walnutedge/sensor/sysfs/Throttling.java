package io.walnutedge.sensor.sysfs;

import com.google.auto.service.AutoService;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.files.Attribute;
import io.walnutedge.sensor.files.DeviceFiles;
import io.walnutedge.sensor.files.FileSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether the board is slowed down: {@code type = throttling}. {@code throttled} is 1 where a cooling device other than a
 * fan is at work (Documentation/ABI/testing/sysfs-class-thermal) or where a CPU may not run as fast as it can
 * (Documentation/admin-guide/pm/cpufreq.rst, scaling_max_freq, cpuinfo_max_freq), else 0. Stateless; any thread.
 */
@AutoService(SensorDriver.class)
public final class Throttling implements SensorDriver {
    private static final Quantity THROTTLED = new Quantity("throttled", "", 0);
    private static final Quantity COOLING = new Quantity("cooling", "%", 0);
    private static final Quantity FREQUENCY_LIMIT = new Quantity("frequency_limit", "%", 0);

    @Override
    public String name() {
        return "throttling";
    }

    @Override
    public String title() {
        return "whether heat or a limit slows the board down";
    }

    @Override
    public SensorPlan plan(ConfigTable settings) {
        return new SensorPlan(
                new FileSource("throttling"),
                List.of(THROTTLED, COOLING, FREQUENCY_LIMIT),
                hardware -> FoundSensor.open(hardware, files -> find(files)));
    }

    private static FoundSensor.Device find(DeviceFiles files) throws SensorException {
        var kept = files.isKernel(files.sys());
        var thermal = files.sys().resolve(Thermal.DIRECTORY);
        var coolers = new ArrayList<Cooler>();
        for (var device : files.numbered(thermal, Cooler.PREFIX)) {
            // pwm-fan, gpio-fan, Fan: cooling without slowing anything down
            if (!files.text(device, "type").orElse("").toLowerCase(Locale.ROOT).contains("fan")) {
                coolers.add(Cooler.of(files, device, kept));
            }
        }
        var cpufreq = files.sys().resolve(CpuFrequency.POLICIES);
        var limits = new ArrayList<Limit>();
        for (var policy : files.numbered(cpufreq, "policy")) {
            limits.add(new Limit(
                    files.attribute(policy.resolve("scaling_max_freq"), kept),
                    files.attribute(policy.resolve("cpuinfo_max_freq"), kept)));
        }
        if (coolers.isEmpty() && limits.isEmpty()) {
            throw new SensorException("nothing that could slow the board down in " + thermal + " and " + cpufreq
                    + "; virtual machines have none");
        }
        return new Brakes(List.copyOf(coolers), List.copyOf(limits));
    }

    /** How fast the CPUs of a policy may run, of what they can. */
    private record Limit(Attribute allowed, Attribute possible) {
        double percent() throws SensorException {
            var most = possible.number();
            return most <= 0 ? 100 : Math.min(100, 100 * allowed.number() / most);
        }

        void close() {
            allowed.close();
            possible.close();
        }
    }

    private record Brakes(List<Cooler> coolers, List<Limit> limits) implements FoundSensor.Device {
        @Override
        public List<Measurement> measure() throws SensorException {
            var cooling = 0.0;
            for (var each : coolers) {
                cooling = Math.max(cooling, each.percent());
            }
            var limit = 100.0;
            for (var each : limits) {
                limit = Math.min(limit, each.percent());
            }
            var sample = new ArrayList<Measurement>(3);
            sample.add(Measurement.of(THROTTLED, cooling > 0 || limit < 100 ? 1 : 0));
            if (!coolers.isEmpty()) {
                sample.add(Measurement.of(COOLING, cooling));
            }
            if (!limits.isEmpty()) {
                sample.add(Measurement.of(FREQUENCY_LIMIT, limit));
            }
            return sample;
        }

        @Override
        public void close() {
            coolers.forEach(Cooler::close);
            limits.forEach(Limit::close);
        }
    }
}
