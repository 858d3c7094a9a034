package io.walnutedge.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.testkit.CapturedLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AlertsTest {
    private static final long MIB = 1L << 20;
    private static final Duration STEP = Duration.ofSeconds(10);

    private final List<String> told = new ArrayList<>();
    private final Alerts alerts = new Alerts((what, why) -> told.add(what + "=" + why));

    @RegisterExtension
    private final CapturedLog log = new CapturedLog(Alerts.class);

    private long now;
    private boolean synced = true;
    private long tries;
    private long missed;
    private double fill;
    private long dropped;
    private long unpublishable;
    private long resident = 40 * MIB;

    /** What is wrong by the last of each alert. */
    private Set<String> current() {
        var current = new HashSet<String>();
        for (var alert : told) {
            var parts = alert.split("=", 2);
            if (parts[1].isEmpty()) {
                current.remove(parts[0]);
            } else {
                current.add(parts[0]);
            }
        }
        return current;
    }

    private void pass(Duration time) {
        for (var end = now + time.toNanos(); now < end; ) {
            now += STEP.toNanos();
            alerts.look(now, figures());
        }
    }

    private Figures figures() {
        return new Figures(
                Instant.EPOCH,
                "0.1.0",
                Duration.ZERO,
                new Figures.Link("tcp://b", true, Instant.EPOCH, 1, 0, Map.of(), OptionalInt.empty()),
                new Figures.Queue(0, 0, Optional.empty(), dropped, unpublishable, fill),
                Map.of("bus-1", new Figures.Bus(tries, missed, 0)),
                synced,
                new Figures.Memory(
                        MIB,
                        Optional.of(10 * MIB),
                        Optional.of(32 * MIB),
                        Optional.of(resident),
                        Optional.of(256 * MIB)),
                new Figures.Sensors(1, List.of(), 0));
    }

    @Test
    void begin_emptiesWhatAnEarlierRunHasLeft() {
        alerts.begin();
        assertThat(told).containsExactly("clock=", "ticks=", "queue=", "dropped=", "memory=", "interval=");
        assertThat(log.list()).isEmpty();
    }

    @Test
    void slowSensor_isToldOnce_andWhenItIsAnother_andWhenItIsOver() {
        for (var why : List.of("a is slow", "a is slow", "a is slow; b is slow", "", "")) {
            alerts.slowed(why);
        }
        assertThat(told).containsExactly("interval=a is slow", "interval=a is slow; b is slow", "interval=");
        assertThat(log.list()).hasSize(3);
        assertThat(current()).isEmpty();
    }

    @Test
    void clock_isToldAfterTenMinutes_andOverAfterAMinute_withOneLineEach() {
        synced = false;
        pass(Duration.ofMinutes(10));
        assertThat(told).isEmpty();
        pass(Duration.ofMinutes(60));
        assertThat(told).singleElement().asString().startsWith("clock=the clock has not been synchronized for 10 min");
        assertThat(current()).containsOnly("clock");
        synced = true;
        pass(Duration.ofSeconds(30));
        synced = false;
        pass(STEP);
        synced = true;
        pass(Duration.ofMinutes(1));
        assertThat(told).hasSize(1);
        pass(Duration.ofMinutes(60));
        assertThat(told).hasSize(2).endsWith("clock=");
        assertThat(current()).isEmpty();
        assertThat(log.list()).hasSize(2);
    }

    private void ticks(Duration time, long triesPerStep, long missedPerStep) {
        for (var end = now + time.toNanos(); now < end; ) {
            tries += triesPerStep;
            missed += missedPerStep;
            pass(STEP);
        }
    }

    @Test
    void missedTicks_areTold_whereTheyAreMany() {
        ticks(Duration.ofMinutes(10), 96, 4);
        assertThat(told).isEmpty();
        ticks(Duration.ofMinutes(10), 80, 20);
        assertThat(told)
                .singleElement()
                .asString()
                .startsWith("ticks=bus-1 missed ")
                .contains(" ticks in 5 min");
        ticks(Duration.ofMinutes(10), 93, 7);
        assertThat(told).as("between the limits nothing changes").hasSize(1);
        ticks(Duration.ofMinutes(10), 100, 0);
        assertThat(told).hasSize(2).endsWith("ticks=");
    }

    @Test
    void missedTicks_areNotJudged_beforeTheyAreOfMinutes() {
        ticks(Duration.ofMinutes(4), 1, 9);
        assertThat(told).isEmpty();
        ticks(Duration.ofMinutes(1), 1, 9);
        assertThat(told).hasSize(1);
    }

    @Test
    void missedTicks_thatAreVeryFew_sayNothing() {
        ticks(Duration.ofMinutes(10), 0, 0);
        missed += 9;
        ticks(Duration.ofMinutes(10), 0, 0);
        assertThat(told).isEmpty();
    }

    @Test
    void queue_isTold_whenItIsNearlyFull_andDoesNotFlap() {
        for (var level : List.of(0.5, 0.81, 0.79, 0.81, 0.61, 0.9, 0.59, 0.7)) {
            fill = level;
            pass(STEP);
        }
        assertThat(told)
                .containsExactly(
                        "queue=the outbox is 81 % full; when it is full the oldest readings are dropped", "queue=");
    }

    @Test
    void droppedReadings_areTold_untilThereWereNoneForTenMinutes() {
        pass(Duration.ofMinutes(1));
        for (var i = 0; i < 3; i++) {
            dropped += 5;
            pass(Duration.ofMinutes(9));
        }
        unpublishable++;
        pass(Duration.ofMinutes(9));
        assertThat(told).singleElement().asString().startsWith("dropped=readings were lost");
        pass(Duration.ofMinutes(2));
        assertThat(told).hasSize(2).endsWith("dropped=");
    }

    @Test
    void memory_isTold_whereItStaysNearItsLimit() {
        resident = 220 * MIB;
        pass(Duration.ofSeconds(30));
        resident = 40 * MIB;
        pass(Duration.ofMinutes(1));
        assertThat(told).as("a peak").isEmpty();
        resident = 220 * MIB;
        pass(Duration.ofMinutes(2));
        assertThat(told).containsExactly("memory=resident memory is 220.0 of 256.0 MiB");
        resident = 40 * MIB;
        pass(Duration.ofMinutes(6));
        assertThat(told).hasSize(2).endsWith("memory=");
    }
}
