package io.walnutedge.sensor.sysfs;

import com.google.auto.service.AutoService;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.files.DeviceFiles;
import io.walnutedge.sensor.files.FileSource;
import io.walnutedge.sensor.files.RegularFile;
import io.walnutedge.text.Suggestion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * A 1-wire thermometer behind the kernel's w1_therm (Documentation/w1/slaves/w1_therm.rst):
 * {@code type = ds18b20, id = "28-000005e2fdc3"}; without an id the only one there is. A read converts, which takes the
 * kernel up to 750 ms, or once for all thermometers of a bus that are due together.
 */
@AutoService(SensorDriver.class)
public final class Ds18b20 implements SensorDriver {
    static final String DIRECTORY = "bus/w1/devices";

    /** Family, a dash, 48 bits of serial number (drivers/w1/w1.c, w1_slave_attach: "%02x-%012llx"). */
    /** Of a conversion at 12 bits; each bit less halves it (datasheet, table 2). */
    private static final Duration CONVERSION = Duration.ofMillis(750);

    private static final int MOST_BITS = 12;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{12}");

    /** DS18S20, DS1822, DS18B20, DS1825, DS28EA00 (w1_therm.rst). */
    private static final Pattern THERMOMETER = Pattern.compile("(?:10|22|28|3b|42)-[0-9a-f]{12}");

    private static final String DS18S20 = "10-";
    private static final String RESOLUTION = "resolution";

    /** Whether thermometers of a bus convert together. */
    private enum Parallel {
        AUTO,
        OFF
    }

    /** What the configuration says of a thermometer. */
    private record Wanted(Optional<String> id, Optional<Integer> resolution, Parallel parallel) {}

    private final Map<Path, W1Bus> buses = new ConcurrentHashMap<>();
    private final AttributeWriter writer;
    private final LongSupplier nanoTime;

    public Ds18b20() {
        this(AttributeWriter.KERNEL, System::nanoTime);
    }

    /** For tests: with another kernel and clock. */
    Ds18b20(AttributeWriter writer, LongSupplier nanoTime) {
        this.writer = writer;
        this.nanoTime = nanoTime;
    }

    @Override
    public String name() {
        return "ds18b20";
    }

    @Override
    public List<String> aliases() {
        return List.of("ds18s20", "ds1822", "ds1825", "ds28ea00");
    }

    @Override
    public String title() {
        return "Maxim DS18B20, DS18S20, DS1822, DS1825, DS28EA00";
    }

    @Override
    public String keys() {
        return "`id`; `resolution` 9 to 12 bits; `parallel` **`auto`** or `off`";
    }

    @Override
    public SensorPlan plan(ConfigTable settings) {
        var id = settings.optionalText("id").map(text -> text.toLowerCase(Locale.ROOT));
        if (id.isPresent() && !ID.matcher(id.get()).matches()) {
            settings.problem("id", "'" + id.get() + "' is no 1-wire id; accepted: one like 28-000005e2fdc3");
        }
        var resolution = settings.optionalInteger(RESOLUTION, 9, 12);
        if (resolution.isPresent()
                && id.filter(text -> text.startsWith(DS18S20)).isPresent()) {
            settings.problem(RESOLUTION, "cannot be chosen: a DS18S20 (10-...) always has the same; leave it out");
        }
        var wanted = new Wanted(id, resolution, settings.choice("parallel", Parallel.AUTO));
        return new SensorPlan(
                        new FileSource("1-wire " + id.orElse("thermometer"), false),
                        List.of(Quantity.TEMPERATURE),
                        hardware -> open(wanted, hardware))
                .noSooner(CONVERSION.dividedBy(1L << (MOST_BITS - resolution.orElse(MOST_BITS))));
    }

    private Sensor open(Wanted wanted, Hardware hardware) throws SensorException {
        var member = new W1Member(wanted.parallel() == Parallel.AUTO);
        var powerUp = new PowerUp();
        var found = FoundSensor.open(hardware, files -> find(wanted, hardware, files, member, powerUp));
        return new W1Thermometer(found, member);
    }

    private FoundSensor.Device find(
            Wanted wanted, Hardware hardware, DeviceFiles files, W1Member member, PowerUp powerUp)
            throws SensorException {
        var directory = files.sys().resolve(DIRECTORY);
        var there = thermometers(files, directory);
        var id = wanted.id();
        var device = id.isPresent() ? named(files, id.get(), directory, there) : only(files, directory, there);
        if (wanted.resolution().isPresent()) {
            new Adjustment("w1", RESOLUTION, String.valueOf(wanted.resolution().get())).apply(files, device, writer);
        }
        var bus = buses.computeIfAbsent(masterOf(device), master -> new W1Bus(master, writer, nanoTime));
        member.join(bus);
        return bus.device(member, device(files, device, files.isKernel(files.sys()), powerUp), hardware);
    }

    private static FoundSensor.Device device(DeviceFiles files, Path device, boolean kept, PowerUp powerUp) {
        var bytes = device.resolve("w1_slave");
        // both attributes convert; w1_slave also shows the scratchpad, which proves the value
        return files.exists(bytes)
                ? new W1Slave(DeviceFiles.nameOf(device), files.attribute(bytes, kept), powerUp)
                : new W1Temperature(files.attribute(device.resolve("temperature"), kept), powerUp);
    }

    /** A slave's directory is inside that of its bus master, whatever bridge that is. */
    private static Path masterOf(Path device) throws SensorException {
        try {
            return device.toRealPath().resolveSibling("");
        } catch (IOException gone) {
            throw RegularFile.unreadable(device, gone);
        }
    }

    private static Path named(DeviceFiles files, String id, Path directory, List<String> there) throws SensorException {
        if (!files.exists(directory.resolve(id))) {
            throw new SensorException("no 1-wire device '" + id + "' in " + directory + "; thermometers there: "
                    + DeviceFiles.list(there) + Suggestion.of(id, there) + absent(files, directory));
        }
        return directory.resolve(id);
    }

    private static Path only(DeviceFiles files, Path directory, List<String> there) throws SensorException {
        if (there.isEmpty()) {
            throw new SensorException("no 1-wire thermometer in " + directory + absent(files, directory));
        }
        if (there.size() > 1) {
            throw new SensorException(there.size() + " 1-wire thermometers in " + directory
                    + "; say which with id = one of: " + DeviceFiles.list(there));
        }
        return directory.resolve(there.get(0));
    }

    private static String absent(DeviceFiles files, Path directory) {
        return files.exists(directory) ? "" : "; there is no 1-wire bus: is its overlay loaded?";
    }

    /** The ids of the thermometers that are there. */
    static List<String> thermometers(DeviceFiles files, Path directory) throws SensorException {
        return files.entries(directory).stream()
                .map(DeviceFiles::nameOf)
                .filter(Ds18b20::isThermometer)
                .toList();
    }

    static boolean isThermometer(String name) {
        return THERMOMETER.matcher(name).matches();
    }
}
