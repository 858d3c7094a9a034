package io.walnutedge.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.control.VirtualLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClicksTest {
    private static final Duration LONG = Duration.ofSeconds(1);
    private static final Duration DOUBLE = Duration.ofMillis(400);

    private final VirtualLoop loop = new VirtualLoop();
    private final List<String> heard = new ArrayList<>();
    private Clicks clicks = clicks(LONG, DOUBLE);

    private Clicks clicks(Duration longPress, Duration doubleClick) {
        return new Clicks(
                loop,
                Optional.of(longPress).filter(time -> !time.isZero()),
                Optional.of(doubleClick).filter(time -> !time.isZero()),
                event -> heard.add(event.word()));
    }

    /** Down and up again, and nothing for a time. */
    private void click(int heldMillis, int pauseMillis) {
        clicks.changed(true);
        pass(heldMillis);
        clicks.changed(false);
        pass(pauseMillis);
    }

    private void pass(int millis) {
        loop.advance(Duration.ofMillis(millis));
    }

    @Test
    void click_withoutDoubleClick_isToldAtTheRelease() {
        clicks = clicks(LONG, Duration.ZERO);
        click(999, 0);
        assertThat(heard).containsExactly("press", "release", "click");
    }

    @Test
    void click_withDoubleClick_isToldWhenNoSecondOneCame() {
        click(100, 399);
        assertThat(heard).containsExactly("press", "release");
        pass(1);
        assertThat(heard).containsExactly("press", "release", "click");
    }

    @Test
    void secondPressInTime_isADoubleClick_andNoClick() {
        click(100, 399);
        clicks.changed(true);
        assertThat(heard).containsExactly("press", "release", "press", "double-click");
        pass(100);
        clicks.changed(false);
        pass(60_000);
        assertThat(heard).containsExactly("press", "release", "press", "double-click", "release");
    }

    @Test
    void secondPressTooLate_isAClickOfItsOwn() {
        click(100, 400);
        click(100, 400);
        assertThat(heard).containsExactly("press", "release", "click", "press", "release", "click");
    }

    @Test
    void threePresses_areADoubleClickAndAClick() {
        click(50, 50);
        click(50, 50);
        click(50, 400);
        assertThat(heard)
                .containsExactly("press", "release", "press", "double-click", "release", "press", "release", "click");
    }

    @Test
    void longPress_isToldWhileHeld_once_andGivesNoClick() {
        clicks.changed(true);
        pass(999);
        assertThat(heard).containsExactly("press");
        pass(1);
        assertThat(heard).containsExactly("press", "long-press");
        pass(60_000);
        clicks.changed(false);
        pass(60_000);
        assertThat(heard).containsExactly("press", "long-press", "release");
    }

    @Test
    void releaseJustBefore_cancelsTheLongPress() {
        click(999, 60_000);
        assertThat(heard).containsExactly("press", "release", "click");
    }

    @Test
    void secondPressOfADoubleClick_heldLong_isNoLongPress() {
        click(100, 100);
        clicks.changed(true);
        pass(60_000);
        assertThat(heard).containsExactly("press", "release", "press", "double-click");
    }

    @Test
    void pressAfterALongOne_startsAnew() {
        click(1_500, 10);
        click(100, 400);
        assertThat(heard).containsExactly("press", "long-press", "release", "press", "release", "click");
    }

    @Test
    void withoutLongPress_aPressMayLastForEver() {
        clicks = clicks(Duration.ZERO, Duration.ZERO);
        click(600_000, 0);
        assertThat(heard).containsExactly("press", "release", "click");
    }

    @Test
    void cancel_forgetsAPress_andItsRelease() {
        clicks.changed(true);
        clicks.cancel();
        pass(60_000);
        clicks.changed(false);
        pass(60_000);
        assertThat(heard).containsExactly("press");
        assertThat(loop.timers()).isZero();
    }

    @Test
    void cancel_forgetsAClickThatWaits_soTheNextIsNoDoubleOne() {
        click(100, 100);
        clicks.cancel();
        click(100, 400);
        assertThat(heard).containsExactly("press", "release", "press", "release", "click");
    }
}
