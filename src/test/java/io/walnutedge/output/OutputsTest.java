package io.walnutedge.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walnutedge.command.Action;
import io.walnutedge.command.RefusedException;
import io.walnutedge.config.OutputConfig.Initial;
import io.walnutedge.config.OutputConfig.OnStop;
import io.walnutedge.reading.ItemId;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OutputsTest extends OutputRig {
    @Test
    void activeLowOutput_fromStartToStop_neverShowsTheWrongLevel() {
        plan("relay", true, Initial.OFF, OnStop.OFF);
        start();
        outputs.stop();
        assertThat(lines.levelsOf("relay")).containsOnly("high");
        assertThat(lines.events).startsWith("open relay high").endsWith("close relay");
    }

    @Test
    void activeLowOutput_thatIsInitiallyOn_isOpenedLow() {
        plan("relay", true, Initial.ON, OnStop.OFF);
        start();
        assertThat(lines.levelsOf("relay")).containsExactly("low");
        assertThat(heard).containsExactly("relay online", "relay ON by start at low");
    }

    @Test
    void start_opensEveryLineBeforeItTells() {
        plan("a", false, Initial.OFF, OnStop.OFF);
        plan("b", false, Initial.ON, OnStop.OFF);
        start();
        assertThat(lines.events).containsExactly("open a low", "open b high");
        assertThat(heard).containsExactly("a online", "a OFF by start at low", "b online", "b ON by start at high");
    }

    @Test
    void command_isToldAfterTheLineIsDriven() throws Exception {
        startPlain("pump");
        assertThat(apply("pump", Action.ON)).isEqualTo(switched(true, Duration.ZERO));
        assertThat(heard).containsExactly("pump ON by command 7 at high");
    }

    @Test
    void command_thatChangesNothing_isEchoed() throws Exception {
        startPlain("pump");
        apply("pump", Action.OFF);
        apply("pump", Action.OFF);
        assertThat(heard).containsExactly("pump OFF by command 7 at low", "pump OFF by command 7 at low");
    }

    @Test
    void toggle_goesThereAndBack() throws Exception {
        startPlain("pump");
        apply("pump", Action.TOGGLE);
        apply("pump", Action.TOGGLE);
        assertThat(lines.levelsOf("pump")).containsExactly("low", "high", "low");
    }

    @Test
    void pulse_goesBackOnceAtItsTime() throws Exception {
        startPlain("pump");
        var done = apply("pump", Action.ON, Duration.ofMillis(500));
        assertThat(done.remaining()).isEqualTo(Duration.ofMillis(500));
        loop.advance(Duration.ofMillis(499));
        assertThat(lines.isHigh("pump")).isTrue();
        loop.advance(Duration.ofMillis(1));
        assertThat(lines.isHigh("pump")).isFalse();
        loop.advance(Duration.ofHours(1));
        assertThat(heard).containsExactly("pump ON by command 7 for 500 ms at high", "pump OFF by timer at low");
    }

    @Test
    void pulse_thatIsSuperseded_doesNotGoBack_andTheTimeLeftIsTold() throws Exception {
        startPlain("pump");
        apply("pump", Action.ON, Duration.ofMillis(500));
        loop.advance(Duration.ofMillis(200));
        var done = apply("pump", Action.ON);
        assertThat(done).isEqualTo(switched(true, Duration.ofMillis(300)));
        loop.advance(Duration.ofHours(1));
        assertThat(lines.isHigh("pump")).isTrue();
        assertThat(loop.timers()).isZero();
    }

    @Test
    void pulse_thatIsSupersededByAPulse_endsByTheSecondAlone() throws Exception {
        startPlain("pump");
        apply("pump", Action.ON, Duration.ofMillis(500));
        loop.advance(Duration.ofMillis(400));
        apply("pump", Action.ON, Duration.ofMillis(500));
        loop.advance(Duration.ofMillis(499));
        assertThat(lines.isHigh("pump")).isTrue();
        loop.advance(Duration.ofMillis(1));
        assertThat(lines.isHigh("pump")).isFalse();
    }

    @Test
    void offPulse_onAnActiveLowOutput_goesBackOn() throws Exception {
        plan("relay", true, Initial.ON, OnStop.OFF);
        start();
        apply("relay", Action.OFF, Duration.ofSeconds(1));
        loop.advance(Duration.ofSeconds(1));
        assertThat(lines.levelsOf("relay")).containsExactly("low", "high", "low");
    }

    @Test
    void announce_duringAPulse_tellsTheTimeLeft() throws Exception {
        startPlain("pump");
        apply("pump", Action.ON, Duration.ofSeconds(10));
        loop.advance(Duration.ofSeconds(4));
        heard.clear();
        outputs.announce();
        assertThat(heard).containsExactly("pump online", "pump ON by command 7 for 6 s at high");
    }

    @Test
    void output_thatCannotBeOpened_leavesTheOthersAndInventsNoState() throws Exception {
        plan("sick", false, Initial.OFF, OnStop.OFF);
        plan("pump", false, Initial.OFF, OnStop.OFF);
        lines.broken.add("sick");
        start();
        assertThat(heard)
                .containsExactly(
                        "sick offline: sick is held by another driver", "pump online", "pump OFF by start at low");
        apply("pump", Action.ON);
        assertThat(lines.isHigh("pump")).isTrue();
        assertThatThrownBy(() -> apply("sick", Action.ON))
                .isInstanceOf(RefusedException.class)
                .hasMessage("output 'sick' is unavailable: sick is held by another driver");
    }

    @Test
    void output_whoseLibraryThrowsUnchecked_leavesTheOthers() {
        plan("sick", false, Initial.OFF, OnStop.OFF);
        plan("pump", false, Initial.ON, OnStop.OFF);
        lines.buggy.add("sick");
        start();
        assertThat(lines.isHigh("pump")).isTrue();
        outputs.stop();
        assertThat(lines.events).contains("close pump");
    }

    @Test
    void output_thatCannotBeOpened_isTriedAgainEverMoreSeldom_andComesBackByItself() {
        lines.broken.add("pump");
        startPlain("pump");
        loop.advance(Duration.ofMillis(999));
        lines.broken.clear();
        loop.advance(Duration.ofMillis(1));
        assertThat(heard).containsExactly("pump online", "pump OFF by start at low");

        lines.broken.add("pump");
        assertThatThrownBy(() -> apply("pump", Action.ON)).isInstanceOf(RefusedException.class);
        loop.advance(Duration.ofMinutes(10));
        lines.broken.clear();
        loop.advance(Duration.ofSeconds(60));
        assertThat(heard).endsWith("pump online", "pump OFF by safe state at low");
        assertThat(heard).filteredOn(line -> line.startsWith("pump offline")).hasSize(1);
    }

    @Test
    void output_thatFailsOnACommand_goesOfflineWithoutAState_andForgetsItsPulse() throws Exception {
        startPlain("pump");
        apply("pump", Action.ON, Duration.ofSeconds(5));
        heard.clear();
        lines.broken.add("pump");
        assertThatThrownBy(() -> apply("pump", Action.OFF)).isInstanceOf(RefusedException.class);
        assertThat(heard).containsExactly("pump offline: pump is held by another driver");
        lines.broken.clear();
        loop.advance(Duration.ofMinutes(1));
        assertThat(heard.subList(1, 3)).containsExactly("pump online", "pump OFF by safe state at low");
        assertThat(heard).hasSize(3);
    }

    @Test
    void pulse_whoseEndFails_goesOffline_andTheLineIsBroughtToItsInitialLevelLater() throws Exception {
        startPlain("pump");
        apply("pump", Action.ON, Duration.ofSeconds(5));
        lines.broken.add("pump");
        loop.advance(Duration.ofSeconds(5));
        assertThat(heard).endsWith("pump offline: pump is held by another driver");
        lines.broken.clear();
        loop.advance(Duration.ofSeconds(1));
        assertThat(lines.isHigh("pump")).isFalse();
        assertThat(heard).endsWith("pump online", "pump OFF by safe state at low");
    }

    @Test
    void stop_bringsEveryLineToItsState_beforeItGivesOneBack() throws Exception {
        plan("a", false, Initial.ON, OnStop.OFF);
        plan("b", true, Initial.OFF, OnStop.ON);
        plan("c", false, Initial.ON, OnStop.KEEP);
        start();
        lines.events.clear();
        heard.clear();
        outputs.stop();
        outputs.stop();
        assertThat(lines.events).containsExactly("set a low", "set b low", "close a", "close b", "close c");
        assertThat(heard).containsExactly("a OFF by stop at low", "b ON by stop at low", "c ON by stop at high");
    }

    @Test
    void stop_duringAPulse_endsIt_alsoWhereTheStateIsKept() throws Exception {
        plan("pump", false, Initial.OFF, OnStop.KEEP);
        start();
        apply("pump", Action.ON, Duration.ofHours(1));
        outputs.stop();
        assertThat(lines.isHigh("pump")).isFalse();
        assertThat(loop.timers()).isZero();
        assertThat(heard).endsWith("pump OFF by stop at low");
    }

    @Test
    void stop_whereOneLineFails_bringsTheOthersToTheirState() {
        plan("sick", false, Initial.ON, OnStop.OFF);
        plan("pump", false, Initial.ON, OnStop.OFF);
        start();
        heard.clear();
        lines.broken.add("sick");
        outputs.stop();
        assertThat(lines.isHigh("pump")).isFalse();
        assertThat(heard).containsExactly("sick offline: sick is held by another driver", "pump OFF by stop at low");
        assertThat(loop.timers()).isZero();
    }

    @Test
    void stop_triesALineThatWasLost_onceMore() {
        plan("pump", true, Initial.OFF, OnStop.OFF);
        lines.broken.add("pump");
        start();
        lines.broken.clear();
        outputs.stop();
        assertThat(lines.events).containsExactly("open pump high", "close pump");
    }

    @Test
    void command_afterStop_isRefusedAndDrivesNothing() {
        startPlain("pump");
        outputs.stop();
        lines.events.clear();
        assertThatThrownBy(() -> apply("pump", Action.ON)).hasMessage("the daemon is stopping");
        assertThat(lines.events).isEmpty();
    }

    @Test
    void pulses_thatSupersedeEachOther_leaveOneTimer() throws Exception {
        startPlain("pump");
        for (var i = 0; i < 10_000; i++) {
            apply("pump", Action.TOGGLE, Duration.ofHours(1));
        }
        assertThat(loop.timers()).isEqualTo(1);
    }

    // ---- another configuration

    private void change(Set<ItemId> leaving, int firstComing) {
        outputs.remove(leaving);
        outputs.add(plans.subList(firstComing, plans.size()));
    }

    @Test
    void outputThatLeaves_goesToItsStateOnStop_andTheOthersKeepTheirs() throws Exception {
        plan("pump", true, Initial.OFF, OnStop.OFF);
        plan("lamp", false, Initial.OFF, OnStop.OFF);
        start();
        apply("pump", Action.ON);
        apply("lamp", Action.ON, Duration.ofSeconds(5));
        lines.events.clear();
        heard.clear();

        plan("fan", false, Initial.ON, OnStop.OFF);
        change(Set.of(id("pump")), 2);

        assertThat(lines.events).containsExactly("set pump high", "close pump", "open fan high");
        assertThat(heard).containsExactly("pump OFF by stop at high", "fan online", "fan ON by start at high");
        assertThatThrownBy(() -> apply("pump", Action.ON))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("no output 'pump'");
        loop.advance(Duration.ofSeconds(5));
        assertThat(lines.isHigh("lamp")).as("its pulse went on, and ended").isFalse();
        assertThat(outputs.onStopWrites()).hasSize(outputs.states().size());
    }

    @Test
    void interlock_holdsBetweenOldAndNewOutputs_andForgetsThoseThatLeft() throws Exception {
        plan("up", "interlock = blind");
        plan("down", "interlock = blind");
        start();
        apply("up", Action.ON);

        plan("down2", "interlock = blind");
        change(Set.of(id("down")), 2);
        apply("down2", Action.ON);
        loop.advance(Duration.ofSeconds(1));

        assertThat(lines.isHigh("up")).isFalse();
        assertThat(lines.isHigh("down2")).isTrue();
        outputs.remove(Set.of(id("down2")));
        apply("up", Action.ON);
        assertThat(lines.isHigh("up")).as("nobody is left to wait for").isTrue();
    }

    @Test
    void linkLoss_countsForNewOutputsFromTheirStart() throws Exception {
        plan("a", false, Initial.OFF, OnStop.OFF);
        start();
        outputs.link(false);
        plan("heater", "initial = on, link-loss-after = 2 s");
        change(Set.of(), 1);
        assertThat(lines.isHigh("heater")).isTrue();
        loop.advance(Duration.ofMillis(1_900));
        assertThat(lines.isHigh("heater")).isTrue();
        loop.advance(Duration.ofMillis(200));
        assertThat(lines.isHigh("heater")).isFalse();
    }
}
