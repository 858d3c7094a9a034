package io.walnutedge.daemon;

import io.walnutedge.actuator.Actuator.BusWrite;
import io.walnutedge.actuator.Actuator.FileWrite;
import io.walnutedge.actuator.Actuator.LastWrite;
import io.walnutedge.event.EventListener;
import io.walnutedge.event.OutputState;
import io.walnutedge.files.FileTrouble;
import io.walnutedge.files.OwnFile;
import io.walnutedge.reading.ItemId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The list by which {@code deploy/on-stop} brings the outputs to their states on stop when this process was killed: a path,
 * a tab and a text on each line, or {@code i2c}, a tab, and bus, address and bytes; in systemd's runtime directory, which is in memory. The loop's thread only.
 */
final class OnStopFile implements EventListener {
    private static final Logger LOG = LoggerFactory.getLogger(OnStopFile.class);

    private final Optional<Path> file;
    private final Supplier<List<LastWrite>> writes;
    private List<LastWrite> written = List.of();
    private OwnFile.@Nullable Version version;
    private boolean failing;

    /** @param writes what brings the outputs to their states on stop now */
    OnStopFile(Optional<Path> directory, Supplier<List<LastWrite>> writes) {
        this.writes = writes;
        this.file = directory.map(path -> path.resolve("on-stop"));
    }

    /** Where systemd says ({@code RuntimeDirectory=}, systemd.exec(5)); nowhere without it. */
    static OnStopFile ofService(Supplier<List<LastWrite>> writes) {
        return new OnStopFile(
                Optional.ofNullable(System.getenv("RUNTIME_DIRECTORY")).map(Path::of), writes);
    }

    /** After each change it is known again what to do if this process is killed. */
    @Override
    public void output(ItemId id, OutputState state) {
        keep();
    }

    /** Writes the list if it is another one, or if somebody has removed the file. */
    void keep() {
        if (file.isEmpty()) {
            return;
        }
        var now = writes.get();
        try {
            if (!now.equals(written) || (version != null && !version.isStill(file.get()))) {
                write(file.get(), now);
            }
        } catch (IOException failed) {
            if (!failing) {
                failing = true;
                LOG.warn(
                        "after a crash outputs keep their levels until the restart: {}",
                        FileTrouble.ofFile(failed, file.get()));
            }
        }
    }

    private void write(Path path, List<LastWrite> now) throws IOException {
        var text = now.stream().map(OnStopFile::line).collect(Collectors.joining());
        OwnFile.replace(path, text.getBytes(StandardCharsets.UTF_8));
        version = OwnFile.Version.of(path);
        written = List.copyOf(now);
        failing = false;
    }

    private static String line(LastWrite write) {
        if (write instanceof FileWrite file) {
            return file.file() + "\t" + file.text() + "\n";
        }
        var transfer = (BusWrite) write;
        return String.format(Locale.ROOT, "i2c\t%d 0x%02x", transfer.bus(), transfer.address())
                + transfer.bytes().stream()
                        .map(each -> String.format(Locale.ROOT, " 0x%02x", each))
                        .collect(Collectors.joining())
                + "\n";
    }

    /** They are in their states. */
    void done() {
        version = null;
        try {
            if (file.isPresent()) {
                Files.deleteIfExists(file.get());
            }
        } catch (IOException failed) {
            LOG.debug("{} cannot be deleted", file.get(), failed);
        }
    }
}
