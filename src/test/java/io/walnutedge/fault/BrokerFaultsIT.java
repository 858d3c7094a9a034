package io.walnutedge.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker and the way there fail at random, and no reading is lost. Longer with {@code -Dwalnutedge.fault.faults=300}. */
class BrokerFaultsIT {
    private static final int FAULTS = Integer.getInteger("walnutedge.fault.faults", Fault.values().length);
    private static final int SENSORS = 10;
    private static final Duration EVERY = Duration.ofMillis(50);
    /** Of the longest pause between attempts and an attempt. */
    private static final Duration BACK = Duration.ofSeconds(35);
    /** What reads the oracles keeps two threads more, once the machine was slow for a moment: no fault's doing. */
    private static final String READER = "file-N";

    private static final int SPARE_READERS = 2;
    /** As many as may be in flight. */
    private static final int WINDOW = 16;

    @TempDir
    Path directory;

    @Test
    void randomFaults_loseNothingAndLeaveNothingBehind() throws Exception {
        var seed = Seed.take("BrokerFaultsIT");
        var random = seed.random();
        try (var station = new Station(directory, Setup.of(SENSORS, EVERY))) {
            station.start();
            // once through an outage: the outbox keeps its files open from then on
            assertThat(station.awaitFreshReading(BACK)).isLessThan(BACK);
            Fault.REFUSED.strike(station, random);
            assertThat(station.awaitFreshReading(BACK)).isLessThan(BACK);
            settle(station);
            var threads = station.daemon().threads();
            var files = station.daemon().openFiles();
            var begin = System.nanoTime();
            for (var fault : faults(random)) {
                Station.pause(Duration.ofMillis(random.nextInt(1_000)));
                fault.strike(station, random);
                var back = station.awaitFreshReading(BACK);
                System.out.printf("%-22s back after %.1f s%n", fault, back.toMillis() / 1e3);
                assertThat(back)
                        .as("%s, %s: %s", fault, seed, station.daemon().text())
                        .isLessThan(BACK);
            }
            System.out.printf("%d faults in %d s%n", FAULTS, (System.nanoTime() - begin) / 1_000_000_000);
            settle(station);
            var moreThreads = added(threads, station.daemon().threads());
            var moreFiles = added(files, station.daemon().openFiles());
            station.stop();
            judge(station, seed);
            assertThat(moreThreads)
                    .as("threads, %s", seed)
                    .filteredOn(name -> !name.equals(READER))
                    .isEmpty();
            assertThat(moreThreads).as("readers, %s", seed).hasSizeLessThanOrEqualTo(SPARE_READERS);
            assertThat(moreFiles).as("descriptors, %s", seed).isEmpty();
        }
    }

    private static void settle(Station station) {
        station.drain(Duration.ofSeconds(30));
        Station.pause(Duration.ofSeconds(3));
    }

    private static void judge(Station station, Seed seed) {
        var verdict = station.verdict();
        System.out.printf(
                "%d sampled, %d arrived, %d duplicates, behind each connection %s%n",
                station.oracle().count(), verdict.arrived(), verdict.duplicates(), verdict.duplicatesByConnection());
        verdict.check(seed + ", the daemon said:\n" + station.daemon().text());
        assertThat(verdict.duplicatesByConnection()).as("%s", seed).allMatch(count -> count <= WINDOW);
    }

    /** Each kind, and then some more of any. */
    private static List<Fault> faults(Random random) {
        var faults = new ArrayList<Fault>();
        while (faults.size() < FAULTS) {
            var round = new ArrayList<>(List.of(Fault.values()));
            Collections.shuffle(round, random);
            faults.addAll(round.subList(0, Math.min(round.size(), FAULTS - faults.size())));
        }
        return faults;
    }

    private static List<String> added(List<String> before, List<String> after) {
        var added = new ArrayList<>(after);
        added.replaceAll(BrokerFaultsIT::withoutNumber);
        before.forEach(name -> added.remove(withoutNumber(name)));
        return added;
    }

    /** Of a segment of the outbox, or of a thread. */
    private static String withoutNumber(String name) {
        return name.replaceFirst("\\d+(\\.log)?$", "N$1");
    }
}
