package io.walnutedge.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The daemon starts on whatever it finds in its store. What each byte may suffer stands in the tests of the outbox; here a
 * few kinds of damage meet the real process. More with {@code -Dwalnutedge.fault.damages=80}.
 */
class DamagedStoreIT {
    private static final List<Damage> KINDS = List.of(Damage.values());
    private static final int DAMAGES = Integer.getInteger("walnutedge.fault.damages", KINDS.size());
    private static final int SENSORS = 10;
    private static final Duration EVERY = Duration.ofMillis(10);
    /** Readings for two segments, and a part of another. */
    private static final int OUTAGE = 6_000;

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void damagedStore_givesWhatIsSoundAndNothingElse() throws Exception {
        var seed = Seed.take("DamagedStoreIT");
        var random = seed.random();
        try (var station = new Station(directory, Setup.of(SENSORS, EVERY))) {
            var lost = 0L;
            for (var i = 0; i < DAMAGES; i++) {
                lost += suffer(station, lost, KINDS.get(i % KINDS.size()), random, seed);
            }
        }
    }

    /** How many readings it cost, besides those that were lost before. */
    private static long suffer(Station station, long lostBefore, Damage damage, Random random, Seed seed)
            throws IOException {
        station.proxy().set(Conditions.of(Conditions.Door.SHUT));
        station.start();
        station.sample(OUTAGE, LIMIT);
        station.stop();
        var waiting = missing(station.verdict()) - lostBefore;
        var segments = segments(station.store());
        assertThat(segments).hasSizeGreaterThan(1);
        var most = damage.strike(segments, random);
        var connection = station.connection();
        station.proxy().set(Conditions.CLEAR);
        station.start();
        station.awaitThat("connected", LIMIT, connection);
        station.awaitQuiet(Duration.ofSeconds(2), LIMIT);
        station.stop();
        var verdict = station.verdict();
        var lost = missing(verdict) - lostBefore;
        var said =
                damage + ", " + seed + ", the daemon said:\n" + station.daemon().text();
        System.out.printf(
                "%-14s %d segments, %d waited, %d lost, %d may be; aside: %s%n",
                damage,
                segments.size(),
                waiting,
                lost,
                most,
                aside(station.store()).stream().map(Path::getFileName).toList());
        verdict.checkAllButMissing(said);
        assertThat(lost).as("%s: %s", said, verdict.holes()).isLessThanOrEqualTo(most);
        assertThat(aside(station.store()).stream().filter(Files::isRegularFile))
                .as("%s", said)
                .hasSizeLessThanOrEqualTo(2);
        assertThat(station.daemon().text()).as("%s", said).doesNotContain("ERROR", "Exception");
        return lost;
    }

    private static long missing(Verdict verdict) {
        return verdict.missing().values().stream().mapToLong(List::size).sum();
    }

    private static List<Path> segments(Path store) throws IOException {
        try (var files = Files.list(store)) {
            return files.filter(file -> file.getFileName().toString().matches("\\d{16}\\.log"))
                    .sorted()
                    .toList();
        }
    }

    private static List<Path> aside(Path store) throws IOException {
        try (var files = Files.list(store)) {
            return files.filter(file -> file.getFileName().toString().startsWith("damaged-"))
                    .sorted()
                    .toList();
        }
    }
}
