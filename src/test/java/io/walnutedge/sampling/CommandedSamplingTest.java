package io.walnutedge.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.sensor.NoHardware;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Samples that commands ask for, on virtual time. */
class CommandedSamplingTest {
    private final VirtualClock clock = new VirtualClock();
    private final Recorder recorder = new Recorder();
    private final FakeSource source = new FakeSource();

    private BusLane lane(Duration shortest, Duration every) {
        var fake = source.onBus(1, "slow", every);
        var sensor = new ScheduledSensor(
                fake.id(),
                fake.type(),
                fake.every(),
                fake.plan().noSooner(shortest),
                fake.measurements(),
                fake.filters());
        return FakeSource.lane(
                List.of(new Task(sensor, 0, recorder, FakeSource.NO_STATE)),
                new SensorWorker.Context(new NoHardware(), recorder, clock.asClock(), (t, e) -> {}));
    }

    /** Asks each 5 ms for a time, as a flood of commands would. */
    private void flood(BusLane lane, Duration time, Runnable ask) {
        for (var i = 0; i < time.toMillis() / 5; i++) {
            ask.run();
            lane.turn();
            clock.advance(Duration.ofMillis(5));
        }
    }

    @Test
    void read_isTakenNoSoonerThanTheSensorHasANewValue_andNoneIsLost() {
        var lane = lane(Duration.ofSeconds(2), Duration.ofHours(1));
        flood(lane, Duration.ofSeconds(20), () -> lane.orderAll(Task::ask));
        assertThat(recorder.readings("slow")).hasSize(10);
        lane.orderAll(Task::ask);
        lane.turn();
        clock.advance(Duration.ofSeconds(2));
        lane.turn();
        assertThat(recorder.readings("slow")).hasSize(11);
    }

    @Test
    void interval_setAgainAndAgain_doesNotSampleEachTime() {
        var lane = lane(Duration.ofSeconds(2), Duration.ofHours(1));
        flood(
                lane,
                Duration.ofSeconds(20),
                () -> lane.orderAll((task, now) -> task.interval(now, Duration.ofHours(1))));
        assertThat(recorder.readings("slow")).hasSize(10);
    }

    @Test
    void sensorThatLooksDead_forACommandMadeItSlow_isTold_untilItIsFastAgain() {
        var lane = lane(Duration.ofSeconds(2), Duration.ofSeconds(10));
        assertThat(lane.slowed()).isEmpty();
        lane.orderAll((task, now) -> task.interval(now, Duration.ofSeconds(30)));
        assertThat(lane.slowed()).as("three times").isEmpty();
        lane.orderAll((task, now) -> task.interval(now, Duration.ofSeconds(31)));
        assertThat(lane.slowed()).containsExactly("slow is read each 31 s by a command, not each 10 s");
        lane.orderAll((task, now) -> task.interval(now, Duration.ofSeconds(10)));
        assertThat(lane.slowed()).isEmpty();
    }
}
