package io.walnutedge.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.testkit.Alone;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The wall clock of the daemon's process is stepped. Longer with {@code -Dwalnutedge.fault.steps=1000}. */
@Alone
class ClockIT {
    private static final int STEPS = Integer.getInteger("walnutedge.fault.steps", 10);
    private static final int SENSORS = 3;
    private static final Duration EVERY = Duration.ofMillis(500);
    /** Of an interval. */
    private static final double PUNCTUAL = 0.1;
    /** Of the intervals, on a machine that has other things to do. */
    private static final double LATE = 0.1;
    /** No multiple of the interval. */
    private static final Duration BETWEEN_STEPS = Duration.ofMillis(1_200);

    private static final Duration TRUE = Duration.ofMillis(100);
    private static final Duration LIMIT = Duration.ofSeconds(40);

    @TempDir
    Path directory;

    @Test
    void steps_neitherStopNorBunchReadings() throws Exception {
        var seed = Seed.take("ClockIT");
        var clock = new WallClock(directory);
        clock.stepTo(Instant.EPOCH.plusSeconds(10));
        try (var station = station(clock)) {
            station.start();
            station.awaitThat("connected", LIMIT, () -> station.last("status").equals("online"));
            Station.pause(BETWEEN_STEPS);
            clock.step(Duration.ZERO);
            clock.synchronize();
            Station.pause(BETWEEN_STEPS);
            offsets(seed.random()).forEach(offset -> {
                clock.step(offset);
                Station.pause(BETWEEN_STEPS);
            });
            station.drain(LIMIT);
            station.stop();
            judge(station, clock, seed);
        }
    }

    private Station station(WallClock clock) throws Exception {
        return new Station(
                directory, Setup.of(SENSORS, EVERY).in(clock.environment()).running(ClockedMain.class));
    }

    private static List<Duration> offsets(Random random) {
        var offsets = new ArrayList<>(List.of(Duration.ofHours(1), Duration.ZERO, Duration.ofHours(-1), Duration.ZERO));
        for (var i = 0; i < STEPS; i++) {
            var exponent = random.nextInt(9);
            offsets.add(Duration.ofMillis((long) (random.nextGaussian() * Math.pow(10, exponent))));
        }
        return offsets;
    }

    private static void judge(Station station, WallClock clock, Seed seed) {
        var samples = station.oracle().samples();
        var intervals = new ArrayList<Double>();
        var wrong = 0;
        for (var each : samples.values()) {
            for (var i = 0; i < each.size(); i++) {
                if (i > 0) {
                    intervals.add((each.get(i).nanos() - each.get(i - 1).nanos()) / (double) EVERY.toNanos());
                }
                wrong += isStampedByItsClock(each.get(i), clock.steps()) ? 0 : 1;
            }
        }
        var late = intervals.stream()
                .filter(interval -> Math.abs(interval - 1) > PUNCTUAL)
                .count();
        var longest = intervals.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        System.out.printf(
                "%d steps, %d samples, %d intervals of %d ms more than 10 %% off, the longest %.0f ms%n",
                clock.steps().size(), station.oracle().count(), late, EVERY.toMillis(), longest * EVERY.toMillis());
        var said = seed + ", the daemon said:\n" + station.daemon().text();
        assertThat(intervals.size()).as("%s", said).isGreaterThan((int)
                (0.9 * SENSORS * STEPS * BETWEEN_STEPS.dividedBy(EVERY)));
        assertThat(late).as("late or early, %s", said).isLessThanOrEqualTo((long) (LATE * intervals.size()));
        assertThat(longest).as("the schedule stopped, %s", said).isLessThan(5);
        assertThat(around(samples.values(), clock.steps()))
                .as("samples between each step and the next, %s", said)
                .allMatch(count -> count >= 1 && count <= 4);
        assertThat(wrong).as("the oracle's own clock, %s", said).isLessThanOrEqualTo(SENSORS);
        judgeArrivals(station, samples, said);
    }

