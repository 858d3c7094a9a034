package io.walnutedge.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.walnutedge.command.Action;
import io.walnutedge.command.RefusedException;
import io.walnutedge.command.SwitchCommand;
import io.walnutedge.text.TimeText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A command that fails in the act leaves what else it touched as it was, or says what is not. */
class UndoTest {
    private static final List<String> SETTINGS = List.of(
            "",
            "pulse = 500 ms",
            "max-on = 900 ms",
            "max-on = 900 ms, pulse = 500 ms",
            "initial = last",
            "active-low = true",
            "confirm = true",
            "on-stop = keep",
            "link-loss-after = 800 ms",
            "controller { topic = t, timeout = 800 ms }",
            "min-on = 700 ms",
            "min-off = 700 ms",
            "min-on = 700 ms, min-off = 700 ms, initial = last",
            "interlock = x, dead-time = 300 ms");
    private static final List<String> BEFORE =
            List.of("", "ON", "OFF", "ON 1 s", "OFF 1 s", "ON, OFF", "ON 1 s, ON", "ON, TOGGLE, TOGGLE");
    private static final List<String> GROUP = List.of("ON", "OFF", "TOGGLE", "ON 2 s", "OFF 2 s");

    /** Outputs {@code door} and {@code other}, which go on an interlock together, and {@code b} that fails. */
    private static final class Board extends OutputRig {
        Board(String settings) {
            plan("door", settings);
            plan("other", settings.startsWith("interlock") ? settings : "");
            plan("b", "");
            start();
            loop.advance(Duration.ofSeconds(2));
        }

        SwitchCommand command(String name, String words) {
            var parts = words.split(" ", 2);
            Optional<Duration> hold = parts.length == 1 ? Optional.empty() : TimeText.parse(parts[1]);
            return new SwitchCommand(
                    id(name),
                    Action.valueOf(parts[0]),
                    OptionalDouble.empty(),
                    hold,
                    Optional.empty(),
                    Optional.of(words));
        }

        void obey(String name, String commands) throws RefusedException {
            for (var words : commands.split(", ", -1)) {
                if (!words.isEmpty()) {
                    outputs.apply(command(name, words));
                }
            }
            loop.advance(Duration.ofMillis(100));
        }

        String fail(String name, String words) {
            lines.broken.add("b");
            var refused = catchThrowableOfType(
                    RefusedException.class, () -> outputs.applyAll(List.of(command(name, words), command("b", "ON"))));
            assertThat(refused.getMessage()).startsWith("output 'b' is unavailable: b is held by another driver; ");
            return refused.getMessage().replaceFirst(".*driver; ", "");
        }

        String now() {
            var told = heard.stream().filter(what -> what.startsWith("door ")).reduce("", (one, next) -> next);
            return outputs.states().get(id("door")) + " " + outputs.states().get(id("other")) + " "
                    + lines.isHigh("door") + lines.isHigh("other") + " " + told.replaceAll(" for .* at", " at") + " "
                    + state.get("outputs.door.last");
        }

        /** All that it shows in the next 4 s, at each 20 ms, and what it would show after a stop. */
        List<String> future() {
            var shown = new ArrayList<String>();
            for (var step = 0; step < 200; step++) {
                shown.add(now());
                loop.advance(Duration.ofMillis(20));
            }
            outputs.stop();
            shown.add(now());
            return shown;
        }
    }

    static Stream<Arguments> everything() {
        return SETTINGS.stream()
                .flatMap(settings -> BEFORE.stream()
                        .flatMap(before -> GROUP.stream().map(group -> Arguments.of(settings, before, group))));
    }

    @ParameterizedTest
    @MethodSource("everything")
    void groupThatFails_changesNothingOfWhatFollows(String settings, String before, String group)
            throws RefusedException {
        var touched = new Board(settings);
        touched.obey("door", before);
        var untouched = new Board(settings);
        untouched.obey("door", before);
        untouched.lines.broken.add("b");

        var said = touched.fail("door", group);
        var future = touched.future();
        var expected = untouched.future();

        if (settings.startsWith("min-") && !said.equals("the others are as they were")) {
            // what it guards has seen the line turn
            assertThat(said).matches("the others are as they were, but 'door' goes (ON|OFF) in 700 ms");
            assertThat(future.get(199).replaceAll(" door .* by .* at", ""))
                    .isEqualTo(expected.get(199).replaceAll(" door .* by .* at", ""));
        } else {
            assertThat(said).isEqualTo("the others are as they were");
            assertThat(future).isEqualTo(expected);
        }
    }

