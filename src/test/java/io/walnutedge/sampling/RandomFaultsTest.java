package io.walnutedge.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.walnutedge.reading.Measurement;
import io.walnutedge.sensor.NoHardware;
import io.walnutedge.sensor.SensorException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Sensors that fail, stall and recover at random, on virtual time; repeat a run with -Dschedule.seed. */
class RandomFaultsTest {
    private static final int SEQUENCES = 1000;
    private static final int SENSORS = 3;
    private static final Logger LOG = (Logger) LoggerFactory.getLogger("io.walnutedge.schedule");

    /** Hundreds of thousands of lines otherwise. */
    @BeforeAll
    static void silence() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void unsilence() {
        LOG.setLevel(null);
    }

    @Test
    void randomFaults_leaveNoGapAndTellEachChangeOnce() {
        var seed = Long.getLong("schedule.seed", System.nanoTime());
        System.out.println("schedule.seed=" + seed);
        var random = new Random(seed);
        for (var i = 0; i < SEQUENCES; i++) {
            new Sequence(random).run();
        }
    }

    private static final class Sequence {
        private final Random random;
        private final VirtualClock clock = new VirtualClock();
        private final Recorder recorder = new Recorder();
        private final int[] good = new int[SENSORS];
        private boolean isQuiet;
        private final BusLane lane;

        Sequence(Random random) {
            this.random = random;
            var tasks = IntStream.range(0, SENSORS)
                    .mapToObj(i -> new Task(source(i).onBus(1, "s" + i, interval()), 0, recorder, FakeSource.NO_STATE))
                    .toList();
            lane = FakeSource.lane(
                    tasks, new SensorWorker.Context(new NoHardware(), recorder, clock.asClock(), (t, e) -> {}));
        }

        private Duration interval() {
            return Duration.ofMillis(10 + random.nextInt(20_000));
        }

        private FakeSource source(int number) {
            var source = new FakeSource();
            source.onOpen = this::maybeFail;
            source.onRead = () -> read(number);
            return source;
        }

        private List<Measurement> read(int number) throws SensorException {
            maybeFail();
            good[number]++;
            return FakeSource.one();
        }

        private void maybeFail() throws SensorException {
            if (isQuiet) {
                return;
            }
            clock.advance(Duration.ofMillis(random.nextInt(50)));
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> throw FakeSource.broken();
                case 3 -> throw new IllegalStateException("a driver's mistake");
                case 4 -> {
                    clock.advance(Duration.ofSeconds(6));
                    lane.housekeeping();
                    throw new SensorException("late");
                }
                default -> {}
            }
        }

        void run() {
            steps(60);
            isQuiet = true;
            var last = clock.nanoTime() + Duration.ofSeconds(90).toNanos();
            while (clock.nanoTime() < last) {
                steps(1);
            }
            IntStream.range(0, SENSORS).forEach(this::check);
        }

        private void steps(int count) {
            for (var i = 0; i < count; i++) {
                lane.turn();
                clock.advanceTo(lane.agenda().nextDue(clock.nanoTime()));
            }
        }

        private void check(int number) {
            var readings = recorder.readings("s" + number);
            assertThat(readings).hasSize(good[number]);
            for (var i = 0; i < readings.size(); i++) {
                assertThat(readings.get(i).stamp().seq()).isEqualTo(i + 1);
            }
            var events = recorder.events("s" + number);
            for (var i = 1; i < events.size(); i++) {
                assertThat(events.get(i)).isNotEqualTo(events.get(i - 1));
            }
            assertThat(recorder.isOnline("s" + number)).isTrue();
        }
    }
}
