package io.walnutedge.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Native libraries that do not load: what needs them is off, and says so once. */
class NativesIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    /** The clock is asked each 10 s: the second time the fault is another one. */
    private static final Duration TWICE = Duration.ofSeconds(12);

    @TempDir
    Path directory;

    enum Fault {
        NO_DIRECTORY("-Djna.boot.library.path=%s/none -DjSerialComm.library.path=%s/none -Dpi4j.library.path=%s/none"),
        /** A file that is no library. */
        GARBAGE("-Djna.boot.library.path=%s -DjSerialComm.library.path=%s -Dpi4j.library.path=%s");

        private final String options;

        Fault(String options) {
            this.options = options;
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutTheLibraries_theDaemonGoesOn(Fault fault) throws Exception {
        for (var name : new String[] {"libjnidispatch.so", "libjSerialComm.so", "libpi4j-linuxfs.so"}) {
            Files.writeString(directory.resolve(name), "not a library");
        }
        var setup = Setup.of(1, Duration.ofMillis(200))
                .in(Map.of(
                        "JAVA_TOOL_OPTIONS",
                        fault.options.replace("%s", directory.toString()),
                        "NOTIFY_SOCKET",
                        directory.resolve("notify").toString()))
                .with("sensors.dust { type = pms5003, port = /dev/null, every = 3 s }");
        try (var station = new Station(directory, setup)) {
            var connected = station.connection();
            station.start();
            station.awaitThat("connected", SOON, connected);
            Station.pause(TWICE);
            station.sample(5, SOON);
            var said = station.daemon().output();
            assertThat(said.stream()
                            .filter(line -> line.contains(
                                    "it is not known whether the clock is synchronized: JNA does not load")))
                    .as(() -> String.join("\n", said))
                    .hasSize(1);
            assertThat(said.stream()
                            .filter(line -> line.contains("systemd cannot be told 'READY=1': JNA does not load")))
                    .hasSize(1);
            assertThat(said).noneMatch(line -> line.contains("NoClassDefFoundError") || line.contains("died"));
            station.stop();
        }
    }
    /** Nothing is unpacked: a /tmp that may not be written, or is mounted noexec, is no fault. */
    @Test
    void nowhereToUnpack_isNoFault() throws Exception {
        var setup = Setup.of(1, Duration.ofMillis(200))
                .in(Map.of(
                        "JAVA_TOOL_OPTIONS",
                        "-Djava.io.tmpdir=/proc/1/nowhere -Djna.tmpdir=/proc/1/nowhere",
                        "NOTIFY_SOCKET",
                        directory.resolve("notify").toString()));
        try (var station = new Station(directory, setup)) {
            station.start();
            station.sample(5, SOON);
            // the library is there, but nobody listens on that socket
            assertThat(station.daemon().output())
                    .noneMatch(line -> line.contains("does not load"))
                    .anyMatch(line -> line.contains("systemd cannot be told 'READY=1'"));
            station.stop();
        }
    }
}
