package io.walnutedge.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The daemon is killed again and again while the broker is away. Longer with {@code -Dwalnutedge.fault.kills=1000}.
 */
class KillIT {
    private static final int KILLS = Integer.getInteger("walnutedge.fault.kills", 15);
    private static final int SENSORS = 5;
    private static final Duration EVERY = Duration.ofMillis(50);
    private static final double PROMISE = 1.0;
    private static final Duration DRAIN = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    /** @param kill when, by the monotonic clock */
    private record Life(long process, long kill) {}

    /**
     * In seconds.
     *
     * @param life from the first sample to the kill
     * @param heldUp of that, the machine did not let the process run: such time is no fault of its own
     */
    private record Lost(double seconds, double life, double heldUp) {
        @Override
        public String toString() {
            return String.format("%.2f of %.2f", seconds, life)
                    + (heldUp > 0 ? String.format(" (%.2f held up)", heldUp) : "");
        }
    }

    @Test
    void killedDuringAnOutage_losesAtMostASecond() throws Exception {
        var seed = Seed.take("KillIT");
        var random = seed.random();
        try (var station = new Station(directory, Setup.of(SENSORS, EVERY))) {
            station.proxy().set(Conditions.of(Conditions.Door.SHUT));
            var lives = new ArrayList<Life>();
            var starts = 0.0;
            for (var i = 0; i < KILLS; i++) {
                var begin = System.nanoTime();
                station.start();
                starts = Math.max(starts, seconds(System.nanoTime() - begin));
                Station.pause(Duration.ofMillis(random.nextInt(4_000)));
                lives.add(new Life(station.daemon().pid(), station.kill()));
            }
            System.out.printf("%d kills, slowest start to first sample %.1f s%n", KILLS, starts);
            station.start();
            station.proxy().set(Conditions.CLEAR);
            station.awaitFreshReading(DRAIN);
            // what was lost never arrives
            station.awaitQuiet(Duration.ofSeconds(2), DRAIN);
            station.stop();
            judge(station, seed, lives);
        }
    }

    private static double seconds(long nanos) {
        return nanos / 1e9;
    }

    private static void judge(Station station, Seed seed, List<Life> lives) {
        var verdict = station.verdict();
        verdict.checkAllButMissing(
                seed + ", the daemon said:\n" + station.daemon().text());
        var samples = station.oracle().samples();
        var lost = lives.stream()
                .map(life -> new Lost(age(life, verdict.missing()), age(life, samples), heldUp(life, samples)))
                .toList();
        System.out.printf(
                "%d sampled, %d arrived, %d duplicates; lost by each kill: %s%n",
                station.oracle().count(), verdict.arrived(), verdict.duplicates(), lost);
        assertThat(lost)
                .as("lost by each kill, %s: %s", seed, verdict.holes())
                .allMatch(each -> each.seconds() <= PROMISE + each.heldUp());
        assertThat(verdict.missing().values().stream().flatMap(List::stream))
                .as("lost, but by no kill, %s", seed)
                .allMatch(sample -> lives.stream().anyMatch(life -> sample.process() == life.process()));
        verdict.missing()
                .forEach((sensor, missing) -> missing.forEach(sample -> assertThat(sample)
                        .as("only the last before a kill may be lost, %s: %s", seed, verdict.holes())
                        .matches(each -> isLastOrMissingOn(each, samples.getOrDefault(sensor, List.of()), missing))));
    }

    /** How long before the kill the oldest of some readings of the killed process was sampled; 0 where there is none. */
    private static double age(Life life, Map<String, List<Sample>> some) {
        return some.values().stream()
                .flatMap(List::stream)
                .filter(sample -> sample.process() == life.process())
                .mapToDouble(sample -> seconds(life.kill() - sample.nanos()))
                .max()
                .orElse(0);
    }

    /** How long the killed process stood still within its last two seconds, as the gaps between its samples show. */
    private static double heldUp(Life life, Map<String, List<Sample>> samples) {
        var times = samples.values().stream()
                .flatMap(List::stream)
                .filter(sample -> sample.process() == life.process())
                .mapToLong(Sample::nanos)
                .filter(nanos -> nanos >= life.kill() - Duration.ofSeconds(2).toNanos() && nanos <= life.kill())
                .sorted()
                .toArray();
        var usual = 2 * EVERY.toNanos();
        var still = 0L;
        for (var i = 0; i < times.length; i++) {
            var next = i + 1 < times.length ? times[i + 1] : life.kill();
            still += Math.max(0, next - times[i] - usual);
        }
        return seconds(still);
    }

    private static boolean isLastOrMissingOn(Sample sample, List<Sample> samples, List<Sample> missing) {
        var isLast = sample.value() == samples.size()
                || samples.get((int) sample.value()).process() != sample.process();
        return isLast || missing.contains(samples.get((int) sample.value()));
    }
}
