package io.walnutedge.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM while each fsync(2) and fdatasync(2) takes seconds, as on a worn card: strace(1) delays them. */
class SlowCardIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void kept_totals_and_readings_are_saved_all_the_same() throws Exception {
        var level = Files.writeString(directory.resolve("level"), "5");
        var setup = Setup.of(1, Duration.ofMillis(50))
                .behind(List.of(
                        "strace",
                        "-f",
                        "--seccomp-bpf",
                        "-D",
                        "-o",
                        directory.resolve("trace").toString(),
                        "-e",
                        "trace=fsync,fdatasync",
                        "-e",
                        "inject=fsync,fdatasync:delay_enter=2000000"))
                .with("sensors.meter { type = file, path = \"" + level
                        + "\", every = 100 ms, value { unit = W, filters = [ { integrate { per = h } } ] } }");
        try (var station = new Station(directory, setup)) {
            station.proxy().set(Conditions.of(Conditions.Door.SHUT));
            station.start();
            var state = directory.resolve("state");
            await().atMost(LIMIT).until(() -> Files.exists(state));
            var first = total(state);
            station.sample(40, LIMIT);
            station.daemon().terminate();
            station.daemon().end(LIMIT);
            assertThat(station.daemon().text()).doesNotContain("not saved", "still not stopped", "lost");
            assertThat(total(state)).isNotEqualTo(first);
        }
    }

    private static String total(Path state) throws IOException {
        return Files.readAllLines(state).stream()
                .filter(line -> line.contains("meter"))
                .findFirst()
                .orElse("");
    }
}
