package io.walnutedge.config;

import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.hocon.UserPath;
import io.walnutedge.text.TimeText;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Section {@code outbox}: where readings wait while the broker is away. Immutable; any thread.
 *
 * @param enabled false: they wait in memory only
 * @param directory of the store; {@code outbox} in the service's state directory by default
 * @param maxSize bytes on the disk
 * @param maxAge what waited longer is dropped
 * @param commitEvery a reading that was not delivered by then is written: so much is lost with the process
 * @param syncEvery what was written is on stable storage by then: so much is lost with the power
 * @param replayRate readings of the backlog that are published in a second
 */
public record OutboxConfig(
        boolean enabled,
        Path directory,
        long maxSize,
        Duration maxAge,
        Duration commitEvery,
        Duration syncEvery,
        int replayRate) {
    private static final long MIB = 1024 * 1024;
    private static final Path STATE = Path.of("/var/lib/walnut-edge");

    public static OutboxConfig from(ConfigTable settings) {
        var commit = settings.duration(
                "commit-every", Duration.ofSeconds(1), Duration.ofMillis(100), Duration.ofMinutes(10));
        var config = new OutboxConfig(
                settings.flag("enabled", true),
                UserPath.read(settings, "dir", state(settings).resolve("outbox")),
                settings.bytes("max-size", 64 * MIB, MIB, 1024 * 1024 * MIB),
                settings.duration("max-age", Duration.ofDays(7), Duration.ofMinutes(1), Duration.ofDays(3650)),
                commit,
                settings.duration("sync-every", Duration.ofSeconds(10), Duration.ofMillis(100), Duration.ofHours(1)),
                settings.integer("replay-rate", 5_000, 1, 1_000_000));
        if (config.syncEvery.compareTo(commit) < 0) {
            settings.problem("sync-every", "is shorter than commit-every, " + TimeText.of(commit));
        }
        settings.finish();
        return config;
    }

    /** The same in memory, for a board that is not there. */
    public OutboxConfig inMemory() {
        return new OutboxConfig(false, directory, maxSize, maxAge, commitEvery, syncEvery, replayRate);
    }

    /** As systemd tells it (systemd.exec(5), StateDirectory). */
    private static Path state(ConfigTable settings) {
        var directory = System.getenv("STATE_DIRECTORY");
        return directory == null || directory.isEmpty() || directory.contains(":")
                ? STATE
                : UserPath.of(settings, "dir", directory);
    }
}
