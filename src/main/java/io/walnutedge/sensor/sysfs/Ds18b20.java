package io.walnutedge.sensor.sysfs;

import com.google.auto.service.AutoService;
import io.walnutedge.config.Settings;
import io.walnutedge.config.Suggestion;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.Attribute;
import io.walnutedge.sensor.DeviceDirs;
import io.walnutedge.sensor.Roots;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.SensorPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A 1-wire thermometer behind the kernel's w1_therm (Documentation/w1/slaves/w1_therm.rst):
 * {@code type = ds18b20, id = "28-000005e2fdc3"}; without an id the only one there is. A read converts, which takes the
 * kernel up to 750 ms.
 */
@AutoService(SensorDriver.class)
public final class Ds18b20 implements SensorDriver {
    static final String DIRECTORY = "bus/w1/devices";

    /** Family, a dash, 48 bits of serial number (drivers/w1/w1.c, w1_slave_attach: "%02x-%012llx"). */
    private static final Pattern ID = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{12}");

    /** DS18S20, DS1822, DS18B20, DS1825, DS28EA00 (w1_therm.rst). */
    private static final Pattern THERMOMETER = Pattern.compile("(?:10|22|28|3b|42)-[0-9a-f]{12}");

    @Override
    public String name() {
        return "ds18b20";
    }

    @Override
    public SensorPlan plan(Settings settings) {
        var id = settings.optionalText("id").map(text -> text.toLowerCase(Locale.ROOT));
        if (id.isPresent() && !ID.matcher(id.get()).matches()) {
            settings.problem("id", "'" + id.get() + "' is no 1-wire id; accepted: one like 28-000005e2fdc3");
        }
        return new SensorPlan(
                new SensorPlan.FileLike("1-wire " + id.orElse("thermometer")),
                List.of(Quantity.TEMPERATURE),
                hardware -> {
                    var powerUp = new PowerUp();
                    return FoundSensor.open(
                            Attribute.isKernel(hardware.roots().sys()), () -> find(id, hardware.roots(), powerUp));
                });
    }

    private static FoundSensor.Device find(Optional<String> id, Roots roots, PowerUp powerUp) throws SensorException {
        var directory = roots.sys().resolve(DIRECTORY);
        var there = thermometers(directory);
        var device = id.isPresent() ? named(id.get(), directory, there) : only(directory, there);
        var kept = Attribute.isKernel(roots.sys());
        var bytes = device.resolve("w1_slave");
        // both attributes convert; w1_slave also shows the scratchpad, which proves the value
        return Files.exists(bytes)
                ? new W1Slave(DeviceDirs.nameOf(device), new Attribute(bytes, kept), powerUp)
                : new W1Temperature(new Attribute(device.resolve("temperature"), kept), powerUp);
    }

    private static Path named(String id, Path directory, List<String> there) throws SensorException {
        if (!Files.isDirectory(directory.resolve(id))) {
            throw new SensorException("no 1-wire device '" + id + "' in " + directory + "; thermometers there: "
                    + DeviceDirs.list(there) + Suggestion.of(id, there) + absent(directory));
        }
        return directory.resolve(id);
    }

    private static Path only(Path directory, List<String> there) throws SensorException {
        if (there.isEmpty()) {
            throw new SensorException("no 1-wire thermometer in " + directory + absent(directory));
        }
        if (there.size() > 1) {
            throw new SensorException(there.size() + " 1-wire thermometers in " + directory
                    + "; say which with id = one of: " + DeviceDirs.list(there));
        }
        return directory.resolve(there.get(0));
    }

    private static String absent(Path directory) {
        return Files.isDirectory(directory) ? "" : "; there is no 1-wire bus: is its overlay loaded?";
    }

    /** The ids of the thermometers that are there. */
    static List<String> thermometers(Path directory) throws SensorException {
        return DeviceDirs.entries(directory).stream()
                .map(DeviceDirs::nameOf)
                .filter(Ds18b20::isThermometer)
                .toList();
    }

    static boolean isThermometer(String name) {
        return THERMOMETER.matcher(name).matches();
    }
}
