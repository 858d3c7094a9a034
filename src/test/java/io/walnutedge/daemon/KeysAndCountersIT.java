package io.walnutedge.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walnutedge.testkit.Alone;
import io.walnutedge.testkit.Subscriber;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Keys and pulses on a simulated board, down to a real client of a real broker. */
@Alone
class KeysAndCountersIT {
    private static final String EVENTS = "walnutpi/t/key/event";
    private static final String TOTAL = "walnutpi/t/water/total";
    private static final String CONFIG = """
        inputs {
          key { pin = 11, debounce = 20 ms, long-press = 1 s, double-click = 500 ms }
          water { pin = 13, type = counter, debounce = 0 s, every = 200 ms, retain = true }
        }
        """;
    private static final int PULSES = 500;
    private static final int PER_SECOND = 100;

    @RegisterExtension
    private final Rig rig = new Rig("walnutpi/#");

    private void startDaemon() throws Exception {
        var before = rig.seen().messages("walnutpi/t/status").size();
        rig.start(CONFIG);
        await().until(() -> rig.seen().messages("walnutpi/t/status").size() > before
                && rig.seen().last("walnutpi/t/status").equals("online"));
    }

    private void key(boolean down) throws IOException {
        var states = rig.seen().messages("walnutpi/t/key").size();
        rig.board().drive(rig.pin("11"), down);
        await().until(() -> rig.seen().messages("walnutpi/t/key").size() > states);
    }

    /** Half of the pulse high, half of it low. */
    private void pulses(int count, int perSecond) throws IOException {
        var half = Duration.ofSeconds(1).toNanos() / perSecond / 2;
        var start = System.nanoTime();
        for (var i = 0; i < 2 * count; i++) {
            rig.board().drive(rig.pin("13"), i % 2 == 0);
            var due = start + (i + 1) * half;
            await().pollDelay(Duration.ZERO)
                    .pollInterval(100, TimeUnit.MICROSECONDS)
                    .until(() -> System.nanoTime() - due >= 0);
        }
    }

    @Test
    void keyPressedTwice_isADoubleClick_neverRetained() throws Exception {
        startDaemon();
        await().until(() -> rig.seen().last("walnutpi/t/key").equals("OFF"));
        key(true);
        key(false);
        key(true);
        key(false);
        await().until(() -> rig.seen().messages(EVENTS).size() == 5);
        assertThat(rig.seen().messages(EVENTS)).containsExactly("press", "release", "press", "double-click", "release");
        assertThat(rig.seen().messages("walnutpi/t/key")).containsExactly("OFF", "ON", "OFF", "ON", "OFF");
        try (var later = Subscriber.start(rig.broker(), "walnutpi/#")) {
            await().until(() -> later.lines().contains("1 walnutpi/t/key OFF"));
            assertThat(later.messages(EVENTS)).isEmpty();
        }
    }

    @Test
    void keyHeld_isALongPress_andAShortOneAClick() throws Exception {
        startDaemon();
        await().until(() -> rig.seen().last("walnutpi/t/key").equals("OFF"));
        key(true);
        await().until(() -> rig.seen().messages(EVENTS).equals(List.of("press", "long-press")));
        key(false);
        key(true);
        key(false);
        await().until(() -> rig.seen().last(EVENTS).equals("click"));
        assertThat(rig.seen().messages(EVENTS))
                .containsExactly("press", "long-press", "release", "press", "release", "click");
    }

    /** sysfs may tell two edges as one where the machine is busy: a few may be missing, none may be too many. */
    @Test
    void pulses_areCounted_andTheTotalSurvivesARestart() throws Exception {
        startDaemon();
        await().until(() -> rig.seen().last(TOTAL).equals("0"));
        pulses(PULSES, PER_SECOND);
        var total = settledTotal();
        System.out.printf("pulses counted at %d/s: %d of %d%n", PER_SECOND, total, PULSES);
        assertThat(total).isBetween(PULSES * 95 / 100, PULSES);
        assertThat(rig.seen().messages("walnutpi/t/water/rate"))
                .anySatisfy(rate -> assertThat(Double.parseDouble(rate)).isBetween(50.0, 150.0));
        rig.stop();
        assertThat(Files.readString(rig.directory().resolve("state"))).contains("inputs.water.total=" + total);
        var before = rig.seen().messages(TOTAL).size();
        startDaemon();
        await().until(() -> rig.seen().messages(TOTAL).size() > before);
        assertThat(rig.seen().messages(TOTAL).get(before)).isEqualTo(Integer.toString(total));
        pulses(1, 1);
        await().until(() -> rig.seen().last(TOTAL).equals(Integer.toString(total + 1)));
    }

    /** What the level betrays is counted a second later. */
    private int settledTotal() {
        await().pollDelay(Duration.ofMillis(1_500)).until(() -> true);
        return Integer.parseInt(rig.seen().last(TOTAL));
    }

    /** Prints how many pulses of rising rates are counted; what it asserts is that none is invented. */
    @Test
    void pulsesThatAreTooFast_areNeverMoreThanThereWere() throws Exception {
        startDaemon();
        var sent = 0;
        var counted = 0;
        for (var perSecond : List.of(100, 500, 1_000, 2_000)) {
            pulses(perSecond, perSecond);
            sent += perSecond;
            var now = settledTotal();
            System.out.printf("pulses counted at %d/s: %d%n", perSecond, now - counted);
            counted = now;
            assertThat(counted).isLessThanOrEqualTo(sent);
        }
    }
}
