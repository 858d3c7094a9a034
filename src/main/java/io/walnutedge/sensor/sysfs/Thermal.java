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
import io.walnutedge.text.Suggestion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A thermal zone, named by its type: {@code type = thermal, zone = cpu-thermal}. Documentation/ABI/testing/sysfs-class-thermal:
 * {@code /sys/class/thermal/thermal_zone[0-*]/{type,temp}}, temp in m°C. Of several names the first that the board has is read:
 * one configuration serves boards whose kernels name the zone differently.
 */
@AutoService(SensorDriver.class)
public final class Thermal implements SensorDriver {
    static final String DIRECTORY = "class/thermal";
    static final String PREFIX = "thermal_zone";
    private static final String ZONE = "zone";

    @Override
    public String name() {
        return "thermal";
    }

    @Override
    public SensorPlan plan(ConfigTable settings) {
        var zones = zones(settings);
        return new SensorPlan(
                new FileSource("thermal zone " + String.join(" or ", zones)),
                List.of(Quantity.TEMPERATURE),
                hardware -> FoundSensor.open(hardware, files -> find(zones, files)));
    }

    /** One name or more, in order of preference. */
    private static List<String> zones(ConfigTable settings) {
        if (!settings.has(ZONE)) {
            return List.of(settings.text(ZONE));
        }
        var zones = List.copyOf(settings.texts(ZONE));
        if (zones.isEmpty() || zones.contains("")) {
            settings.problem(ZONE, "is empty; name a zone, as in zone = cpu-thermal");
        }
        return zones;
    }

    private static FoundSensor.Device find(List<String> zones, DeviceFiles files) throws SensorException {
        var directory = files.sys().resolve(DIRECTORY);
        var there = new ArrayList<String>();
        var paths = new ArrayList<Path>();
        for (var candidate : files.numbered(directory, PREFIX)) {
            there.add(files.text(candidate, "type").orElse(""));
            paths.add(candidate);
        }
        for (var zone : zones) {
            var matches = IntStream.range(0, paths.size())
                    .filter(each -> there.get(each).equals(zone))
                    .mapToObj(paths::get)
                    .toList();
            if (!matches.isEmpty()) {
                return only(zone, matches, files);
            }
        }
        var asked = "'" + String.join("' or '", zones) + "'";
        var near = zones.stream()
                .map(zone -> Suggestion.of(zone, there))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
        throw new SensorException("no thermal zone of type " + asked + " in " + directory + "; there are: "
                + DeviceFiles.list(there) + near);
    }

    private static FoundSensor.Device only(String zone, List<Path> matches, DeviceFiles files) throws SensorException {
        if (matches.size() > 1) {
            throw new SensorException(matches.size() + " thermal zones of type '" + zone + "' cannot be told apart: "
                    + DeviceFiles.list(matches.stream().map(Path::toString).toList()) + "; read one with type = file");
        }
        return new Zone(files.attribute(matches.get(0).resolve("temp"), files.isKernel(files.sys())));
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
