package io.walnutedge.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.testkit.Alone;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Much to deliver: at a steady rate, and after an outage. Longer with {@code -Dwalnutedge.fault.outage=500} and {@code
 * -Dwalnutedge.fault.load=1800}, in seconds; at 100 readings a second with {@code -Dwalnutedge.fault.every=100}.
 */
@Alone
class BacklogIT {
    private static final int OUTAGE = Integer.getInteger("walnutedge.fault.outage", 20);
    private static final int LOAD = Integer.getInteger("walnutedge.fault.load", 20);
    private static final int SENSORS = 10;
    private static final Duration EVERY = Duration.ofMillis(Integer.getInteger("walnutedge.fault.every", 10));
    private static final long PER_SECOND = SENSORS * 1_000L / EVERY.toMillis();
    private static final int DRAINED_PER_SECOND = 2_000;
    /** Of the ticks, for the oracle's machine has other things to do. */
    private static final double SAMPLED = 0.9;

    private static final Duration READY = Duration.ofSeconds(35);

    @TempDir
    Path directory;

    @Test
    void steadyLoad_arrivesWithinASecond() throws Exception {
        try (var station = new Station(directory, Setup.of(SENSORS, EVERY))) {
            station.start();
            station.awaitFreshReading(READY);
            Station.pause(Duration.ofSeconds(LOAD));
            station.stop();
            var verdict = station.verdict();
            var p99 = p99(verdict.latencies());
            System.out.printf(
                    "steady load: %d sampled in %d s, %d live, p99 %.0f ms%n",
                    station.oracle().count(), LOAD, verdict.latencies().size(), p99 * 1e3);
            verdict.check("steady load, the daemon said:\n" + station.daemon().text());
            assertThat(station.oracle().count()).isGreaterThan((long) (SAMPLED * PER_SECOND * LOAD));
            assertThat(verdict.duplicates()).isZero();
            assertThat(p99).isLessThan(1);
        }
    }

    @Test
    void backlog_isDrainedBehindWhatIsNew() throws Exception {
        try (var station = new Station(directory, Setup.of(SENSORS, EVERY))) {
            station.proxy().set(Conditions.of(Conditions.Door.SHUT));
            station.start();
            Station.pause(Duration.ofSeconds(OUTAGE));
            var waiting = station.oracle().count();
            station.proxy().set(Conditions.CLEAR);
            var opened = System.nanoTime();
            station.awaitFreshReading(READY);
            station.drain(Duration.ofSeconds(30 + waiting / 1_000));
            station.stop();
            judge(station, waiting, opened);
        }
    }

    private static void judge(Station station, long waiting, long opened) {
        var verdict = station.verdict();
        var arrivals = station.collector().arrivals();
        var old = arrivals.stream()
                .filter(arrival ->
                        arrival.reading().map(Arrival.Reading::historical).orElse(false))
                .toList();
        assertThat(old).isNotEmpty();
        var begin = old.get(0).nanos();
        var end = old.get(old.size() - 1).nanos();
        var rate = old.size() / ((end - begin) / 1e9);
        var meanwhile = arrivals.stream()
                .filter(arrival -> arrival.nanos() >= begin && arrival.nanos() <= end)
                .toList();
        var p99 = p99(Verdict.of(station.oracle().samples(), meanwhile).latencies());
        System.out.printf(
                "backlog: %d sampled during the outage, connected %.1f s after it, %d historical in %.1f s: %.0f/s;"
                        + " %d live meanwhile, p99 %.0f ms; %d duplicates%n",
                waiting,
                (begin - opened) / 1e9,
                old.size(),
                (end - begin) / 1e9,
                rate,
                meanwhile.size() - old.size(),
                p99 * 1e3,
                verdict.duplicates());
        verdict.check("backlog, the daemon said:\n" + station.daemon().text());
        assertThat(waiting).isGreaterThan((long) (SAMPLED * PER_SECOND * OUTAGE));
        assertThat(old.size()).isGreaterThan((int) (SAMPLED * PER_SECOND * OUTAGE));
        assertThat(rate).isGreaterThanOrEqualTo(DRAINED_PER_SECOND);
        assertThat(p99).isLessThan(1);
    }

    private static double p99(List<Double> seconds) {
        assertThat(seconds).isNotEmpty();
        return seconds.stream().sorted().toList().get((int) (seconds.size() * 0.99));
    }
}
