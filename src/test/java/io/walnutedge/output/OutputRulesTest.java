package io.walnutedge.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walnutedge.actuator.Actuator.FileWrite;
import io.walnutedge.command.Action;
import io.walnutedge.command.Refusal;
import io.walnutedge.command.RefusedException;
import io.walnutedge.command.SwitchCommand;
import io.walnutedge.command.Switches.Later;
import io.walnutedge.text.TimeText;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What outputs keep by themselves: times, interlocks, the loss of those who command them. */
class OutputRulesTest extends OutputRig {
    private static final List<Action> ACTIONS = List.of(Action.values());

    private void advance(String time) {
        loop.advance(TimeText.parse(time).orElseThrow());
    }

    private SwitchCommand command(String name, Action action) {
        return new SwitchCommand(
                id(name), action, OptionalDouble.empty(), Optional.empty(), Optional.empty(), Optional.of("9"));
    }

    private boolean isOn(String name) {
        return lines.isHigh(name);
    }

    // ---- pulse, max-on

    @Test
    void pulse_isTheTimeOfACommandThatGivesNone() throws Exception {
        plan("door", "pulse = 500 ms");
        start();
        assertThat(apply("door", Action.ON).remaining()).isEqualTo(Duration.ofMillis(500));
        advance("500 ms");
        assertThat(isOn("door")).isFalse();
        apply("door", Action.ON, Duration.ofSeconds(2));
        advance("1999 ms");
        assertThat(isOn("door")).isTrue();
        advance("1 ms");
        assertThat(isOn("door")).isFalse();
        apply("door", Action.OFF);
        advance("1 h");
        assertThat(isOn("door")).isFalse();
    }

    @Test
    void maxOn_endsWhatIsOn_andNoFurtherCommandMakesItLonger() throws Exception {
        plan("heater", "max-on = 10 s");
        start();
        assertThat(apply("heater", Action.ON).remaining()).isEqualTo(Duration.ofSeconds(10));
        advance("6 s");
        assertThat(apply("heater", Action.ON).remaining()).isEqualTo(Duration.ofSeconds(4));
        assertThat(apply("heater", Action.ON, Duration.ofHours(1)).remaining()).isEqualTo(Duration.ofSeconds(4));
        advance("3999 ms");
        assertThat(isOn("heater")).isTrue();
        advance("1 ms");
        assertThat(isOn("heater")).isFalse();
        assertThat(heard).endsWith("heater OFF by max-on at low");
        advance("1 d");
        assertThat(isOn("heater")).isFalse();
        assertThat(loop.timers()).isZero();
        apply("heater", Action.ON);
        assertThat(isOn("heater")).isTrue();
    }

    @Test
    void maxOn_countsFromTheStart_whereItIsInitiallyOn() {
        plan("heater", "max-on = 10 s, initial = on");
        start();
        advance("10 s");
        assertThat(isOn("heater")).isFalse();
    }

    // ---- min-on, min-off

    @Test
    void minOff_makesOnWait_andTheAnswerSaysHowLong() throws Exception {
        plan("compressor", "min-off = 3 min");
        start();
        advance("1 min");
        var done = apply("compressor", Action.ON);
        assertThat(done.on()).isFalse();
        assertThat(done.later()).contains(new Later(true, Duration.ofMinutes(2)));
        advance("119 s");
        assertThat(isOn("compressor")).isFalse();
        advance("1 s");
        assertThat(isOn("compressor")).isTrue();
    }

    @Test
    void minOn_makesOffWait_andAnotherCommandSupersedesIt() throws Exception {
        plan("compressor", "min-on = 1 min");
        start();
        apply("compressor", Action.ON);
        assertThat(apply("compressor", Action.OFF).later()).contains(new Later(false, Duration.ofMinutes(1)));
        advance("30 s");
        assertThat(apply("compressor", Action.ON).later()).isEmpty();
        advance("1 h");
        assertThat(isOn("compressor")).isTrue();
        apply("compressor", Action.OFF);
        assertThat(isOn("compressor")).isFalse();
    }

