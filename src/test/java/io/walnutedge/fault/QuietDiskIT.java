package io.walnutedge.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * While the broker is there, nothing is written: no file of the store changes, and the kernel counts no byte that the
 * process wrote to a disk. Longer with {@code -Dwalnutedge.fault.quiet=3600}, in seconds.
 */
class QuietDiskIT {
    private static final int QUIET = Integer.getInteger("walnutedge.fault.quiet", 30);
    private static final int PER_SECOND = 10;
    private static final Duration READY = Duration.ofSeconds(40);
    /** Behind the start and the first connection, whose readings may have waited. */
    private static final Duration SETTLED = Duration.ofSeconds(15);

    @TempDir
    Path directory;

    @Test
    void brokerThere_nothingIsWritten() throws Exception {
        // no oracle: it writes to a disk itself
        var setup = Setup.of(0, Duration.ofSeconds(1))
                .with("sensors.hello { type = text, text = hello, every = " + 1_000 / PER_SECOND + " ms }");
        try (var station = new Station(directory, setup)) {
            var connection = station.connection();
            station.launch();
            station.awaitThat("connected", READY, connection);
            Station.pause(SETTLED);
            var files = files(station.store());
            var written = written(station);
            var arrived = arrived(station);
            Station.pause(Duration.ofSeconds(QUIET));
            var published = arrived(station) - arrived;
            System.out.printf(
                    "%d readings in %d s; files of the store: %s; bytes to disks: %d, from the start %d%n",
                    published, QUIET, files.keySet(), written(station) - written, written(station));
            assertThat(published).isGreaterThan((long) (0.9 * PER_SECOND * QUIET));
            assertThat(files(station.store())).as(station.daemon().text()).isEqualTo(files);
            assertThat(written(station)).as("write_bytes").isEqualTo(written);
            assertThatAnOutageIsNoticed(station, files);
        }
    }

    /** A test of the test. */
    private static void assertThatAnOutageIsNoticed(Station station, Map<String, String> files) {
        station.proxy().set(Conditions.of(Conditions.Door.SHUT));
        station.awaitThat("the store is used", READY, () -> {
            try {
                return !files(station.store()).equals(files);
            } catch (IOException failed) {
                throw new AssertionError(failed);
            }
        });
    }

    private static long arrived(Station station) {
        return station.messages("hello/text").size();
    }

    /** Inode, size, and times of change of everything in the store, the directory itself included. */
    private static Map<String, String> files(Path store) throws IOException {
        var files = new TreeMap<String, String>();
        try (var all = Files.walk(store)) {
            for (var file : all.toList()) {
                var facts = Files.readAttributes(file, "unix:ino,size,lastModifiedTime,ctime");
                files.put(store.relativize(file).toString(), new TreeMap<>(facts).toString());
            }
        }
        return files;
    }

    /** proc(5), /proc/PID/io: bytes that the process caused to be sent to the storage layer. */
    private static long written(Station station) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + station.daemon().pid() + "/io")).stream()
                .filter(line -> line.startsWith("write_bytes: "))
                .mapToLong(line -> Long.parseLong(line.substring("write_bytes: ".length())))
                .findFirst()
                .orElseThrow();
    }
}
