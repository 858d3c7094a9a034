package io.walnutedge.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.config.InputConfig;
import io.walnutedge.config.PayloadFormat;
import io.walnutedge.control.VirtualLoop;
import io.walnutedge.event.EventListener;
import io.walnutedge.event.InputEvent;
import io.walnutedge.gpio.FakeLines;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Reading;
import io.walnutedge.state.StateFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InputsTest {
    private final VirtualLoop loop = new VirtualLoop();
    private final FakeLines lines = new FakeLines();
    private final List<String> heard = new ArrayList<>();
    private final List<InputPlan> plans = new ArrayList<>();
    private final StateFile state = new StateFile(Path.of("never", "started"));
    private Inputs inputs = new Inputs(loop, lines, List.of(), state, new Ear(), CounterTest.CLOCK);

    private final class Ear implements EventListener {
        @Override
        public void contact(ItemId id, boolean on) {
            heard.add(id + (on ? " ON" : " OFF"));
        }

        @Override
        public void key(ItemId id, InputEvent event) {
            heard.add(id + " " + event.word());
        }

        @Override
        public void readings(List<Reading> batch) {
            throw new AssertionError("there is no counter");
        }

        @Override
        public void availability(ItemId id, boolean online, String why) {
            heard.add(id + (online ? " online" : " offline: " + why));
        }
    }

    private void plan(String name, boolean activeLow, int debounceMillis) {
        plan(name, activeLow, debounceMillis, debounceMillis, Optional.empty());
    }

    private void plan(
            String name, boolean activeLow, int onMillis, int offMillis, Optional<InputConfig.Events> events) {
        var debounce = new InputConfig.Debounce(Duration.ofMillis(onMillis), Duration.ofMillis(offMillis));
        var contact = new InputConfig.Contact(name, 1, true, events);
        plans.add(new InputPlan(
                new InputConfig(new ItemId(name), "12", activeLow, debounce, contact), FakeLines.pin(name)));
    }

    private void start() {
        inputs = new Inputs(loop, lines, plans, state, new Ear(), CounterTest.CLOCK);
        inputs.start();
    }

    private void startDoor(int debounceMillis) {
        plan("door", false, debounceMillis);
        start();
        heard.clear();
    }

    private void drive(boolean high) {
        drive("door", high);
    }

    private void drive(String name, boolean high) {
        lines.drive(name, high);
        loop.run();
    }

    private void pass(int millis) {
        loop.advance(Duration.ofMillis(millis));
    }

    @Test
    void start_tellsTheStateOfEachInput() {
        lines.drive("door", true);
        lines.drive("lid", true);
        plan("door", false, 50);
        plan("lid", true, 50);
        start();
        assertThat(heard).containsExactly("door online", "door ON", "lid online", "lid OFF");
    }

    @Test
    void level_thatHolds_isToldOnceAfterTheDebounceTime() {
        startDoor(50);
        drive(true);
        pass(49);
        assertThat(heard).isEmpty();
        pass(1);
        assertThat(heard).containsExactly("door ON");
        pass(10_000);
        assertThat(heard).hasSize(1);
    }

    @Test
    void bounce_shorterThanDebounce_isNeverTold() {
        startDoor(50);
        for (var i = 0; i < 20; i++) {
            drive(true);
            pass(49);
            drive(false);
            pass(3);
        }
        pass(1_000);
        assertThat(heard).isEmpty();
        assertThat(loop.timers()).isZero();
    }

    @Test
    void press_withBounces_isToldOnce_afterTheLastBounce() {
        startDoor(50);
        for (var i = 0; i < 10; i++) {
            drive(true);
            pass(5);
            drive(false);
            pass(5);
        }
        drive(true);
        pass(49);
        assertThat(heard).isEmpty();
        pass(1);
        assertThat(heard).containsExactly("door ON");
    }

    @Test
    void gap_thatIsTooQuickToSee_startsTheTimeAgain() {
        startDoor(50);
        drive(true);
        pass(30);
        lines.drive("door", false);
        lines.drive("door", true);
        pass(49);
        assertThat(heard).isEmpty();
        pass(1);
        assertThat(heard).containsExactly("door ON");
    }

    @Test
    void level_thatFellJustBeforeItCounts_isNotTold() {
        startDoor(50);
        drive(true);
        lines.edgeless.add("door");
        lines.drive("door", false);
        pass(50);
        assertThat(heard).isEmpty();
    }

    @Test
    void zeroDebounce_tellsEachEdge() {
        startDoor(0);
        drive(true);
        drive(false);
        drive(true);
        assertThat(heard).containsExactly("door ON", "door OFF", "door ON");
    }

    @Test
    void activeLowInput_isOnWhereTheLineIsLow() {
        lines.drive("door", true);
        plan("door", true, 10);
        start();
        heard.clear();
        drive(false);
        pass(10);
        assertThat(heard).containsExactly("door ON");
    }

    @Test
    void stormOfEdges_leavesOneTaskOnTheLoop() {
        startDoor(50);
        for (var i = 0; i < 100_001; i++) {
            lines.drive("door", i % 2 == 0);
        }
        assertThat(loop.timers()).isEqualTo(1);
        pass(50);
        assertThat(heard).containsExactly("door ON");
    }

    @Test
    void edge_whileTheCommandQueueIsFull_isSeen() {
        startDoor(0);
        while (loop.submit(() -> {})) {}
        drive(true);
        assertThat(heard).containsExactly("door ON");
    }

    @Test
    void lineWithoutEdges_isPolled_andDebounced() {
        lines.edgeless.add("door");
        startDoor(100);
        lines.drive("door", true);
        pass(200);
        assertThat(heard).containsExactly("door ON");
        lines.drive("door", false);
        pass(99);
        lines.drive("door", true);
        pass(1_000);
        assertThat(heard).containsExactly("door ON");
    }

    @Test
    void lineWithoutEdges_withoutDebounce_isSeenWithinFiftyMilliseconds() {
        lines.edgeless.add("door");
        startDoor(0);
        lines.drive("door", true);
        pass(50);
        assertThat(heard).containsExactly("door ON");
    }

    @Test
    void input_thatFails_leavesTheOthers_andComesBackByItself() {
        plan("sick", false, 0);
        plan("door", false, 0);
        lines.broken.add("sick");
        start();
        assertThat(heard).containsExactly("sick offline: sick is held by another driver", "door online", "door OFF");
        heard.clear();
        pass(5_000);
        drive(true);
        lines.broken.clear();
        lines.drive("sick", true);
        pass(60_000);
        assertThat(heard).containsExactly("door ON", "sick online", "sick ON");
    }

    @Test
    void input_whoseLibraryThrowsUnchecked_leavesTheOthers() {
        plan("sick", false, 0);
        plan("door", false, 0);
        lines.buggy.add("sick");
        start();
        assertThat(heard).containsExactly("sick offline: a fault of the library", "door online", "door OFF");
    }

    @Test
    void input_thatFailsLater_goesOfflineOnce_andTellsItsStateWhenItIsBack() {
        startDoor(50);
        drive(true);
        lines.broken.add("door");
        pass(50);
        pass(30_000);
        assertThat(heard).containsExactly("door offline: door is held by another driver");
        lines.broken.clear();
        pass(60_000);
        assertThat(heard).endsWith("door online", "door ON").hasSize(3);
    }

    @Test
    void reason_thatChangesWhileItFails_isTold() {
        startDoor(50);
        lines.broken.add("door");
        drive(true);
        pass(30_000);
        lines.buggy.add("door");
        pass(120_000);
        lines.buggy.clear();
        pass(120_000);
        assertThat(heard)
                .containsExactly(
                        "door offline: door is held by another driver",
                        "door offline: a fault of the library",
                        "door offline: door is held by another driver");
    }

    @Test
    void polledInput_thatFails_isPolledAgainWhenItIsBack() {
        lines.edgeless.add("door");
        startDoor(0);
        lines.broken.add("door");
        pass(100);
        lines.broken.clear();
        pass(2_000);
        lines.drive("door", true);
        pass(50);
        assertThat(heard)
                .containsExactly("door offline: door is held by another driver", "door online", "door OFF", "door ON");
        assertThat(loop.timers()).isEqualTo(1);
    }

    @Test
    void stop_givesTheLineBack_andTellsNothingMore() {
        startDoor(50);
        drive(true);
        inputs.stop();
        inputs.stop();
        lines.drive("door", false);
        pass(60_000);
        assertThat(heard).isEmpty();
        assertThat(loop.timers()).isZero();
        assertThat(lines.events).endsWith("close door");
    }

    @Test
    void onAndOff_haveTimesOfTheirOwn() {
        plan("door", false, 50, 200, Optional.empty());
        start();
        heard.clear();
        drive(true);
        pass(49);
        assertThat(heard).isEmpty();
        pass(1);
        assertThat(heard).containsExactly("door ON");
        drive(false);
        pass(199);
        assertThat(heard).hasSize(1);
        pass(1);
        assertThat(heard).containsExactly("door ON", "door OFF");
    }

    @Test
    void onWithoutDebounce_isToldAtOnce_andItsEndWhenItHasHeld() {
        plan("door", false, 0, 100, Optional.empty());
        start();
        heard.clear();
        drive(true);
        assertThat(heard).containsExactly("door ON");
        drive(false);
        pass(99);
        drive(true);
        pass(1_000);
        assertThat(heard).hasSize(1);
    }

    private void startKey() {
        var events = new InputConfig.Events(
                "key/event",
                PayloadFormat.PLAIN,
                Optional.of(Duration.ofSeconds(1)),
                Optional.of(Duration.ofMillis(400)));
        plan("key", false, 20, 20, Optional.of(events));
        start();
        heard.clear();
    }

    private void key(boolean down) {
        lines.drive("key", down);
        pass(20);
    }

    @Test
    void keyPressedTwice_isADoubleClick_besideItsStates() {
        startKey();
        key(true);
        key(false);
        key(true);
        key(false);
        pass(10_000);
        assertThat(heard)
                .containsExactly(
                        "key ON",
                        "key press",
                        "key OFF",
                        "key release",
                        "key ON",
                        "key press",
                        "key double-click",
                        "key OFF",
                        "key release");
    }

    @Test
    void bouncesOfAKey_areNoClicks() {
        startKey();
        for (var i = 0; i < 10; i++) {
            drive("key", i % 2 == 0);
            pass(5);
        }
        pass(10_000);
        assertThat(heard).isEmpty();
    }

    @Test
    void keyWhoseLineFails_cancelsTheLongPress_andWhatFollows() {
        startKey();
        key(true);
        lines.broken.add("key");
        lines.drive("key", false);
        pass(500);
        lines.broken.clear();
        lines.drive("key", true);
        pass(10_000);
        key(false);
        pass(10_000);
        assertThat(heard)
                .containsExactly(
                        "key ON",
                        "key press",
                        "key offline: key is held by another driver",
                        "key online",
                        "key ON",
                        "key OFF");
    }

    @Test
    void clickThatWaitsForASecondOne_isDroppedWhenTheLineFails() {
        startKey();
        key(true);
        key(false);
        lines.broken.add("key");
        lines.drive("key", true);
        pass(10_000);
        assertThat(heard)
                .containsExactly(
                        "key ON", "key press", "key OFF", "key release", "key offline: key is held by another driver");
    }

    @Test
    void keyHeldAtTheStart_isNoPress() {
        lines.drive("key", true);
        startKey();
        pass(5_000);
        key(false);
        pass(5_000);
        assertThat(heard).containsExactly("key OFF");
    }

    @Test
    void stop_whileAKeyIsHeld_leavesNoTimer() {
        startKey();
        key(true);
        inputs.stop();
        pass(10_000);
        assertThat(heard).containsExactly("key ON", "key press");
        assertThat(loop.timers()).isZero();
    }

    @Test
    void announce_tellsStatesAgain_butNoEvent() {
        startKey();
        key(true);
        heard.clear();
        inputs.announce();
        assertThat(heard).containsExactly("key online", "key ON");
    }
}