    @Test
    void toggle_whileItWaits_goesByWhatItWaitsFor() throws Exception {
        plan("compressor", "min-off = 1 min");
        start();
        apply("compressor", Action.TOGGLE);
        apply("compressor", Action.TOGGLE);
        advance("1 h");
        assertThat(isOn("compressor")).isFalse();
    }

    @Test
    void safety_doesNotWaitForMinOn() throws Exception {
        plan("compressor", "min-on = 10 min, link-loss-after = 5 s");
        start();
        outputs.link(true);
        loop.run();
        apply("compressor", Action.ON);
        outputs.link(false);
        advance("5 s");
        assertThat(isOn("compressor")).isFalse();
    }

    // ---- link and controller

    @Test
    void linkLoss_bringsTheSafeState_atItsTime_andOnlyACommandBringsItBack() throws Exception {
        plan("pump", "link-loss-after = 5 s");
        plan("fan", "link-loss-after = 5 s, safe-state = on");
        plan("lamp", "");
        start();
        outputs.link(true);
        loop.run();
        for (var name : List.of("pump", "lamp")) {
            apply(name, Action.ON);
        }
        advance("1 h");
        outputs.link(false);
        advance("4999 ms");
        assertThat(isOn("pump")).isTrue();
        assertThat(isOn("fan")).isFalse();
        advance("1 ms");
        assertThat(isOn("pump")).isFalse();
        assertThat(isOn("fan")).isTrue();
        assertThat(isOn("lamp")).isTrue();
        assertThat(heard).contains("pump OFF by link loss at low", "fan ON by link loss at high");
        outputs.link(true);
        advance("1 h");
        assertThat(isOn("pump")).isFalse();
        apply("pump", Action.ON);
        assertThat(isOn("pump")).isTrue();
    }

    @Test
    void link_thatIsBackInTime_changesNothing_andThatNeverWasThere_countsFromTheStart() throws Exception {
        plan("pump", "link-loss-after = 5 s, initial = on");
        start();
        advance("4 s");
        outputs.link(true);
        advance("1 h");
        assertThat(isOn("pump")).isTrue();
        outputs.link(false);
        advance("4 s");
        outputs.link(true);
        outputs.link(false);
        outputs.link(true);
        advance("1 h");
        assertThat(isOn("pump")).isTrue();
        start();
        advance("5 s");
        assertThat(isOn("pump")).isFalse();
    }

    @Test
    void controller_thatIsSilent_bringsTheSafeState_andACommandGivesItItsTimeAgain() throws Exception {
        plan("heater", "controller { topic = beat, timeout = 10 s }");
        start();
        apply("heater", Action.ON);
        for (var i = 0; i < 20; i++) {
            advance("9 s");
            outputs.heartbeat(id("heater"));
        }
        advance("9999 ms");
        assertThat(isOn("heater")).isTrue();
        advance("1 ms");
        assertThat(isOn("heater")).isFalse();
        assertThat(heard).endsWith("heater OFF by controller lost at low");
        apply("heater", Action.ON);
        advance("10 s");
        assertThat(isOn("heater")).isFalse();
    }

    @Test
    void heartbeats_inAStorm_areOneTask() {
        plan("heater", "controller { topic = beat, timeout = 10 s }");
        start();
        for (var i = 0; i < 100_000; i++) {
            outputs.heartbeat(id("heater"));
        }
        assertThat(loop.timers()).isEqualTo(2);
    }

    @Test
    void maxOn_ofOneThatIsStuckOn_isNotBegunAgain_whenItIsBackInItsSafeState() throws Exception {
        plan("heater", "max-on = 10 s, confirm = true, safe-state = on");
        start();
        apply("heater", Action.ON);
        advance("8 s");
        lines.stuck.add("heater");
        assertThatThrownBy(() -> apply("heater", Action.OFF)).hasMessageContaining("reads back as ON");
        lines.stuck.clear();
        advance("1999 ms");
        assertThat(heard).contains("heater online");
        assertThat(isOn("heater")).isTrue();
        advance("1 ms");
        assertThat(isOn("heater")).isFalse();
    }

