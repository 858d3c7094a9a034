package io.walnutedge.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walnutedge.testkit.Alone;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM, whatever the daemon is at. More often with {@code -Dwalnutedge.fault.stops=200}. */
@Alone
class StopIT {
    private static final int STOPS = Integer.getInteger("walnutedge.fault.stops", 2 * StopState.values().length);
    private static final int SENSORS = 5;
    private static final Duration EVERY = Duration.ofMillis(50);
    private static final int LAMP = 73;
    private static final int SIREN = 74;
    private static final int PULSE = 75;
    private static final Duration SAFE = Duration.ofMillis(500);
    private static final Duration GONE = Duration.ofSeconds(5);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private record Stop(StopState state, Duration safe, Duration gone) {
        @Override
        public String toString() {
            return String.format("%-20s safe after %3d ms, gone after %4d ms", state, safe.toMillis(), gone.toMillis());
        }
    }

    @Test
    void stoppedInEachState_outputsAreSafeAndNoReadingIsLost() throws Exception {
        var seed = Seed.take("StopIT");
        var random = seed.random();
        var lines = new FakeLines(directory.resolve("sys"), LAMP, SIREN, PULSE);
        try (var station = new Station(directory, setup())) {
            for (var state : states(random)) {
                List.of(LAMP, SIREN, PULSE).forEach(lines::forget);
                state.bringAbout(station, random);
                assertThat(lines.isHigh(LAMP)).as("before the stop, %s", state).isTrue();
                assertThat(lines.isHigh(SIREN)).as("before the stop, %s", state).isFalse();
                assertThat(lines.isHigh(PULSE)).isEqualTo(state == StopState.PULSING);
                var stop = stop(station, state, lines);
                System.out.println(stop);
                check(stop, station, seed);
                state.undo(station);
                assertThatItIsOffline(station, stop, seed);
            }
            collect(station, seed);
        }
    }

    private Setup setup() {
        return Setup.of(SENSORS, EVERY)
                .with("device.sys-root = \"" + directory.resolve("sys") + "\"")
                .with("outbox.replay-rate = 300")
                .with("outputs.lamp { pin = gpio" + LAMP + ", initial = on, on-stop = off }")
                .with("outputs.siren { pin = gpio" + SIREN + ", initial = off, on-stop = on }")
                .with("outputs.pulse { pin = gpio" + PULSE + ", initial = off, on-stop = keep }");
    }

    /** Each state, and then some more of any. */
    private static List<StopState> states(Random random) {
        var states = new ArrayList<StopState>();
        while (states.size() < STOPS) {
            var round = new ArrayList<>(List.of(StopState.values()));
            Collections.shuffle(round, random);
            states.addAll(round.subList(0, Math.min(round.size(), STOPS - states.size())));
        }
        return states;
    }

    private static Stop stop(Station station, StopState state, FakeLines lines) {
        var begin = System.nanoTime();
        station.daemon().terminate();
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> isSafe(lines) || !station.daemon().isAlive());
        var safe = System.nanoTime();
        assertThat(isSafe(lines)).as("%s: %s", state, station.daemon().text()).isTrue();
        station.daemon().end(LIMIT);
        return new Stop(state, Duration.ofNanos(safe - begin), Duration.ofNanos(System.nanoTime() - begin));
    }

    private static boolean isSafe(FakeLines lines) {
        return !lines.isHigh(LAMP) && lines.isHigh(SIREN) && !lines.isHigh(PULSE);
    }

    private static void check(Stop stop, Station station, Seed seed) {
        var said =
                stop + ", " + seed + ", the daemon said:\n" + station.daemon().text();
        assertThat(stop.safe()).as("safe, %s", said).isLessThanOrEqualTo(SAFE);
        assertThat(stop.gone()).as("gone, %s", said).isLessThanOrEqualTo(GONE);
        assertThat(station.daemon().text()).as("%s", said).doesNotContain("still not stopped", "Exception");
    }

    /** By its own word, or by its last will once the way to the broker is clear. */
    private static void assertThatItIsOffline(Station station, Stop stop, Seed seed) {
        station.proxy().set(Conditions.CLEAR);
        station.awaitThat(
                "offline behind " + stop + ", " + seed,
                LIMIT,
                () -> !station.last("status").equals("online"));
    }

    /** All that was sampled was delivered, or comes from the store. */
    private static void collect(Station station, Seed seed) {
        var connected = station.connection();
        station.start();
        // what is sampled before that waits behind all else, and at a stop it stays there
        station.awaitThat("connected", LIMIT, connected);
        station.drain(LIMIT);
        station.stop();
        var verdict = station.verdict();
        System.out.printf(
                "%d stops, %d sampled, %d arrived, %d duplicates%n",
                STOPS, station.oracle().count(), verdict.arrived(), verdict.duplicates());
        verdict.check(seed + ", the daemon said:\n" + station.daemon().text());
    }
}
