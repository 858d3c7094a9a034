package io.walnutedge.record;

import io.walnutedge.json.JsonWriter;
import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.files.FileTap;
import io.walnutedge.sensor.files.Roots;
import io.walnutedge.sensor.i2c.Registers;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a recording: one JSON object in a line, the first two about the recording itself. It ends by itself when the file is
 * as long as it may be, or cannot be written; the sensors never notice. Any thread.
 */
public final class Recording implements FileTap, AutoCloseable {
    /** Of the form of the file. */
    static final int VERSION = 1;

    private static final Logger LOG = LoggerFactory.getLogger(Recording.class);

    private final Path file;
    private final Writer writer;
    private final Roots roots;
    private final LongSupplier nanos;
    private final long startedAt;
    private final long limit;
    private long written;
    private boolean ended;

    Recording(Path file, Writer writer, Roots roots, LongSupplier nanos, long limit) {
        this.file = file;
        this.writer = writer;
        this.roots = roots;
        this.nanos = nanos;
        this.startedAt = nanos.getAsLong();
        this.limit = limit;
    }

    /**
     * Begins a recording in a new file, which its owner alone may read.
     *
     * @param program the version of this program
     * @param config the sensors of the configuration; whatever is secret is not among them
     * @param nanos a monotonic clock
     * @param limit bytes
     * @throws IOException if the file is there already or cannot be made
     */
    public static Recording begin(
            Path file, String program, String config, Roots roots, LongSupplier nanos, Instant now, long limit)
            throws IOException {
        // O_EXCL follows no link (open(2)); from its first byte on it is its owner's alone
        var bytes = Files.newByteChannel(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        var writer = new BufferedWriter(Channels.newWriter(bytes, StandardCharsets.UTF_8));
        var recording = new Recording(file, writer, roots, nanos, limit);
        recording.line(new JsonWriter()
                .put("walnut-edge-recording", VERSION)
                .put("program", program)
                .put("started", now.toString()));
        recording.line(new JsonWriter().put("config", config));
        return recording;
    }

    /** The same hardware, with its transfers taken down. */
    public Hardware around(Hardware hardware) {
        return new RecordingHardware(hardware, this);
    }

    Registers around(Registers registers, int bus, int address) {
        return new RecordingRegisters(registers, this, bus, address);
    }

    void transfer(int bus, int address, int[] out, int count, byte[] in) {
        line(transfer(bus, address, out, count).put("in", HexFormat.of().formatHex(in)));
    }

    void transfer(int bus, int address, int[] out, int count, SensorException why) {
        line(transfer(bus, address, out, count).put("error", String.valueOf(why.getMessage())));
    }

    void unopened(int bus, int address, SensorException why) {
        line(event().put("open", bus + ":" + address).put("error", String.valueOf(why.getMessage())));
    }

    private JsonWriter transfer(int bus, int address, int[] out, int count) {
        return event().put("i2c", bus + ":" + address).put("out", hex(out)).put("count", count);
    }

    static String hex(int... bytes) {
        var text = new StringBuilder();
        for (var each : bytes) {
            text.append(HexFormat.of().toHexDigits((byte) each));
        }
        return text.toString();
    }

    @Override
    public void read(Path path, byte[] content) {
        name(path)
                .ifPresent(name ->
                        line(event().put("file", name).put("in", HexFormat.of().formatHex(content))));
    }

    @Override
    public String look(Path path, Look real) {
        var seen = real.take();
        name(path).ifPresent(name -> line(event().put("look", name).put("in", hex(seen))));
        return seen;
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void failed(Path path, SensorException why) {
        name(path).ifPresent(name -> line(event().put("file", name).put("error", String.valueOf(why.getMessage()))));
    }

    /** Below {@code sys}, {@code proc} or {@code dev}, wherever those are; any other file is no matter of a recording. */
    private Optional<String> name(Path path) {
        if (path.startsWith(roots.sys())) {
            return Optional.of("sys/" + roots.sys().relativize(path));
        }
        if (path.startsWith(roots.proc())) {
            return Optional.of("proc/" + roots.proc().relativize(path));
        }
        return path.startsWith(roots.dev()) ? Optional.of("dev/" + roots.dev().relativize(path)) : Optional.empty();
    }

    private JsonWriter event() {
        return new JsonWriter().put("t", nanos.getAsLong() - startedAt);
    }

    private synchronized void line(JsonWriter json) {
        if (ended) {
            return;
        }
        var text = json + "\n";
        var bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (written + bytes > limit) {
            LOG.info("the recording {} is {} bytes long and ends here", file, written);
            ended = true;
            return;
        }
        try {
            writer.write(text);
            writer.flush();
            written += bytes;
        } catch (IOException failed) {
            LOG.error("the recording {} ends: {}", file, failed.getMessage());
            ended = true;
        }
    }

    @Override
    public synchronized void close() throws IOException {
        ended = true;
        writer.close();
    }
}
