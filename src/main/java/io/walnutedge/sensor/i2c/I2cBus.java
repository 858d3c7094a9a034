package io.walnutedge.sensor.i2c;

import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.files.DeviceFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An I2C bus as the configuration names it: by its number N of {@code /dev/i2c-N}, which the kernel gives as adapters come and
 * which another kernel or a hot-plugged adapter moves, or by what does not move: its adapter's name (attribute {@code name},
 * Documentation/i2c/i2c-sysfs.rst), its path in the device tree (link {@code of_node}), such as {@code /soc/i2c@5002400}, or that
 * of its device in sysfs, such as {@code /devices/platform/soc/.../1-1:1.0} of an adapter in one USB port. A name's number is
 * looked up anew whenever something on it is opened. Immutable; any thread.
 *
 * @param text a number in digits, or a name
 */
public record I2cBus(String text) {
    /** Far above the buses of any board; Documentation/i2c/dev-interface.rst sets no limit. */
    private static final int HIGHEST = 255;

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,3}");
    private static final Pattern LIKE_A_NUMBER = Pattern.compile("[-+.0-9eE]+");
    private static final String KEY = "bus";
    private static final String PREFIX = "i2c-";
    private static final String DEVICES = "bus/i2c/devices";
    private static final String DEVICE_TREE = "/firmware/devicetree/base";

    public static I2cBus of(int number) {
        return new I2cBus(Integer.toString(number));
    }

    /** Reads key {@code bus}, by default bus 1. */
    public static I2cBus read(ConfigTable settings) {
        var word = settings.optionalWord(KEY);
        if (word.isEmpty()) {
            return of(1);
        }
        if (LIKE_A_NUMBER.matcher(word.get()).matches()) {
            return of(settings.integer(KEY, 1, 0, HIGHEST));
        }
        // a word of letters alone is no adapter's name, rather a number that was spelled out
        var isName = word.get().codePoints().noneMatch(Character::isISOControl)
                && !word.get().codePoints().allMatch(c -> Character.isLetter(c) || Character.isWhitespace(c));
        if (!isName) {
            settings.problem(
                    KEY,
                    "is neither a number nor the name of a bus; accepted: 0 to " + HIGHEST
                            + ", the name of its adapter, its path in the device tree; walnut-edge scan shows them");
            return of(1);
        }
        return of(word.get());
    }

    /** As a person writes it: a number, {@code i2c-N} or a name. */
    public static I2cBus of(String text) {
        var number = text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text;
        return NUMBER.matcher(number).matches() ? of(Integer.parseInt(number)) : new I2cBus(text);
    }

    public boolean isNumber() {
        return NUMBER.matcher(text).matches();
    }

    /** By its number now, where it has one; so two names of one bus become equal. */
    public I2cBus numbered(DeviceFiles files) {
        try {
            return of(number(files));
        } catch (SensorException unknown) {
            return this;
        }
    }

    /**
     * Its number now; reads files where it is named.
     *
     * @throws SensorException if no bus is called so, or several are; in words, with all that there are
     */
    public int number(DeviceFiles files) throws SensorException {
        if (isNumber()) {
            return Integer.parseInt(text);
        }
        var all = all(files);
        var called = all.stream().filter(each -> each.isCalled(text)).toList();
        if (called.size() == 1) {
            return called.get(0).number;
        }
        throw new SensorException(
                called.isEmpty()
                        ? "no I2C bus is called '" + text + "'; there are: " + list(all)
                        : called.size() + " I2C buses are called '" + text + "': " + list(called)
                                + "; write one's path as bus");
    }

    /** As in {@code i2c-1}, or the name. */
    public String describe() {
        return isNumber() ? PREFIX + text : "i2c '" + text + "'";
    }

    /** Of a bus that is named: its number now, or why it has none. */
    public Optional<String> note(DeviceFiles files) {
        if (isNumber()) {
            return Optional.empty();
        }
        try {
            return Optional.of("bus '" + text + "' is " + PREFIX + number(files) + " now");
        } catch (SensorException unknown) {
            return Optional.of(String.valueOf(unknown.getMessage()));
        }
    }

    /** By number and in all its names, for tables; of a bus without names the number alone. */
    public static String describe(DeviceFiles files, int number) {
        return entry(files, files.sys().resolve(DEVICES).resolve(PREFIX + number))
                .map(Entry::toString)
                .orElse(PREFIX + number);
    }

    private static String list(List<Entry> entries) {
        return entries.isEmpty()
                ? "none"
                : String.join(", ", entries.stream().map(Entry::toString).toList());
    }

    /** A bus that is there; a name that it does not have is empty. */
    private record Entry(int number, String name, String node, String device) {
        boolean isCalled(String text) {
            if (!text.startsWith("/")) {
                return text.equals(name);
            }
            return text.equals(node)
                    || text.equals("/sys" + DEVICE_TREE + node)
                    || text.equals(device)
                    || text.equals("/sys" + device);
        }

        @Override
        public String toString() {
            var path = node.isEmpty() ? device : node;
            return PREFIX
                    + number
                    + (name.isEmpty() ? "" : " '" + name + "'")
                    + (path.isEmpty() ? "" : " (" + path + ")");
        }
    }

    private static List<Entry> all(DeviceFiles files) throws SensorException {
        var entries = new ArrayList<Entry>();
        for (var directory : files.numbered(files.sys().resolve(DEVICES), PREFIX)) {
            entry(files, directory).ifPresent(entries::add);
        }
        return entries;
    }

    private static Optional<Entry> entry(DeviceFiles files, Path directory) {
        var number = DeviceFiles.nameOf(directory).substring(PREFIX.length());
        if (!NUMBER.matcher(number).matches() || !files.exists(directory)) {
            return Optional.empty();
        }
        var node = below(files, directory.resolve("of_node"));
        var device = below(files, directory);
        return Optional.of(new Entry(
                Integer.parseInt(number),
                files.text(directory, "name").orElse(""),
                node.startsWith(DEVICE_TREE) ? node.substring(DEVICE_TREE.length()) : "",
                device.startsWith("/devices/") ? device.substring(0, device.lastIndexOf('/')) : ""));
    }

    /** Where a link leads, from the root of sysfs; empty where there is none. */
    private static String below(DeviceFiles files, Path link) {
        return files.tap().look(link.resolveSibling(DeviceFiles.nameOf(link) + "(target)"), () -> {
            try {
                return "/" + files.sys().toRealPath().relativize(link.toRealPath());
            } catch (IOException none) {
                return "";
            }
        });
    }
}
