package io.walnutedge.cli;

import io.walnutedge.config.SensorsJson;
import io.walnutedge.health.Release;
import io.walnutedge.record.Recording;
import io.walnutedge.sensor.Drivers;
import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.files.DeviceFiles;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --record}: what the buses and the files answer goes into a file. One thread. */
final class RecordOption implements AutoCloseable {
    private static final long MIB = 1024 * 1024;

    @Option(
            names = "--record",
            paramLabel = "FILE",
            description =
                    "write what the I2C buses and the kernel's files answer into a new file, for simulate --replay")
    private @Nullable Path file;

    @Option(
            names = "--record-limit",
            paramLabel = "MIB",
            defaultValue = "16",
            description = "the longest that the file may get, in MiB; default: ${DEFAULT-VALUE}")
    private int limit;

    private @Nullable Recording recording;

    /**
     * The hardware itself without the option, else with its answers taken down.
     *
     * @param config the file with the sensors
     */
    Hardware around(Hardware hardware, Path config) throws Cli.Failure {
        var target = file;
        if (target == null) {
            return hardware;
        }
        try {
            var begun = Recording.begin(
                    target,
                    Release.version(),
                    SensorsJson.write(config, Drivers.installed()::isRecorded),
                    hardware.access(DeviceFiles.class).roots(),
                    System::nanoTime,
                    Instant.now(),
                    Math.max(1, limit) * MIB);
            recording = begun;
            return begun.around(hardware);
        } catch (FileAlreadyExistsException there) {
            throw new Cli.Failure(target + " is there already; give a new file");
        } catch (IOException failed) {
            throw new Cli.Failure(target + " cannot be written: " + failed.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        if (recording != null) {
            recording.close();
        }
    }
}
