package io.walnutedge.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.actuator.Actuator;
import io.walnutedge.actuator.ActuatorException;
import io.walnutedge.actuator.ActuatorPlan;
import io.walnutedge.command.Action;
import io.walnutedge.command.SwitchCommand;
import io.walnutedge.command.Switches.Switched;
import io.walnutedge.config.OutputConfig;
import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problems;
import io.walnutedge.reading.ValueRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Outputs with levels between off and on. */
class DimmingTest extends OutputRig {
    private final List<Double> levels = new ArrayList<>();
    private boolean broken;

    /** Writes down each level. */
    private final class Lamp implements Actuator {
        @Override
        public void set(double level) throws ActuatorException {
            if (broken) {
                throw new ActuatorException("unplugged");
            }
            levels.add(level);
        }

        @Override
        public double read() {
            return levels.isEmpty() ? 0.3 : levels.get(levels.size() - 1);
        }

        @Override
        public List<LastWrite> writes(double level) {
            return List.of();
        }

        @Override
        public void close() {
            // nothing is held
        }
    }

    private void lamp(String settings) {
        var table = ConfigFile.parse(settings, new Problems());
        var actuator = new ActuatorPlan(
                "a lamp",
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.of(ValueRange.PERCENT),
                List.of(),
                (hardware, level) -> {
                    var lamp = new Lamp();
                    if (level.isPresent()) {
                        lamp.set(level.getAsDouble());
                    }
                    return lamp;
                });
        plans.add(new OutputPlan(
                OutputConfig.from(table, id("lamp"), "w/d", Optional.of(ValueRange.PERCENT), false), "fake", actuator));
        start();
        heard.clear();
        levels.clear();
    }

    private Switched level(double level, Duration fade) throws Exception {
        var action = level > 0 ? Action.ON : Action.OFF;
        var command = new SwitchCommand(
                id("lamp"),
                action,
                OptionalDouble.of(level),
                Optional.empty(),
                fade.isZero() ? Optional.empty() : Optional.of(fade),
                Optional.of("7"));
        return outputs.apply(command);
    }

    private double now() {
        return levels.get(levels.size() - 1);
    }

    @Test
    void level_isDriven_andAnswered() throws Exception {
        lamp("");
        assertThat(level(0.4, Duration.ZERO).level()).hasValue(0.4);
        assertThat(levels).containsExactly(0.4);
        assertThat(heard).containsExactly("lamp ON by command 7 at low");
    }

    @Test
    void activeLow_turnsTheLevelRound() throws Exception {
        lamp("active-low = true");
        level(0.4, Duration.ZERO);
        assertThat(levels).containsExactly(0.6);
    }

    @Test
    void on_isTheOnLevel_andToggleGoesByOnOrOff() throws Exception {
        lamp("on-level = 80");
        apply("lamp", Action.ON);
        level(0.1, Duration.ZERO);
        apply("lamp", Action.TOGGLE);
        apply("lamp", Action.TOGGLE);
        assertThat(levels).containsExactly(0.8, 0.1, 0.0, 0.8);
    }

    @Test
    void fade_goesThereEvenly_endsExactly_andIsToldAtBothEnds() throws Exception {
        lamp("");
        level(1, Duration.ofSeconds(1));
        loop.advance(Duration.ofMillis(500));
        assertThat(now()).isEqualTo(0.5);
        loop.advance(Duration.ofSeconds(10));
        assertThat(levels).hasSize(50).isSorted().endsWith(1.0);
        assertThat(heard).hasSize(2);
        assertThat(loop.timers()).isZero();
    }

    @Test
    void fade_thatIsSuperseded_goesOnFromWhereItIs() throws Exception {
        lamp("fade = 1 s");
        apply("lamp", Action.ON);
        loop.advance(Duration.ofMillis(400));
        apply("lamp", Action.TOGGLE);
        loop.advance(Duration.ofMillis(500));
        assertThat(now()).isEqualTo(0.2);
        loop.advance(Duration.ofSeconds(1));
        assertThat(now()).isZero();
        assertThat(loop.timers()).isZero();
    }

    @Test
    void fade_ofALoopThatWasHeldUp_doesNotTakeLonger() throws Exception {
        lamp("");
        level(1, Duration.ofSeconds(1));
        loop.stall(Duration.ofSeconds(5));
        loop.run();
        assertThat(now()).isEqualTo(1.0);
    }

    @Test
    void pulse_beginsWhenTheFadeHasEnded() throws Exception {
        lamp("fade = 1 s");
        apply("lamp", Action.ON, Duration.ofSeconds(5));
        loop.advance(Duration.ofMillis(5_900));
        assertThat(now()).isEqualTo(1.0);
        loop.advance(Duration.ofMillis(100));
        assertThat(now()).isZero();
    }

