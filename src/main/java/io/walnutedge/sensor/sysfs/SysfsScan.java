package io.walnutedge.sensor.sysfs;

import io.walnutedge.json.JsonWriter;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.files.DeviceFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Lists the sensors that the kernel offers in sysfs, each with the entry of section {@code sensors} that would read it.
 * Reads names and labels only, never a value: a value may start a conversion. One thread; a scan is used once.
 */
public final class SysfsScan {
    /**
     * A sensor that was found.
     *
     * @param kind the value of {@code type}
     * @param where the directory
     * @param what for people, such as {@code lm75 temp1}
     * @param entry complete, as in {@code cpu-thermal { type = thermal, zone = cpu-thermal }}; empty where it cannot be
     *     read
     * @param remark empty, or what to know about it
     */
    public record Found(String kind, Path where, String what, String entry, String remark) {}

    /** A look at one of the kernel's directories. */
    @FunctionalInterface
    private interface Look {
        void into(Path directory) throws SensorException;
    }

    private final DeviceFiles files;
    private final List<Found> found = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();

    private SysfsScan(DeviceFiles files) {
        this.files = files;
    }

    /** Everything below the root of sysfs: thermal zones, hwmon chips, IIO devices, 1-wire thermometers. */
    public static List<Found> scan(DeviceFiles files) {
        var scan = new SysfsScan(files);
        scan.look("thermal", Thermal.DIRECTORY, scan::thermal);
        scan.look("hwmon", HwmonChip.DIRECTORY, scan::hwmon);
        scan.look("iio", IioDevice.DIRECTORY, scan::iio);
        scan.look("ds18b20", Ds18b20.DIRECTORY, scan::oneWire);
        return List.copyOf(scan.found);
    }

    /** What may not be looked into is a finding too. */
    private void look(String kind, String below, Look look) {
        var directory = files.sys().resolve(below);
        try {
            look.into(directory);
        } catch (SensorException refused) {
            found.add(new Found(kind, directory, "", "", String.valueOf(refused.getMessage())));
        }
    }

    private void thermal(Path directory) throws SensorException {
        var zones = files.numbered(directory, Thermal.PREFIX);
        var types =
                zones.stream().map(zone -> files.text(zone, "type").orElse("")).toList();
        for (var i = 0; i < zones.size(); i++) {
            var type = types.get(i);
            if (type.isEmpty()) {
                continue;
            }
            var only = Collections.frequency(types, type) == 1;
            var temp = zones.get(i).resolve("temp");
            add(
                    only ? "thermal" : "file",
                    zones.get(i),
                    type,
                    only
                            ? "zone = " + quoted(type)
                            : "path = " + quoted(temp.toString()) + ", factor = 0.001, unit = \"°C\"",
                    only ? "" : "several zones have this type: read by path, and the number may move");
        }
    }

    private void hwmon(Path directory) throws SensorException {
        var chips = files.numbered(directory, HwmonChip.PREFIX);
        var names = names(chips);
        for (var i = 0; i < chips.size(); i++) {
            var chip = chips.get(i);
            var device = NamedDevice.parentOf(chip);
            for (var channel : HwmonChip.channels(files, chip)) {
                add(
                        "hwmon",
                        chip,
                        names.get(i) + " " + channel.name(),
                        "chip = " + quoted(names.get(i)) + ", channel = " + channel.name()
                                + parent(names, i, "device", device),
                        remark(device, channel));
            }
        }
    }

    /** The kernel shows thermal zones (thermal_hwmon.c) and 1-wire thermometers (w1_therm.c) as hwmon chips too. */
    private static String remark(String device, HwmonChip.Channel channel) {
        if (device.startsWith(Thermal.PREFIX)) {
            return "the thermal zone " + device + " once more";
        }
        if (Ds18b20.isThermometer(device)) {
            return "the 1-wire thermometer " + device + " once more; type = ds18b20 checks more";
        }
        return channel.label().map(label -> "label: " + label).orElse("");
    }

    private void iio(Path directory) throws SensorException {
        var devices = files.numbered(directory, IioDevice.PREFIX);
        var names = names(devices);
        for (var i = 0; i < devices.size(); i++) {
            var all = IioDevice.channelNames(files, devices.get(i));
            var known = all.stream()
                    .filter(channel -> IioChannel.of(channel).isPresent())
                    .toList();
            var unknown =
                    all.stream().filter(channel -> !known.contains(channel)).toList();
            if (known.isEmpty()) {
                continue;
            }
            add(
                    "iio",
                    devices.get(i),
                    names.get(i),
                    "device = " + quoted(names.get(i))
                            + parent(names, i, "parent", NamedDevice.parentOf(devices.get(i))) + ", channels = ["
                            + String.join(", ", known) + "]",
                    unknown.isEmpty() ? "" : "not supported: " + String.join(", ", unknown));
        }
    }

    private void oneWire(Path directory) throws SensorException {
        for (var id : Ds18b20.thermometers(files, directory)) {
            add("ds18b20", directory.resolve(id), id, "id = " + quoted(id), "");
        }
    }

    private List<String> names(List<Path> devices) {
        return devices.stream()
                .map(device -> files.text(device, "name").orElse(""))
                .toList();
    }

    /** The key that tells namesakes apart, where there are any. */
    private static String parent(List<String> names, int index, String key, String parent) {
        return Collections.frequency(names, names.get(index)) == 1 ? "" : ", " + key + " = " + quoted(parent);
    }

    private void add(String type, Path where, String what, String keys, String remark) {
        found.add(new Found(type, where, what, id(what) + " { type = " + type + ", " + keys + " }", remark));
    }

    /** A sensor's id that nothing found before has. */
    private String id(String what) {
        var base = what.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]+", "-").replaceAll("^-|-$", "");
        var stem = base.isEmpty() ? "sensor" : base.substring(0, Math.min(base.length(), 60));
        var id = stem;
        for (var n = 2; !ids.add(id); n++) {
            id = stem + "-" + n;
        }
        return id;
    }

    /** As HOCON takes it. */
    private static String quoted(String text) {
        return text.matches("[a-z][a-z0-9_-]*") ? text : JsonWriter.quoted(text);
    }
}
