package io.walnutedge.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.command.CommandTopics.Role;
import io.walnutedge.config.CommandsConfig;
import io.walnutedge.config.OutputConfig;
import io.walnutedge.control.VirtualLoop;
import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problems;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.ValueRange;
import io.walnutedge.state.KeptState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the broker keeps is obeyed once, whatever comes between, and however the process ends. */
class DesiredStatesTest {
    private static final ItemId LAMP = new ItemId("lamp");
    private static final String SET = "w/d/lamp/set";
    private static final String ALL = "w/d/command";
    private static final CommandsConfig EVERYTHING = CommandsConfig.from(ConfigFile.parse("", new Problems()));

    private final VirtualLoop loop = new VirtualLoop();
    private final KeptState state = new KeptState();
    private final List<String> obeyed = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();
    private String unavailable = "";
    private static final int MOST = DesiredMemory.most(ValueRange.PERCENT);
    private DesiredStates desired = new DesiredStates(loop, Set.of(LAMP), state);
    private Commander commander = commander();

    /** Writes down what was done. */
    private final class Hands implements Switches {
        @Override
        public void requireReady(SwitchCommand command) throws RefusedException {
            if (!unavailable.isEmpty()) {
                throw new RefusedException(Refusal.UNAVAILABLE, unavailable);
            }
        }

        @Override
        public Switched apply(SwitchCommand command) throws RefusedException {
            requireReady(command);
            obeyed.add(command.id().orElse("") + command.action());
            return new Switched(
                    command.action() == Action.ON,
                    OptionalDouble.empty(),
                    Duration.ZERO,
                    Duration.ZERO,
                    Optional.empty());
        }

        @Override
        public Map<ItemId, Switched> applyAll(List<SwitchCommand> commands) throws RefusedException {
            var done = new LinkedHashMap<ItemId, Switched>();
            for (var command : commands) {
                done.put(command.output(), apply(command));
            }
            return done;
        }

        @Override
        public Map<ItemId, Switched> states() {
            return Map.of();
        }
    }

    private static Role role(String topic) {
        var settings = ConfigFile.parse("accept-retained = true", new Problems());
        var config = OutputConfig.from(settings, LAMP, "w/d", Optional.of(ValueRange.PERCENT), false);
        return Roles.find(CommandTopics.of(ALL, EVERYTHING, List.of(config)), topic);
    }

    private Commander commander() {
        return new Commander(
                loop,
                EVERYTHING.allow(),
                new CommandTargets(List.of(LAMP), Map.of(LAMP, ValueRange.PERCENT), Map.of()),
                new Gatekeeper(() -> Instant.EPOCH, () -> true, new LeastGaps(loop::nanoTime, state, "boot")),
                new RateLimit(loop::nanoTime, 1_000_000, 1_000_000, List.of(LAMP)),
                desired,
                new Hands(),
                NoSensing.NONE,
                new Commander.Answers() {
                    @Override
                    public void answer(String json) {
                        answers.add(json);
                    }

                    @Override
                    public void excess(String json) {
                        answers.add(json);
                    }
                });
    }

    private void restart() {
        desired = new DesiredStates(loop, Set.of(LAMP), state);
        commander = commander();
    }

    private void kill() {
        state.kill();
        restart();
    }

    private void send(String topic, String payload, boolean retained) {
        commander.arrived(role(topic), payload.getBytes(UTF_8), retained);
        loop.run();
    }

    private String live(String payload) {
        answers.clear();
        send(SET, payload, false);
        assertThat(answers).hasSize(1);
        return answers.get(0);
    }

    /** The broker hands out what it keeps. */
    private String retained(String payload) {
        answers.clear();
        send(SET, payload, true);
        assertThat(answers).hasSize(1);
        return answers.get(0);
    }

    private static String on(int id) {
        return "{\"state\":\"ON\",\"id\":" + id + "}";
    }