    // ---- interlock

    private void blinds(String more) {
        plan("up", "interlock = blind, dead-time = 500 ms" + more);
        plan("down", "interlock = blind, dead-time = 500 ms" + more);
        start();
        advance("1 s");
    }

    @Test
    void interlock_switchesTheOtherOff_andWaitsForTheDeadTime() throws Exception {
        blinds("");
        apply("up", Action.ON);
        advance("1 s");
        heard.clear();
        var done = apply("down", Action.ON);
        assertThat(done.later()).contains(new Later(true, Duration.ofMillis(500)));
        assertThat(isOn("up")).isFalse();
        advance("500 ms");
        assertThat(isOn("down")).isTrue();
        assertThat(heard).startsWith("up OFF by interlock at low");
    }

    @Test
    void interlock_afterTheStart_keepsTheDeadTime_becauseNobodyKnowsWhatWasBefore() throws Exception {
        plan("up", "interlock = blind, dead-time = 500 ms");
        plan("down", "interlock = blind, dead-time = 500 ms");
        start();
        assertThat(apply("up", Action.ON).later()).isPresent();
        advance("500 ms");
        assertThat(isOn("up")).isTrue();
    }

    @Test
    void interlock_withAMemberWhoseStateIsUnknown_refuses() throws Exception {
        blinds("");
        apply("up", Action.ON);
        lines.broken.add("up");
        assertThatThrownBy(() -> apply("up", Action.OFF)).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> apply("down", Action.ON))
                .hasMessage("output 'down' stays off: the state of 'up' in its interlock is unknown:"
                        + " up is held by another driver")
                .extracting(refused -> ((RefusedException) refused).code())
                .isEqualTo(Refusal.INTERLOCK);
        apply("down", Action.OFF);
        assertThat(isOn("down")).isFalse();
    }

    @Test
    void interlock_whoseOtherFailsToGoOff_staysOff() throws Exception {
        blinds("");
        apply("up", Action.ON);
        lines.broken.add("up");
        assertThatThrownBy(() -> apply("down", Action.ON))
                .hasMessageStartingWith("output 'down' stays off: the state of 'up' in its interlock is unknown");
        advance("1 min");
        assertThat(isOn("down")).isFalse();
        assertThat(heard).contains("up offline: up is held by another driver");
    }

    @Test
    void interlock_holdsAtTheStart_whateverTheLinesShow() {
        lines.drive("up", true);
        lines.drive("down", true);
        plan("up", "interlock = blind, initial = keep");
        plan("down", "interlock = blind, initial = keep");
        start();
        assertThat(isOn("up")).isTrue();
        assertThat(isOn("down")).isFalse();
    }

    private void join(String name, String settings) {
        plan(name, settings);
        outputs.add(List.of(plans.get(plans.size() - 1)));
    }

    @Test
    void interlock_whereOneWaits_switchesOffOneThatJoinsAndIsOn() throws Exception {
        blinds("");
        apply("up", Action.ON);
        apply("down", Action.ON);
        lines.drive("stop", true);
        join("stop", "interlock = blind, initial = keep");
        assertThat(isOn("stop")).isFalse();
        advance("499 ms");
        assertThat(isOn("down")).isFalse();
        advance("1 ms");
        assertThat(isOn("down")).isTrue();
    }

    @Test
    void interlock_thatOneJoinsWhichCannotBeSwitchedOff_switchesTheOtherOff() throws Exception {
        plan("up", "interlock = blind");
        start();
        advance("1 s");
        apply("up", Action.ON);
        lines.drive("down", true);
        lines.stuck.add("down");
        join("down", "interlock = blind, initial = keep, confirm = true");
        assertThat(isOn("up")).isFalse();
        assertThat(heard).contains("up OFF by interlock at low").anyMatch(one -> one.startsWith("down offline"));
    }

    @Test
    void randomCommands_neverTurnTwoOfAnInterlockOn_andKeepTheDeadTime() {
        for (var seed = 1; seed <= 4; seed++) {
            randomCommands(seed, 25_000);
        }
    }

    private void randomCommands(long seed, int commands) {
        var random = new Random(seed);
        var names = List.of("a", "b", "c");
        plans.clear();
        for (var name : names) {
            lines.drive(name, false);
            plan(
                    name,
                    "interlock = x, dead-time = 300 ms, min-on = 40 ms, min-off = 50 ms, max-on = 5 s,"
                            + " link-loss-after = 2 s");
        }
        start();
        lines.clock = loop::nanoTime;
        lines.events.clear();
        lines.times.clear();
        var onBefore = "";
        var turns = 0;
        for (var i = 0; i < commands; i++) {
            disturb(random, names);
            for (var step = random.nextInt(12); step >= 0; step--) {
                loop.advance(Duration.ofMillis(random.nextInt(40) + 1L));
                var on = String.join(",", names.stream().filter(this::isOn).toList());
                assertThat(on).as("seed %d, command %d", seed, i).doesNotContain(",");
                if (!on.isEmpty() && onBefore.isEmpty()) {
                    turns++;
                }
                onBefore = on;
            }
        }
        assertDeadTime(seed);
        assertThat(turns).as("seed %d", seed).isGreaterThan(commands / 100);
    }

    private void disturb(Random random, List<String> names) {
        var name = names.get(random.nextInt(names.size()));
        switch (random.nextInt(12)) {
            case 0 -> outputs.link(random.nextInt(4) != 0);
            case 1 -> lines.broken.add(name);
            case 2, 3, 4 -> lines.broken.clear();
            default -> {
                try {
                    var hold = random.nextInt(3) == 0 ? Duration.ofMillis(random.nextInt(2_000) + 1L) : Duration.ZERO;
                    apply(name, ACTIONS.get(random.nextInt(ACTIONS.size())), hold);
                } catch (RefusedException refused) {
                    assertThat(refused.code()).isIn(Refusal.UNAVAILABLE, Refusal.INTERLOCK);
                }
            }
        }
    }

    /** Between one that goes off and another one that goes on, by the lines' own record. */
    private void assertDeadTime(long seed) {
        var offAt = new HashMap<String, Long>();
        for (var i = 0; i < lines.events.size(); i++) {
            var words = lines.events.get(i).split(" ", -1);
            var at = lines.times.get(i);
            if (words.length == 3 && words[2].equals("high")) {
                offAt.forEach((other, off) -> {
                    if (!other.equals(words[1])) {
                        assertThat(at - off).as("seed %d, %s", seed, words[1]).isGreaterThanOrEqualTo(300_000_000L);
                    }
                });
            } else if (words.length == 3 && wasHigh(i, words[1])) {
                offAt.put(words[1], at);
            }
        }
    }

    private boolean wasHigh(int before, String name) {
        for (var i = before - 1; i >= 0; i--) {
            if (lines.events.get(i).equals("set " + name + " high")) {
                return true;
            }
            if (lines.events.get(i).endsWith(name + " low")) {
                return false;
            }
        }
        return false;
    }

    // ---- groups

    @Test
    void group_isDoneWhole_offFirst() throws Exception {
        plan("a", "initial = on");
        plan("b", "");
        start();
        lines.events.clear();
        var done = outputs.applyAll(List.of(command("b", Action.ON), command("a", Action.OFF)));
        assertThat(lines.events).containsExactly("set a low", "set b high");
        assertThat(done.get(id("b"))).isEqualTo(switched(true, Duration.ZERO));
    }

    @Test
    void group_withOneUnavailable_changesNothing() {
        plan("a", "");
        plan("b", "");
        lines.broken.add("b");
        start();
        lines.events.clear();
        assertThatThrownBy(() -> outputs.applyAll(List.of(command("a", Action.ON), command("b", Action.ON))))
                .hasMessageStartingWith("output 'b' is unavailable");
        assertThat(lines.events).isEmpty();
    }

    @Test
    void group_thatFailsInTheAct_isTakenBack() {
        plan("a", "");
        plan("b", "");
        start();
        lines.broken.add("b");
        assertThatThrownBy(() -> outputs.applyAll(List.of(command("a", Action.ON), command("b", Action.ON))))
                .hasMessageEndingWith("the others are as they were");
        assertThat(isOn("a")).isFalse();
        assertThat(heard).endsWith("a OFF by start at low");
    }

    @Test
    void group_withTwoOfAnInterlock_isRefused() {
        blinds("");
        assertThatThrownBy(() -> outputs.applyAll(List.of(command("up", Action.ON), command("down", Action.ON))))
                .hasMessage("only one of interlock 'blind' may be on");
    }

    // ---- confirm, last, keep, crash

    @Test
    void levelThatReadsBackAsAnother_isReported_andNotInvented() throws Exception {
        plan("lock", "confirm = true");
        start();
        heard.clear();
        lines.stuck.add("lock");
        assertThatThrownBy(() -> apply("lock", Action.ON))
                .hasMessageContaining("pin lock was driven to ON and reads back as OFF");
        assertThat(heard).containsExactly("lock offline: pin lock was driven to ON and reads back as OFF");
    }

    @Test
    void levelThatChangesBehindItsBack_isFoundWithinTenSeconds() throws Exception {
        plan("lock", "confirm = true");
        start();
        apply("lock", Action.ON);
        heard.clear();
        lines.drive("lock", false);
        advance("10 s");
        assertThat(heard).startsWith("lock offline: pin lock was driven to ON and reads back as OFF");
        assertThat(isOn("lock")).isFalse();
    }

    @Test
    void last_isTheStateBeforeTheStop_andAPulseIsNotBegunAgain() throws Exception {
        plan("lamp", "initial = last");
        plan("bell", "initial = last");
        start();
        apply("lamp", Action.ON);
        apply("bell", Action.ON, Duration.ofHours(1));
        outputs.stop();
        start();
        assertThat(isOn("lamp")).isTrue();
        assertThat(isOn("bell")).isFalse();
    }

    @Test
    void last_thatIsUnknownOrDamaged_isOff() {
        state.put("outputs.lamp.last", "NaN");
        state.put("outputs.bell.last", "rubbish");
        plan("lamp", "initial = last");
        plan("bell", "initial = last");
        plan("door", "initial = last");
        start();
        assertThat(List.of(isOn("lamp"), isOn("bell"), isOn("door"))).containsOnly(false);
    }

    @Test
    void keep_adoptsTheLevelThatTheLineShows_activeLowToo() {
        lines.drive("lamp", true);
        lines.drive("pump", true);
        plan("lamp", "initial = keep");
        plan("pump", "initial = keep, active-low = true");
        start();
        assertThat(heard).contains("lamp ON by start at high", "pump OFF by start at high");
        assertThat(lines.events).containsExactly("open lamp high", "open pump high");
    }

    @Test
    void output_thatReturns_hasItsSafeStateFirst() throws Exception {
        plan("fan", "safe-state = on");
        start();
        lines.broken.add("fan");
        assertThatThrownBy(() -> apply("fan", Action.ON)).isInstanceOf(RefusedException.class);
        lines.broken.clear();
        advance("1 s");
        assertThat(lines.levelsOf("fan")).containsExactly("low", "high");
    }

    @Test
    void onStopWrites_areWhatFilesMustHold_toBringThemToTheirStatesOnStop() throws Exception {
        plan("a", "");
        plan("b", "active-low = true, on-stop = on");
        plan("c", "active-low = true");
        plan("d", "on-stop = keep");
        plan("e", "");
        lines.broken.add("e");
        start();
        assertThat(outputs.onStopWrites().stream()
                        .map(FileWrite.class::cast)
                        .map(write -> write.file() + " " + write.text()))
                .containsExactly("gpio/a/direction low", "gpio/b/direction low", "gpio/c/direction high");
    }

    @Test
    void stop_cancelsAllThatRuns() throws Exception {
        plan("a", "max-on = 1 h, confirm = true, link-loss-after = 1 min, controller { topic = t }, min-off = 1 s");
        start();
        apply("a", Action.ON);
        outputs.stop();
        assertThat(loop.timers()).isZero();
    }
}
