package io.walnutedge.record;

import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.files.DeviceFiles;
import io.walnutedge.sensor.files.FileTap;
import io.walnutedge.sensor.files.Roots;
import io.walnutedge.sensor.i2c.I2cBuses;
import io.walnutedge.sensor.i2c.Registers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A board that answers what a recorded one did. Files are there from the start, in a temporary directory, so that devices are
 * found; what they answer is the recording's. Any thread.
 */
public final class ReplayBoard implements Hardware, I2cBuses, FileTap, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReplayBoard.class);

    private final Replay replay;
    private final Path directory;
    private final Roots roots;

    private ReplayBoard(Replay replay, Path directory) {
        this.replay = replay;
        this.directory = directory;
        this.roots = new Roots(directory.resolve("sys"), directory.resolve("proc"), directory.resolve("dev"));
    }

    public static ReplayBoard create(Replay replay) throws IOException {
        var directory = Files.createTempDirectory("walnut-edge-replay");
        var board = new ReplayBoard(replay, directory);
        replay.files().forEach(board::place);
        return board;
    }

    /** One that has no place below the board's directory, by its name or because of another one, answers all the same. */
    private void place(String name, byte[] content) {
        try {
            var path = directory.resolve(name).normalize();
            if (path.startsWith(directory) && !path.equals(directory)) {
                Files.createDirectories(path.getParent());
                Files.write(path, content);
            }
        } catch (IOException | InvalidPathException noPlace) {
            LOG.debug("no place for a recorded file", noPlace);
        }
    }

    @Override
    public <T> T access(Class<T> kind) {
        return Hardware.pick(kind, files(), this);
    }

    /** The files of the recording. */
    public DeviceFiles files() {
        return new DeviceFiles(roots, this);
    }

    @Override
    public Registers registers(int bus, int address) throws SensorException {
        replay.open(bus, address);
        return new Registers() {
            @Override
            public void write(int... bytes) throws SensorException {
                replay.transfer(bus, address, Recording.hex(bytes), 0);
            }

            @Override
            public byte[] read(int count) throws SensorException {
                return replay.transfer(bus, address, "", count);
            }

            @Override
            public byte[] readRegister(int register, int count) throws SensorException {
                return replay.transfer(bus, address, Recording.hex(register), count);
            }

            @Override
            public void close() {
                // nothing is held
            }
        };
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    }

    /** Never empty: no file of this machine is read. */
    @Override
    public Optional<byte[]> instead(Path path) throws SensorException {
        return Optional.of(replay.file(name(path)));
    }

    @Override
    public String look(Path path, Look real) {
        var isOwn = path.normalize().startsWith(directory);
        return replay.look(name(path)).orElseGet(() -> isOwn ? real.take() : "");
    }

    /** As {@link Recording} names it: below {@code sys}, {@code proc} or {@code dev} of either board, or by its whole name. */
    private String name(Path path) {
        var own = path.normalize();
        if (own.startsWith(directory)) {
            return directory.relativize(own).toString();
        }
        var isKernels = Stream.of("/sys", "/proc", "/dev").anyMatch(own::startsWith);
        return isKernels ? Path.of("/").relativize(own).toString() : own.toString();
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