    /** Also a test of the test: the clock is stepped, and only where it was stepped it is off. */
    private static boolean isStampedByItsClock(Sample sample, List<WallClock.Step> steps) {
        var truth = WallClock.truth(sample.nanos());
        for (var i = steps.size() - 1; i >= 0; i--) {
            var since = Duration.ofNanos(sample.nanos() - steps.get(i).nanos());
            if (since.abs().compareTo(TRUE) < 0) {
                return true;
            }
            if (!since.isNegative()) {
                return isNear(sample.wall(), truth.plus(steps.get(i).offset()));
            }
        }
        return false;
    }

    private static boolean isNear(Instant one, Instant other) {
        return Duration.between(one, other).abs().compareTo(TRUE) <= 0;
    }

    /** How many samples of each sensor there are between each step and the next. */
    private static List<Long> around(Iterable<List<Sample>> sensors, List<WallClock.Step> steps) {
        var counts = new ArrayList<Long>();
        for (var samples : sensors) {
            for (var step : steps.subList(1, steps.size())) {
                counts.add(samples.stream()
                        .filter(sample -> sample.nanos() >= step.nanos()
                                && sample.nanos() - step.nanos() < BETWEEN_STEPS.toNanos())
                        .count());
            }
        }
        return counts;
    }

    private static void judgeArrivals(Station station, Map<String, List<Sample>> samples, String said) {
        var verdict = station.verdict();
        // the verdict's own rule for the time is for a clock that is not stepped
        assertThat(verdict.complaints().stream()
                        .filter(complaint -> !complaint.startsWith("sampled at") && !complaint.contains("stamped")))
                .as("%s", said)
                .isEmpty();
        assertThat(verdict.holes()).as("lost, %s", said).isEmpty();
        assertThat(verdict.duplicates()).as("twice, %s", said).isZero();
        var readings = station.collector().arrivals().stream()
                .flatMap(arrival -> arrival.reading().stream())
                .toList();
        var offWall = readings.stream()
                .filter(reading -> !isNear(
                        reading.time(),
                        samples.getOrDefault(reading.sensor(), List.of())
                                .get((int) reading.value() - 1)
                                .wall()))
                .count();
        // in flight while the clock was stepped
        assertThat(offWall).as("time is not of the wall clock, %s", said).isLessThanOrEqualTo(2L * SENSORS);
    }

    @Test
    void readingsOfBeforeTheClockWasSet_carryTheirTrueTime_alsoBehindAKill() throws Exception {
        var clock = new WallClock(directory);
        clock.stepTo(Instant.EPOCH.plusSeconds(20));
        try (var station = station(clock)) {
            station.proxy().set(Conditions.of(Conditions.Door.SHUT));
            station.start();
            Station.pause(Duration.ofSeconds(4));
            station.kill();
            var killed = station.oracle().count();
            station.start();
            Station.pause(Duration.ofSeconds(3));
            var before = station.oracle().count();
            clock.step(Duration.ZERO);
            clock.synchronize();
            station.proxy().set(Conditions.CLEAR);
            // in vain where the kill has cost something
            station.drain(LIMIT.dividedBy(2));
            station.stop();
            judgeTimes(station, killed, before);
        }
    }

    private static void judgeTimes(Station station, long killed, long before) {
        var samples = station.oracle().samples();
        var worst = Duration.ZERO;
        var early = 0;
        for (var arrival : station.collector().arrivals()) {
            var reading = arrival.reading().orElse(null);
            if (reading == null) {
                continue;
            }
            var sample = samples.getOrDefault(reading.sensor(), List.of()).get((int) reading.value() - 1);
            if (sample.wall().isBefore(Instant.EPOCH.plus(Duration.ofDays(1)))) {
                early++;
                assertThat(arrival.payload()).doesNotContain("synced", "uptime");
                var error = Duration.between(WallClock.truth(sample.nanos()), reading.time())
                        .abs();
                worst = error.compareTo(worst) > 0 ? error : worst;
            }
        }
        System.out.printf(
                "%d readings of before the clock was set, %d sampled before the kill, %d arrived, %d ms off at most%n",
                before, killed, early, worst.toMillis());
        assertThat(worst).isLessThan(TRUE);
        assertThat(killed).isGreaterThan(SENSORS * 4_000 / EVERY.toMillis() / 2);
        assertThat((long) early)
                .isGreaterThan(before - 2 * SENSORS * Duration.ofSeconds(1).dividedBy(EVERY));
    }
}
