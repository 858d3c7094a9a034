package io.walnutedge.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** The files of the {@link OracleDriver}s of a daemon, and the jar that brings the driver to it. */
final class Oracle {
    private final Path directory;
    private final List<String> sensors;

    Oracle(Path directory, List<String> sensors) {
        this.directory = directory;
        this.sensors = List.copyOf(sensors);
    }

    Path file(String sensor) {
        return directory.resolve(sensor + ".oracle");
    }

    List<String> sensors() {
        return sensors;
    }

    /** All that were sampled so far. */
    long count() {
        return sensors.stream().mapToLong(this::count).sum();
    }

    private long count(String sensor) {
        try {
            return Files.exists(file(sensor)) ? Files.size(file(sensor)) / OracleDriver.RECORD_BYTES : 0;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** By sensor, in order. */
    Map<String, List<Sample>> samples() {
        var all = new LinkedHashMap<String, List<Sample>>();
        sensors.forEach(sensor -> all.put(sensor, samples(sensor)));
        return all;
    }

    private List<Sample> samples(String sensor) {
        try {
            var bytes = ByteBuffer.wrap(Files.exists(file(sensor)) ? Files.readAllBytes(file(sensor)) : new byte[0]);
            var samples = new ArrayList<Sample>();
            while (bytes.remaining() >= OracleDriver.RECORD_BYTES) {
                samples.add(new Sample(
                        bytes.getLong(),
                        bytes.getLong(),
                        Instant.EPOCH.plus(bytes.getLong(), ChronoUnit.MICROS),
                        bytes.getLong()));
            }
            return samples;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A jar with the driver and nothing else of the tests, whose log settings would be the daemon's otherwise. */
    Path jar() {
        var jar = directory.resolve("oracle.jar");
        var classes = Path.of("target/test-classes");
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                var files = Files.list(classes.resolve("io/walnutedge/fault"))) {
            var driver = files.filter(file -> file.getFileName().toString().startsWith("OracleDriver"));
            for (var file : driver.toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
                out.closeEntry();
            }
            out.putNextEntry(new JarEntry("META-INF/services/io.walnutedge.sensor.SensorDriver"));
            out.write(OracleDriver.class.getName().getBytes(StandardCharsets.US_ASCII));
            out.closeEntry();
            return jar;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
