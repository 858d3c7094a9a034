package io.walnutedge.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FiguresTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");

    private static Figures figures(Optional<Duration> oldest, Optional<Long> resident) {
        return new Figures(
                TIME,
                "0.1.0",
                Duration.ofSeconds(7207),
                new Figures.Link(
                        "wss://b:443/mqtt?token=secret",
                        true,
                        TIME.minusSeconds(60),
                        3,
                        4,
                        Map.of("t/config", 6_715),
                        OptionalInt.of(6_715)),
                new Figures.Queue(2, 1, oldest, 0, 5, 0),
                Map.of("bus-1", new Figures.Bus(100, 0, 2)),
                true,
                new Figures.Memory(12_700_000, Optional.empty(), Optional.empty(), resident, Optional.empty()),
                new Figures.Sensors(4, List.of("tank"), 6));
    }

    @Test
    void json_isAsDocumented_withoutWhatMayBeASecret() {
        assertThat(figures(Optional.of(Duration.ofSeconds(12)), Optional.of(47_400_000L))
                        .json()
                        .toString())
                .isEqualTo("{\"time\":\"2026-01-02T03:04:05Z\",\"version\":\"0.1.0\",\"uptime\":7207,"
                        + "\"link\":{\"broker\":\"wss://b:443/mqtt\",\"connected\":true,"
                        + "\"since\":\"2026-01-02T03:03:05Z\",\"connections\":3,\"reconnects\":2,\"dropped-events\":4,\"set-aside\":{\"t/config\":6715},\"discovery-refused\":6715},"
                        + "\"queue\":{\"waiting\":2,\"stored\":1,\"oldest\":12,\"dropped\":0,\"unpublishable\":5},"
                        + "\"buses\":{\"bus-1\":{\"missed\":0,\"errors\":2}},\"clock\":{\"synchronized\":true},"
                        + "\"memory\":{\"heap\":12.1,\"resident\":45.2},"
                        + "\"sensors\":{\"online\":4,\"offline\":[\"tank\"],\"sink-failures\":6}}");
    }

    @Test
    void json_leavesOutWhatIsNotKnown() {
        assertThat(figures(Optional.empty(), Optional.empty()).json().toString())
                .doesNotContain("oldest", "resident");
    }

    @Test
    void memory_isReadFromTheKernel(@TempDir Path root) throws Exception {
        var self = Files.createDirectories(root.resolve("proc/self"));
        var group = Files.createDirectories(root.resolve("groups/system.slice/a.service"));
        Files.writeString(self.resolve("status"), "Name:\tjava\nVmRSS:\t   46284 kB\n");
        Files.writeString(self.resolve("cgroup"), "1:name=systemd:/x\n0::/system.slice/a.service\n");
        Files.writeString(group.resolve("memory.max"), "268435456\n");
        var gauge = new MemoryGauge(root.resolve("proc"), root.resolve("groups"));
        assertThat(gauge.read().resident()).contains(46_284L * 1024);
        assertThat(gauge.read().limit()).contains(268_435_456L);
        assertThat(gauge.read().heap()).isPositive();
        Files.writeString(group.resolve("memory.max"), "max\n");
        Files.delete(self.resolve("status"));
        assertThat(gauge.read().limit()).isEmpty();
        assertThat(gauge.read().resident()).isEmpty();
    }

    @Test
    void memory_ofThisProcess_isKnown() {
        assertThat(MemoryGauge.ofProcess().read().resident())
                .hasValueSatisfying(bytes -> assertThat(bytes).isGreaterThan(1L << 20));
        assertThat(MemoryGauge.ofProcess().read().liveLimit()).isPresent();
    }
}