    /** Fewer and more than are remembered. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 17, 127, 128, 129, 1_000})
    void retainedOn_isObeyedOnce_howManyLiveOnesEverFollow(int others) {
        retained("ON");
        for (var i = 0; i < others; i++) {
            live(on(i));
        }
        live("OFF");
        obeyed.clear();
        for (var connection = 0; connection < 3; connection++) {
            assertThat(retained("ON")).contains("\"unchanged\":true");
            restart();
            assertThat(retained("ON")).contains("\"unchanged\":true");
            kill();
            assertThat(retained("ON")).contains("\"unchanged\":true");
        }
        assertThat(obeyed).isEmpty();
        assertThat(retained("40")).contains("\"status\":\"ok\"", "\"state\":\"ON\"");
        assertThat(obeyed).hasSize(1);
    }

    /** A live message that the broker keeps looks like any other. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 17, 126, 127, 128, 129, 1_000})
    void liveOn_thatTheBrokerKeeps_isNeverObeyedAgain_atAnyPlaceAmongOthers(int others) {
        for (var place = 0; place <= others; place += Math.max(1, others / 7)) {
            state.put("outputs.lamp.desired", "");
            restart();
            for (var i = 0; i <= others; i++) {
                live(i == place ? "ON" : on(i));
            }
            obeyed.clear();
            kill();
            assertThat(retained("ON")).matches(".*(\"unchanged\":true|\"code\":\"retained\").*");
            assertThat(obeyed).as("place %d", place).isEmpty();
        }
    }

    @Test
    void retainedOn_thatCameWhileItWasAway_isObeyed_unlessTooManyWereObeyedToTell() {
        for (var i = 0; i < MOST; i++) {
            live(on(i));
        }
        obeyed.clear();
        retained("ON");
        assertThat(obeyed).containsExactly("ON");
        for (var i = 1_000; i < 1_001 + MOST; i++) {
            live(on(i));
        }
        obeyed.clear();
        assertThat(retained("60")).contains("\"code\":\"retained\"", "publish it again");
        assertThat(retained("60")).contains("\"unchanged\":true");
        assertThat(obeyed).isEmpty();
        retained("61");
        assertThat(obeyed).as("what the broker kept in between is known again").containsExactly("ON");
    }

    @Test
    void retainedOn_isOnTheCard_beforeItIsObeyed() {
        state.slow = true;
        send(SET, "ON", true);
        assertThat(obeyed).isEmpty();
        assertThat(answers).isEmpty();
        kill();
        loop.run();
        assertThat(obeyed).as("it was killed before").isEmpty();
        send(SET, "ON", true);
        state.write();
        assertThat(obeyed)
                .as("the loop's thread obeys, not the one that writes")
                .isEmpty();
        loop.run();
        assertThat(obeyed).containsExactly("ON");
        assertThat(answers).hasSize(1);
        kill();
        assertThat(retained("ON")).contains("\"unchanged\":true");
        assertThat(obeyed).containsExactly("ON");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "w/d/lamp/set OFF",
                "w/d/lamp/set TOGGLE",
                "w/d/lamp/set_on_ms 500",
                "w/d/command lamp OFF",
                "w/d/command {\"outputs\":{\"lamp\":\"OFF\"}}"
            })
    void commandThatComesBeforeItIsWritten_supersedesIt(String later) {
        state.slow = true;
        send(SET, "ON", true);
        var words = later.split(" ", 2);
        send(words[0], words[1], false);
        state.write();
        loop.run();
        assertThat(obeyed).hasSize(1).doesNotContain("ON ");
        assertThat(answers).hasSize(2);
        assertThat(answers.get(0)).contains("\"code\":\"retained\"", "a later command came");
        obeyed.clear();
        kill();
        send(SET, "ON", true);
        loop.run();
        assertThat(obeyed).as("nor later").isEmpty();
    }

    @Test
    void commandThatIsRefused_supersedesNothing() {
        state.slow = true;
        send(SET, "ON", true);
        send(SET, "MAYBE", false);
        state.write();
        loop.run();
        assertThat(obeyed).containsExactly("ON");
        assertThat(answers).hasSize(2);
    }

    @Test
    void laterRetainedOne_supersedesOneThatWaits_andAReloadKeepsIt() {
        state.slow = true;
        send(SET, "ON", true);
        send(SET, "OFF", true);
        desired.accept(Set.of(LAMP));
        commander = commander();
        state.write();
        loop.run();
        assertThat(obeyed).containsExactly("OFF");
        assertThat(answers).hasSize(2);
        assertThat(answers.get(0)).contains("a later command came");
        send(SET, "ON", true);
        send(SET, "OFF", false);
        state.write();
        loop.run();
        assertThat(obeyed).as("one of before the reload waits").containsExactly("OFF", "OFF");
        assertThat(answers).hasSize(4);
    }

    @Test
    void cardThatCannotBeWritten_isTheReason_andItIsTriedAgain() {
        state.sick = "No space left on device";
        assertThat(retained("ON")).contains("\"code\":\"unavailable\"", "No space left on device");
        assertThat(obeyed).isEmpty();
        assertThat(live("OFF")).as("a live one needs no card").contains("\"status\":\"ok\"");
        state.sick = "";
        assertThat(retained("ON")).contains("\"status\":\"ok\"");
        assertThat(obeyed).containsExactly("OFF", "ON");
    }

    @Test
    void outputThatIsUnavailable_wearsNoCard_andObeysWhenItIsBack() {
        unavailable = "output 'lamp' is unavailable: no line";
        for (var connection = 0; connection < 100; connection++) {
            assertThat(retained("ON")).contains("no line");
        }
        assertThat(state.writes).isZero();
        unavailable = "";
        retained("ON");
        assertThat(obeyed).containsExactly("ON");
    }

    @Test
    void outputThatFailsMeanwhile_obeysWhenItIsBack() {
        state.slow = true;
        send(SET, "ON", true);
        unavailable = "output 'lamp' is unavailable: no line";
        state.write();
        loop.run();
        assertThat(answers).singleElement().asString().contains("no line");
        unavailable = "";
        state.write();
        kill();
        send(SET, "ON", true);
        state.write();
        loop.run();
        assertThat(obeyed).containsExactly("ON");
    }

    @Test
    void whatIsWritten_isBounded_howManyLiveOnesEverCome() {
        for (var i = 0; i < 10_000; i++) {
            live(on(i));
        }
        assertThat(state.writes).isEqualTo(MOST + 1);
        assertThat(state.get("outputs.lamp.desired").orElseThrow()).hasSizeLessThan(2_500);
        for (var event : List.of("TOGGLE", "ON 5 s", "{\"set_on_ms\":500}")) {
            live(event);
        }
        assertThat(state.writes).as("events are not obeyed retained anyway").isEqualTo(MOST + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-", "- ", "+", "rubbish", "- a b c +", "a a a", "\n", "a +  b"})
    void memoryThatIsDamaged_isNoTrouble(String text) {
        state.put("outputs.lamp.desired", text);
        restart();
        live("OFF");
        obeyed.clear();
        assertThat(retained("OFF")).matches(".*(\"unchanged\":true|\"code\":\"retained\").*");
        assertThat(obeyed).isEmpty();
        assertThat(retained("ON")).contains("\"status\":\"ok\"");
        assertThat(obeyed).containsExactly("ON");
    }
}
