package io.walnutedge.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problems;
import io.walnutedge.text.ByteSize;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutboxConfigTest {
    private final Problems problems = new Problems();

    private OutboxConfig read(String hocon) {
        return OutboxConfig.from(ConfigFile.parse(hocon, problems));
    }

    @Test
    void defaults_areTheOnesThatArePromised() {
        assertThat(read(""))
                .isEqualTo(new OutboxConfig(
                        true,
                        Path.of("/var/lib/walnut-edge/outbox"),
                        67_108_864,
                        Duration.ofDays(7),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(10),
                        5_000));
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void everyKey_isRead() {
        var read = read("dir = /mnt/data, max-size = 1.5 MiB, max-age = 1 h, commit-every = 500 ms, sync-every = 2 s\n"
                + "replay-rate = 10, enabled = false");
        assertThat(problems.list()).isEmpty();
        assertThat(read)
                .isEqualTo(new OutboxConfig(
                        false,
                        Path.of("/mnt/data"),
                        1_572_864,
                        Duration.ofHours(1),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(2),
                        10));
    }

    @ParameterizedTest
    @CsvSource({
        "max-size = 64, 64 is not a size",
        "max-size = 64 megs, is not a size",
        "max-size = 0.3 B, is not a size",
        "max-size = 4 KiB, out of range; accepted: 1 MiB to 1024 GiB",
        "max-age = 5, has no unit",
        "commit-every = 1 ms, out of range",
        "sync-every = 500 ms, is shorter than commit-every",
        "replay-rate = 0, out of range",
        "max-sise = 1 MiB, did you mean 'max-size'"
    })
    void mistake_isTold(String hocon, String why) {
        read(hocon);
        assertThat(problems.list()).singleElement().asString().contains(why);
    }

    @ParameterizedTest
    @CsvSource({
        "17 B, 17 B",
        "1 kB, 1000 B",
        "1KiB, 1 KiB",
        "1.5 KiB, 1.5 KiB",
        "64 MiB, 64 MiB",
        "1 MB, 976.6 KiB",
        "1.5 GiB, 1.5 GiB",
        "2 GB, 1.9 GiB"
    })
    void size_isReadAndShown(String written, String shown) {
        assertThat(ByteSize.text(ByteSize.parse(written).orElseThrow())).isEqualTo(shown);
    }
}