    @Test
    void door_inMidPulse_closesAtItsTime() throws RefusedException {
        var board = new Board("pulse = 500 ms");
        board.obey("door", "ON");
        assertThat(board.fail("door", "OFF")).isEqualTo("the others are as they were");
        assertThat(board.lines.isHigh("door")).isTrue();
        board.loop.advance(Duration.ofMillis(399));
        assertThat(board.lines.isHigh("door")).isTrue();
        board.loop.advance(Duration.ofMillis(1));
        assertThat(board.lines.isHigh("door")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ", dead-time = 0 s"})
    void partner_thatMadeWay_isBack(String more) throws RefusedException {
        for (var before : List.of("ON", "ON 1 s", "ON, OFF 1 s")) {
            for (var group : GROUP) {
                var touched = new Board("interlock = x" + more);
                touched.obey("other", before);
                var untouched = new Board("interlock = x" + more);
                untouched.obey("other", before);
                untouched.lines.broken.add("b");
                assertThat(touched.fail("door", group)).isEqualTo("the others are as they were");
                assertThat(touched.future()).as(before + " " + group).isEqualTo(untouched.future());
            }
        }
    }

    @Test
    void partner_thatWaitedForItsTurn_waitsAgain() throws RefusedException {
        var board = new Board("interlock = x, min-on = 1 s");
        board.obey("door", "ON");
        board.obey("other", "ON");
        var waiting = board.now();
        assertThat(board.fail("door", "ON")).isEqualTo("the others are as they were");
        assertThat(board.now()).isEqualTo(waiting);
        board.loop.advance(Duration.ofMillis(1_400));
        assertThat(board.lines.isHigh("door")).isFalse();
        assertThat(board.lines.isHigh("other")).isTrue();
    }

    @Test
    void partnersOfAnInterlock_areNotOnTogether_whileOneKeepsItsMinOn() throws RefusedException {
        var board = new Board("interlock = x, dead-time = 0 s, min-on = 500 ms");
        board.obey("other", "ON");
        board.loop.advance(Duration.ofSeconds(1));
        assertThat(board.fail("door", "ON"))
                .isEqualTo("the others are as they were, but 'door' goes OFF in 500 ms, 'other' goes ON in 500 ms");
        for (var step = 0; step < 510; step++) {
            assertThat(board.lines.isHigh("door") && board.lines.isHigh("other"))
                    .isFalse();
            board.loop.advance(Duration.ofMillis(1));
        }
        assertThat(board.lines.isHigh("other")).isTrue();
    }

    @Test
    void pulse_thatWouldEndBeforeItMayGoOn_isNotBegunAgain() throws RefusedException {
        var board = new Board("pulse = 500 ms, min-off = 5 s");
        board.loop.advance(Duration.ofSeconds(5));
        board.obey("door", "ON");
        assertThat(board.fail("door", "OFF")).isEqualTo("the others are as they were, but 'door' is OFF");
        board.lines.events.clear();
        board.loop.advance(Duration.ofMinutes(1));
        assertThat(board.lines.levelsOf("door")).isEmpty();
    }

    @Test
    void outputThatFailsInTheUndo_isNamed() {
        var board = new Board("");
        board.lines.clock = () -> {
            // the line breaks when it was driven
            board.lines.broken.add("door");
            return 0;
        };
        assertThat(board.fail("door", "ON"))
                .isEqualTo("the others are as they were, but 'door' is unavailable: door is held by another driver");
    }

    @Test
    void singleCommandThatFails_saysWhatItChanged() throws RefusedException {
        var board = new Board("interlock = x, dead-time = 0 s");
        board.obey("door", "ON");
        board.lines.broken.add("other");
        assertThat(catchThrowableOfType(RefusedException.class, () -> board.obey("other", "ON")))
                .hasMessage("output 'other' is unavailable: other is held by another driver; 'door' is OFF");
    }

    @Test
    void watchOfTheLink_beginsWithACommand_thatComesWithoutOne() throws RefusedException {
        var board = new Board("link-loss-after = 800 ms");
        board.obey("door", "ON");
        board.loop.advance(Duration.ofMillis(699));
        assertThat(board.lines.isHigh("door")).isTrue();
        board.loop.advance(Duration.ofMillis(1));
        assertThat(board.lines.isHigh("door")).isFalse();
    }
}
