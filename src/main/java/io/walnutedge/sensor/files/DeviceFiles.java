package io.walnutedge.sensor.files;

import io.walnutedge.sensor.SensorException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The machine's files as sensors may touch them. It walks the kernel's device directories, such as
 * {@code /sys/class/hwmon/hwmon3}, so that a device is found by what it calls itself: the numbers move whenever a driver is
 * loaded again. Immutable; any thread.
 *
 * @param roots where sysfs, procfs and the device nodes are
 * @param tap sees all that is read
 */
public record DeviceFiles(Roots roots, FileTap tap) {
    public static final DeviceFiles SYSTEM = new DeviceFiles(Roots.SYSTEM);

    private static final Set<String> KERNEL = Set.of("sysfs", "proc");

    /** Cannot be a name. */
    private static final String UNREADABLE = "/";

    /** Files that nobody else sees being read. */
    public DeviceFiles(Roots roots) {
        this(roots, FileTap.NONE);
    }

    public Path sys() {
        return roots.sys();
    }

    public Path proc() {
        return roots.proc();
    }

    public Path dev() {
        return roots.dev();
    }

    /** @param kept whether the descriptor is kept from read to read; see {@link #isKernel} */
    public Attribute attribute(Path path, boolean kept) {
        return new Attribute(path, kept, tap);
    }

    /** Whether a directory is in sysfs or procfs, so that descriptors of its files tell when they are out of date. */
    public boolean isKernel(Path directory) {
        return tap.look(directory.resolve("(kernel)"), () -> Boolean.toString(isOnKernelsFileSystem(directory)))
                .equals("true");
    }

    private static boolean isOnKernelsFileSystem(Path directory) {
        try {
            return KERNEL.contains(Files.getFileStore(directory).type());
        } catch (IOException unknown) {
            return false;
        }
    }

    /** The directories named prefix and number, in the order of the numbers; none where the parent is missing. */
    public List<Path> numbered(Path parent, String prefix) throws SensorException {
        var entries = new ArrayList<Path>();
        for (var entry : entries(parent)) {
            var name = nameOf(entry);
            if (name.startsWith(prefix) && name.substring(prefix.length()).matches("[0-9]{1,9}")) {
                entries.add(entry);
            }
        }
        entries.sort(
                Comparator.comparingInt(entry -> Integer.parseInt(nameOf(entry).substring(prefix.length()))));
        return entries;
    }

    /** Everything in a directory by name; nothing where it is missing. */
    public List<Path> entries(Path parent) throws SensorException {
        var names = tap.look(parent, () -> names(parent));
        if (names.startsWith(UNREADABLE)) {
            throw new SensorException(names.substring(UNREADABLE.length()));
        }
        return Stream.of(names.split("/"))
                .filter(name -> !name.isEmpty())
                .map(parent::resolve)
                .toList();
    }

    /** Of what is in a directory, with slashes between them; or why it cannot be read. */
    private static String names(Path parent) {
        var names = new ArrayList<String>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(parent)) {
            stream.forEach(entry -> names.add(nameOf(entry)));
        } catch (NoSuchFileException none) {
            return "";
        } catch (IOException failed) {
            return UNREADABLE + RegularFile.unreadable(parent, failed).getMessage();
        }
        Collections.sort(names);
        return String.join("/", names);
    }

    /** Whether something is there, wherever a link leads. */
    public boolean exists(Path path) {
        return tap.look(path, () -> Boolean.toString(Files.exists(path))).equals("true");
    }

    /** An attribute's text; empty where it is missing, unreadable or blank, as of a device that is just going. */
    public Optional<String> text(Path device, String attribute) {
        try (var file = attribute(device.resolve(attribute), false)) {
            return Optional.of(file.text()).filter(text -> !text.isEmpty());
        } catch (SensorException absent) {
            return Optional.empty();
        }
    }

    /**
     * The device that this one hangs on, such as {@code 1-0076} for the chip at 0x76 on I2C bus 1: where the link
     * {@code device} leads, else the directory that the entry itself is linked from. Empty where there are no links.
     */
    public static Optional<String> parent(Path device) {
        try {
            var link = device.resolve("device");
            if (Files.exists(link)) {
                return Optional.of(nameOf(link.toRealPath()));
            }
            return Files.isSymbolicLink(device)
                    ? Optional.ofNullable(device.toRealPath().getParent()).map(DeviceFiles::nameOf)
                    : Optional.empty();
        } catch (IOException going) {
            return Optional.empty();
        }
    }

    public static String nameOf(Path path) {
        var name = path.getFileName();
        return name == null ? "" : name.toString();
    }

    /** For errors: {@code "a, b, c"}, each once, or {@code "none"}. */
    public static String list(Collection<String> names) {
        return names.isEmpty()
                ? "none"
                : String.join(", ", names.stream().distinct().toList());
    }
}
