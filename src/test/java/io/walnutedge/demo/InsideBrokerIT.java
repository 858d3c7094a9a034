package io.walnutedge.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walnutedge.testkit.Mosquitto;
import io.walnutedge.testkit.Program;
import io.walnutedge.testkit.Subscriber;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code simulate} with the broker inside, as a program. */
class InsideBrokerIT {
    @TempDir
    Path directory;

    @Test
    void largeBoard_isDescribedWhole_withTheHealthThatItAnnounces() throws Exception {
        var sensors = IntStream.range(0, 60)
                .mapToObj(i -> "s" + i + " { type = text, text = hello, every = 1 min }")
                .collect(Collectors.joining("\n"));
        var file = Files.writeString(
                directory.resolve("a.conf"),
                "device.id = t\nmqtt { discovery = device, health-every = 1 s }\nsensors {\n" + sensors + "\n}\n");
        var port = Mosquitto.freePort();
        try (var run = Program.start(
                Map.of(), "simulate", "-c", file.toString(), "--plain", "--port", Integer.toString(port))) {
            run.awaitLine("watch:");
            try (var seen = Subscriber.start(port, "#")) {
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> seen.lines().stream().anyMatch(line -> line.contains("/status/health {"))
                                && seen.lines().stream().anyMatch(InsideBrokerIT::isDiscovery));
                var told = seen.lines().stream()
                        .filter(InsideBrokerIT::isDiscovery)
                        .findFirst()
                        .orElseThrow();
                assertThat(told).hasSizeGreaterThan(16_384).contains("\"s59_text\"", "/status/health");
                assertThat(told).as("nobody would restart it").doesNotContain("daemon_restart");
            }
            assertThat(run.text()).doesNotContain("lost tcp://", "set aside");
            run.terminate();
            run.end(Duration.ofSeconds(20));
        }
    }

    private static boolean isDiscovery(String line) {
        return line.contains(" homeassistant/device/");
    }
}
