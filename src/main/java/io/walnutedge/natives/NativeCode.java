package io.walnutedge.natives;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A library of machine code that one of the jars brings. Its property names the directory it is in; without it that is
 * {@code native} beside the program, as the build and the installation make it. Immutable; any thread.
 */
public final class NativeCode {
    public static final NativeCode JNA = new NativeCode(
            "jna.boot.library.path",
            "libjnidispatch.so",
            Map.of("aarch64", "com/sun/jna/linux-aarch64", "amd64", "com/sun/jna/linux-x86-64"),
            // with a search path, though empty, no ldconfig is run for one (NativeLibrary): the C library is there
            // already
            Map.of(
                    "jna.nounpack",
                    "true",
                    "jna.noclasspath",
                    "true",
                    "jna.nosys",
                    "true",
                    "jna.platform.library.path",
                    ""));

    public static final NativeCode SERIAL = new NativeCode(
            "jSerialComm.library.path",
            "libjSerialComm.so",
            Map.of("aarch64", "Linux/armv8_64", "amd64", "Linux/x86_64"),
            // the last part of the folders where it looks for what others left: nobody can make this one
            Map.of("fazecast.jSerialComm.appid", "../".repeat(64) + "proc/sys/no-such-folder"));

    public static final NativeCode I2C = new NativeCode(
            "pi4j.library.path", "libpi4j-linuxfs.so", Map.of("aarch64", "lib/aarch64/pi4j-linuxfs"), Map.of());

    private static final List<NativeCode> ALL = List.of(JNA, SERIAL, I2C);

    private static final String DIRECTORY = "native";

    /** The kernel's name of a machine, which the installation uses, by Java's. */
    private static final Map<String, String> MACHINES = Map.of("aarch64", "aarch64", "amd64", "x86_64");

    private final String property;
    private final String file;
    private final Map<String, String> folders;
    private final Map<String, String> settings;

    /**
     * @param folders in its jar, and so in a built tree, by {@code os.arch}
     * @param settings that keep its loader from looking elsewhere
     */
    private NativeCode(String property, String file, Map<String, String> folders, Map<String, String> settings) {
        this.property = property;
        this.file = file;
        this.folders = folders;
        this.settings = settings;
    }

    /**
     * To be called before the first class of the jar is used that loads it, each time.
     *
     * @throws UnsatisfiedLinkError if there is none for this machine, or it is where somebody else could have put it; in
     *     words, with the cure
     */
    public void require() {
        // of all three: one that is loaded may bring another one's classes to life
        ALL.forEach(each -> each.settings.forEach(System::setProperty));
        System.setProperty(property, checked(directory()).toString());
    }

    private Path directory() {
        var named = System.getProperty(property);
        if (named != null) {
            return path(named);
        }
        var machine = System.getProperty("os.arch");
        var folder = folders.get(machine);
        if (folder == null) {
            throw new UnsatisfiedLinkError("there is no " + file + " for " + machine);
        }
        var beside = home().resolve(DIRECTORY);
        return Stream.of(beside.resolve(String.valueOf(MACHINES.get(machine))), beside.resolve(folder))
                .filter(each -> Files.exists(each.resolve(file)))
                .findFirst()
                .orElseThrow(() -> new UnsatisfiedLinkError(
                        "there is no " + file + " in " + beside + "; -D" + property + "= names another directory"));
    }

    private static Path path(String named) {
        try {
            return Path.of(named);
        } catch (InvalidPathException wrong) {
            throw error(named + " is no path", wrong);
        }
    }

    /** The directory of the jar, or the one above the classes. */
    private static Path home() {
        try {
            var code = Path.of(NativeCode.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return Optional.ofNullable(code.toAbsolutePath().getParent()).orElse(code);
        } catch (URISyntaxException | InvalidPathException wrong) {
            throw error("the program's directory is not known", wrong);
        }
    }

    /** The directory without links, so that what was checked is what is loaded. */
    private Path checked(Path directory) {
        try {
            var real = directory.toRealPath();
            var weak = Ownership.weakness(List.of(real.resolve(file).toRealPath(), real));
            if (weak.isPresent()) {
                throw new UnsatisfiedLinkError(weak.get() + ", so " + file + " is not loaded from there");
            }
            return real;
        } catch (IOException absent) {
            throw error(
                    "there is no " + file + " in " + directory + "; -D" + property + "= names its directory", absent);
        }
    }

    private static UnsatisfiedLinkError error(String message, Exception cause) {
        var error = new UnsatisfiedLinkError(message);
        error.initCause(cause);
        return error;
    }
}