    @Test
    void safety_doesNotFade() throws Exception {
        lamp("fade = 10 s, link-loss-after = 1 s");
        apply("lamp", Action.ON);
        loop.advance(Duration.ofSeconds(1));
        assertThat(now()).isZero();
        assertThat(heard).endsWith("lamp OFF by link loss at low");
    }

    @Test
    void maxOn_countsFromTheFirstStep() throws Exception {
        lamp("fade = 2 s, max-on = 3 s");
        apply("lamp", Action.ON);
        loop.advance(Duration.ofMillis(3_020));
        assertThat(now()).isZero();
    }

    @Test
    void fade_whoseStepFails_goesOffline_andIsForgotten() throws Exception {
        lamp("safe-state = off");
        level(1, Duration.ofSeconds(1));
        loop.advance(Duration.ofMillis(500));
        broken = true;
        loop.advance(Duration.ofMillis(40));
        assertThat(heard).endsWith("lamp offline: unplugged");
        broken = false;
        loop.advance(Duration.ofSeconds(5));
        assertThat(now()).isZero();
        assertThat(heard).endsWith("lamp online", "lamp OFF by safe state at low");
    }

    @Test
    void keep_adoptsTheLevelThatItShows() {
        lamp("initial = keep");
        outputs.announce();
        assertThat(outputs.states())
                .hasEntrySatisfying(id("lamp"), lamp -> assertThat(lamp.level()).hasValue(0.3));
    }

    @Test
    void fade_thatAGroupEnded_goesOn_whenTheGroupFails() throws Exception {
        plan("b", "");
        lamp("");
        level(1, Duration.ofSeconds(1));
        loop.advance(Duration.ofMillis(500));
        lines.broken.add("b");
        var off = new SwitchCommand(
                id("lamp"), Action.OFF, OptionalDouble.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        var on = new SwitchCommand(
                id("b"), Action.ON, OptionalDouble.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        assertThatThrownBy(() -> outputs.applyAll(List.of(off, on))).hasMessageEndingWith("as they were");
        assertThat(levels).endsWith(0.5, 0.0, 0.5);
        loop.advance(Duration.ofMillis(250));
        assertThat(now()).isCloseTo(0.75, within(0.021));
        loop.advance(Duration.ofMillis(250));
        assertThat(now()).isEqualTo(1.0);
    }

    @Test
    void hold_atTheLevelThatItShows_beginsAtOnce_alsoWhereItIsTurnedRound() throws Exception {
        lamp("active-low = true, initial = keep, fade = 1 s, on-level = 45");
        levels.add(0.55);
        start();
        assertThat(apply("lamp", Action.ON, Duration.ofSeconds(5)).remaining()).isEqualTo(Duration.ofSeconds(5));
    }

    // ---- an interlock changes between the command and the first step of its fade

    private void fadeInAnInterlock() throws Exception {
        lamp("interlock = x, dead-time = 300 ms, fade = 1 s");
        loop.advance(Duration.ofSeconds(1));
        apply("lamp", Action.ON);
    }

    private void join(String settings) {
        plan("b", "interlock = x, " + settings);
        outputs.add(List.of(plans.get(plans.size() - 1)));
    }

    private void assertThatItWaitsForTheDeadTime() {
        loop.advance(Duration.ofMillis(319));
        assertThat(levels).isEmpty();
        loop.advance(Duration.ofMillis(1));
        assertThat(levels).containsExactly(0.02);
        loop.advance(Duration.ofSeconds(1));
        assertThat(now()).isEqualTo(1.0);
        assertThat(lines.isHigh("b")).isFalse();
    }

    @Test
    void fade_beforeWhoseFirstStepAnotherOneJoins_waitsForTheDeadTime() throws Exception {
        fadeInAnInterlock();
        join("initial = off");
        assertThatItWaitsForTheDeadTime();
    }

    @Test
    void fade_beforeWhoseFirstStepOneJoinsThatIsOn_switchesItOff_andWaits() throws Exception {
        fadeInAnInterlock();
        lines.drive("b", true);
        join("initial = keep");
        assertThat(lines.isHigh("b")).isFalse();
        assertThatItWaitsForTheDeadTime();
    }

    @Test
    void fade_beforeWhoseFirstStepOneJoinsThatFails_staysOff() throws Exception {
        fadeInAnInterlock();
        lines.broken.add("b");
        join("initial = off");
        loop.advance(Duration.ofMinutes(1));
        assertThat(levels).isEmpty();
    }

    @Test
    void fade_beforeWhoseFirstStepAnotherOneGotATimer_isNotDisturbedByIt() throws Exception {
        plan("b", "interlock = x");
        fadeInAnInterlock();
        apply("b", Action.OFF, Duration.ofMillis(500));
        loop.advance(Duration.ofSeconds(2));
        assertThat(now()).isEqualTo(1.0);
        assertThat(lines.isHigh("b")).isFalse();
    }
}
