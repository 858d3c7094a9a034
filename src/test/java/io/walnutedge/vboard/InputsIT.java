package io.walnutedge.vboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Digital inputs on a real kernel's interrupts. */
@Tag("board-uml")
@ExtendWith(SharedBoard.class)
class InputsIT {
    private static final int LINE = Board.PC10;
    private static final String DOOR = "walnutpi/b/door";
    private static final String METER = "walnutpi/b/meter/total";
    private static final int ECHOES = 100;
    private static final int RELOADS = 1_000;

    @TempDir
    Path directory;

    @BeforeEach
    void rest(Pins pins) {
        pins.drive(LINE, true);
    }

    @AfterEach
    void release(Guest guest) {
        for (var line : List.of(LINE, Board.PC11)) {
            guest.run("echo none >/sys/class/gpio/gpio%1$d/edge; echo in >/sys/class/gpio/gpio%1$d/direction; "
                            .formatted(line)
                    + "echo %d >/sys/class/gpio/unexport".formatted(line));
        }
    }

    @Test
    void edgesFromOutside_areStates(Guest guest, Pins pins) {
        try (var daemon = new DaemonOnBoard(guest, directory)) {
            daemon.start("inputs { door { pin = PC10, active-low = true, debounce = 50 ms } }");
            daemon.awaitLast(DOOR, "OFF");
            pins.drive(LINE, false);
            daemon.awaitLast(DOOR, "ON");
            pins.drive(LINE, true);
            daemon.awaitLast(DOOR, "OFF");
            assertThat(daemon.seen().messages(DOOR)).containsExactly("OFF", "ON", "OFF");
        }
    }

    /** A contact that bounces for some milliseconds is one change. */
    @Test
    void bouncingContact_isOneChange(Guest guest, Pins pins) {
        try (var daemon = new DaemonOnBoard(guest, directory)) {
            daemon.start("inputs { door { pin = PC10, active-low = true, debounce = 2 s } }");
            daemon.awaitLast(DOOR, "OFF");
            bounce(guest, pins, false);
            daemon.awaitLast(DOOR, "ON");
            bounce(guest, pins, true);
            daemon.awaitLast(DOOR, "OFF");
            assertThat(daemon.seen().messages(DOOR)).containsExactly("OFF", "ON", "OFF");
        }
    }

    /** Slow enough for the daemon to see each level, and long before any has held for the time of the debouncing. */
    private static void bounce(Guest guest, Pins pins, boolean last) {
        for (var i = 0; i <= 10; i++) {
            pins.drive(LINE, (i % 2 == 0) == last);
            guest.output("sleep 0.05");
        }
    }

    @Test
    void pulsesShorterThanTheDebounceTime_areNothing(Guest guest, Pins pins) {
        try (var daemon = new DaemonOnBoard(guest, directory)) {
            daemon.start("inputs { door { pin = PC10, active-low = true, debounce = 2 s } }");
            daemon.awaitLast(DOOR, "OFF");
            for (var i = 0; i < 10; i++) {
                pins.drive(LINE, false);
                pins.drive(LINE, true);
            }
            // longer than the time that a pulse would have to last
            Awaitility.await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
            assertThat(daemon.seen().messages(DOOR)).containsExactly("OFF");
            pins.drive(LINE, false);
            daemon.awaitLast(DOOR, "ON");
        }
    }

    @Test
    void lineLeftAsAnInvertedOutput_isAnInputOfPhysicalLevels(Guest guest, Pins pins) {
        guest.output(
                "echo %1$d >/sys/class/gpio/export; cd /sys/class/gpio/gpio%1$d; echo low >direction; echo 1 >active_low"
                        .formatted(LINE));
        try (var daemon = new DaemonOnBoard(guest, directory)) {
            daemon.start("inputs { door { pin = PC10, active-low = true, debounce = 0 s } }");
            daemon.awaitLast(DOOR, "OFF");
            assertThat(pins.isOutput(LINE)).isFalse();
            pins.drive(LINE, false);
            daemon.awaitLast(DOOR, "ON");
        }
    }

    /** Prints the time from an edge to its message; what it asserts is that each edge has one. */
    @Test
    void slowEdges_areEachPublished(Guest guest, Pins pins) {
        try (var daemon = new DaemonOnBoard(guest, directory)) {
            daemon.start("inputs { door { pin = PC10, active-low = true, debounce = 0 s } }");
            daemon.awaitLast(DOOR, "OFF");
            var took = new long[ECHOES];
            for (var i = 0; i < ECHOES; i++) {
                var before = daemon.seen().messages(DOOR).size();
                var started = System.nanoTime();
                pins.drive(LINE, i % 2 != 0);
                Awaitility.await()
                        .atMost(guest.patience())
                        .pollDelay(Duration.ZERO)
                        .pollInterval(200, TimeUnit.MICROSECONDS)
                        .until(() -> daemon.seen().messages(DOOR).size() > before);
                took[i] = System.nanoTime() - started;
            }
            assertThat(daemon.seen().messages(DOOR)).hasSize(ECHOES + 1).endsWith("ON", "OFF");
            Arrays.sort(took);
            System.out.printf(
                    "edge outside to message at a client: median %.1f ms, p99 %.1f ms%n",
                    took[ECHOES / 2] / 1e6, took[ECHOES * 99 / 100] / 1e6);
        }
    }

