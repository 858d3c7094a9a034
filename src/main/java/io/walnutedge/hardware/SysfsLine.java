package io.walnutedge.hardware;

import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.plugin.linuxfs.internal.LinuxGpio;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One line in sysfs (Documentation/admin-guide/gpio/sysfs.rst) for Pi4J. The thread {@code outputs}; an input's value is
 * also read by those whom the thread {@code edges} tells.
 *
 * <p>After an export the line's files belong to root until udev has run its rule, which takes some milliseconds. Writes
 * that are refused meanwhile are repeated, for at most a second from when the line was opened.
 */
abstract class SysfsLine extends LinuxGpio {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(10);

    /** What is not a named line: "gpioN", "gpiochipN", "export", "unexport". */
    private static final Pattern UNNAMED = Pattern.compile("gpio[0-9]+|gpiochip[0-9]+|(?:un)?export");

    private final GpioSysfs sysfs;
    private volatile Path directory;
    private long patientUntil;

    SysfsLine(GpioSysfs sysfs, int number) {
        super(sysfs.root().toString(), number);
        this.sysfs = sysfs;
        this.directory = sysfs.root().resolve("gpio" + number);
    }

    @Override
    public boolean isExported() {
        patientUntil = sysfs.nanos().getAsLong() + PATIENCE.toNanos();
        return Files.isDirectory(directory);
    }

    /** A line that its driver has given a name appears under that name, not as {@code gpioN} (gpiod_export). */
    @Override
    public void export() throws IOException {
        var before = named();
        try {
            write(sysfs.root().resolve("export"), Integer.toString(address));
        } catch (AccessDeniedException | NoSuchFileException notBusy) {
            throw notBusy;
        } catch (IOException busy) {
            unexportNamed(busy);
            before = named();
            write(sysfs.root().resolve("export"), Integer.toString(address));
        }
        if (!Files.isDirectory(directory)) {
            directory = added(before);
        }
    }

    /** Which named line was left exported cannot be seen; but unexporting goes by number, and only if sysfs has it. */
    private void unexportNamed(IOException busy) throws IOException {
        try {
            writeUnexport();
        } catch (IOException held) {
            busy.addSuppressed(held);
            throw new LineHeldException(busy);
        }
    }

    private List<Path> named() throws IOException {
        try (var entries = Files.list(sysfs.root())) {
            return entries.filter(entry ->
                            !UNNAMED.matcher(entry.getFileName().toString()).matches())
                    .toList();
        }
    }

    private Path added(List<Path> before) throws IOException {
        var added = named().stream().filter(entry -> !before.contains(entry)).toList();
        if (added.size() != 1) {
            throw new IOException("gpio" + address + " was exported, but its directory is not to be found");
        }
        return added.get(0);
    }

    @Override
    public boolean isInterruptSupported() {
        return Files.exists(directory.resolve("edge"));
    }

    /** Levels here are physical, whatever the program before has left in {@code active_low}. */
    final void clearActiveLow() throws IOException {
        clear("active_low", "0");
    }

    /** An output must not have an interrupt, which a crashed program may have left. */
    final void clearEdge() throws IOException {
        clear("edge", "none");
    }

    private void clear(String attribute, String neutral) throws IOException {
        var file = directory.resolve(attribute);
        if (Files.exists(file) && !Files.readString(file).strip().equals(neutral)) {
            write(file, neutral);
        }
    }

    final void writeDirection(String direction) throws IOException {
        write(directory.resolve("direction"), direction);
    }

    @Override
    public void interruptEdge(Edge edge) throws IOException {
        write(directory.resolve("edge"), edge.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public void state(DigitalState state) throws IOException {
        write(directory.resolve("value"), state.isHigh() ? "1" : "0");
    }

    @Override
    public DigitalState state() throws IOException {
        return DigitalState.parse(Files.readString(directory.resolve("value")).strip());
    }

    @Override
    public String getPinPath() {
        return directory.toString();
    }

    final void writeUnexport() throws IOException {
        write(sysfs.root().resolve("unexport"), Integer.toString(address));
    }

    private void write(Path file, String text) throws IOException {
        while (true) {
            try {
                sysfs.writer().write(file, text);
                return;
            } catch (AccessDeniedException denied) {
                if (!file.startsWith(directory) || sysfs.nanos().getAsLong() - patientUntil >= 0) {
                    throw denied;
                }
            }
            pause();
        }
    }

    private void pause() throws InterruptedIOException {
        try {
            sysfs.pause().pause(BETWEEN_TRIES);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped while waiting for the permission to open gpio" + address);
        }
    }
}
