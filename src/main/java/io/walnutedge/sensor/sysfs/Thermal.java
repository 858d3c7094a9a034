package io.walnutedge.sensor.sysfs;

import com.google.auto.service.AutoService;
import io.walnutedge.config.Settings;
import io.walnutedge.config.Suggestion;
import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.Attribute;
import io.walnutedge.sensor.DeviceDirs;
import io.walnutedge.sensor.Roots;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.SensorPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A thermal zone, named by its type: {@code type = thermal, zone = cpu-thermal}. Documentation/ABI/testing/sysfs-class-thermal:
 * {@code /sys/class/thermal/thermal_zone[0-*]/{type,temp}}, temp in m°C.
 */
@AutoService(SensorDriver.class)
public final class Thermal implements SensorDriver {
    static final String DIRECTORY = "class/thermal";
    static final String PREFIX = "thermal_zone";

    @Override
    public String name() {
        return "thermal";
    }

    @Override
    public SensorPlan plan(Settings settings) {
        var zone = settings.text("zone");
        return new SensorPlan(
                new SensorPlan.FileLike("thermal zone " + zone),
                List.of(Quantity.TEMPERATURE),
                hardware -> FoundSensor.open(
                        Attribute.isKernel(hardware.roots().sys()), () -> find(zone, hardware.roots())));
    }

    private static FoundSensor.Device find(String zone, Roots roots) throws SensorException {
        var directory = roots.sys().resolve(DIRECTORY);
        var there = new ArrayList<String>();
        var matches = new ArrayList<Path>();
        for (var candidate : DeviceDirs.numbered(directory, PREFIX)) {
            var type = DeviceDirs.text(candidate, "type").orElse("");
            there.add(type);
            if (type.equals(zone)) {
                matches.add(candidate);
            }
        }
        if (matches.isEmpty()) {
            throw new SensorException("no thermal zone of type '" + zone + "' in " + directory + "; there are: "
                    + DeviceDirs.list(there) + Suggestion.of(zone, there));
        }
        if (matches.size() > 1) {
            throw new SensorException(matches.size() + " thermal zones of type '" + zone + "' cannot be told apart: "
                    + DeviceDirs.list(matches.stream().map(Path::toString).toList()) + "; read one with type = file");
        }
        return new Zone(new Attribute(matches.get(0).resolve("temp"), Attribute.isKernel(roots.sys())));
    }

    private record Zone(Attribute temp) implements FoundSensor.Device {
        @Override
        public List<Measurement> measure() throws SensorException {
            var celsius = Celsius.checked(temp.number() / 1000, temp);
            return List.of(Measurement.of(Quantity.TEMPERATURE, celsius));
        }

        @Override
        public void close() {
            temp.close();
        }
    }
}