    /**
     * Every pulse of a slow row counts, and the total outlives the process. Prints how many of a quick row do; what it asserts
     * is that none is made up.
     */
    @Test
    void pulses_areCounted_andTheTotalOutlivesTheDaemon(Guest guest, Pins pins) {
        guest.output("rm -rf /tmp/counter; mkdir /tmp/counter");
        var config = "outbox.dir = /tmp/counter/outbox\n"
                + "inputs { meter { pin = PC10, active-low = true, type = counter, debounce = 0 s, every = 1 s } }";
        try (var daemon = new DaemonOnBoard(guest, directory)) {
            daemon.start(config);
            daemon.awaitLast(METER, "0");
            pulses(pins, 100, 20);
            daemon.awaitLast(METER, "100");
            pulses(pins, 300, 100);
            // what was told together is seen by the level 1 s later, and published after another
            Awaitility.await().pollDelay(Duration.ofSeconds(4)).until(() -> true);
            var total = daemon.seen().last(METER);
            System.out.printf(
                    "pulses counted by the daemon at 100 edges/s: %d of 300%n", Integer.parseInt(total) - 100);
            assertThat(Integer.parseInt(total)).isBetween(101, 400);
            daemon.stop();
            var before = daemon.seen().messages(METER).size();
            daemon.start(config);
            Awaitility.await()
                    .atMost(guest.patience())
                    .until(() -> daemon.seen().messages(METER).size() > before + 1);
            assertThat(daemon.seen().messages(METER).subList(before, before + 2))
                    .containsOnly(total);
        }
    }

    private static void pulses(Pins pins, int count, int edgesPerSecond) {
        var start = System.nanoTime();
        for (var i = 0; i < 2 * count; i++) {
            pins.drive(LINE, i % 2 != 0);
            awaitNanos(start + (i + 1) * TimeUnit.SECONDS.toNanos(1) / edgesPerSecond);
        }
    }

    private static void awaitNanos(long due) {
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(100, TimeUnit.MICROSECONDS)
                .until(() -> System.nanoTime() - due >= 0);
    }

    /** Prints what an edge costs; what it asserts is that each is answered. */
    @Test
    void edge_isAnsweredOnAnotherLine(Guest guest, Pins pins) throws Exception {
        pins.drive(LINE, false);
        var lab = CompletableFuture.supplyAsync(
                () -> guest.output(guest.java(LineLab.class, "echo", "" + LINE, "" + Board.PC11, "/tmp/echo.end")));
        guest.await("rm /tmp/echo.end.ready");
        pins.log();
        var took = new long[ECHOES];
        for (var i = 0; i < ECHOES; i++) {
            var level = i % 2 == 0;
            var started = System.nanoTime();
            pins.drive(LINE, level);
            Awaitility.await()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(200, TimeUnit.MICROSECONDS)
                    .until(() -> pins.isHigh(Board.PC11) == level);
            took[i] = System.nanoTime() - started;
        }
        guest.output("touch /tmp/echo.end");
        lab.get(60, TimeUnit.SECONDS);
        assertThat(pins.log().stream().filter(change -> change.line() == Board.PC11))
                .hasSize(ECHOES);
        Arrays.sort(took);
        System.out.printf(
                "edge outside to level outside, through Java: median %.1f ms, p99 %.1f ms%n",
                took[ECHOES / 2] / 1e6, took[ECHOES * 99 / 100] / 1e6);
    }

    /**
     * Prints how many of the edges of rising rates are told one by one. sysfs tells that a line has changed, not how often:
     * edges that come before the last one was taken are told together. None is made up, and none is lost because the kernel
     * has tidied up its caches: that is how a watcher goes deaf that has not kept the file open.
     */
    @Test
    void edges_inQuickSuccession_areToldTogether(Guest guest, Pins pins) throws Exception {
        var said = new ArrayList<String>();
        for (var perSecond : List.of(20, 100, 500)) {
            var edges = 2 * perSecond;
            var lab = CompletableFuture.supplyAsync(
                    () -> guest.output(guest.java(LineLab.class, "count", "" + LINE, "/tmp/count.end")));
            guest.await("rm /tmp/count.end.ready");
            guest.output("echo 2 >/proc/sys/vm/drop_caches");
            var start = System.nanoTime();
            for (var i = 0; i < edges; i++) {
                pins.drive(LINE, i % 2 != 0);
                awaitNanos(start + (i + 1) * TimeUnit.SECONDS.toNanos(1) / perSecond);
            }
            guest.output("touch /tmp/count.end");
            var answer = lab.get(60, TimeUnit.SECONDS);
            guest.output("rm /tmp/count.end");
            assertThat(answer).contains("EDGES true");
            var counted = Long.parseLong(
                    answer.substring(answer.indexOf("COUNT ") + 6).strip());
            said.add("%d/s: %d of %d".formatted(perSecond, counted, edges));
            assertThat(counted).isBetween(1L, (long) edges);
        }
        System.out.println("edges counted in Java: " + String.join(", ", said));
    }

    @Test
    void thousandReloads_leaveNoThreadAndNoDescriptor(Guest guest) {
        var answer = guest.run(guest.java(LineLab.class, "reload", "" + LINE, "" + RELOADS), Duration.ofMinutes(10));
        assertThat(answer.output()).contains("THREADS 0 DESCRIPTORS 0");
    }
}
