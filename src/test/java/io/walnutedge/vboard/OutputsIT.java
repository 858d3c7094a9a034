package io.walnutedge.vboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Outputs of the daemon, on interrupt-capable lines of a real kernel, as a relay board sees them. */
@Tag("board-uml")
@ExtendWith(SharedBoard.class)
class OutputsIT {
    private static final int LINE = Board.PC9;
    private static final String GPIO = "/sys/class/gpio/gpio" + LINE;
    private static final String STATE = "walnutpi/b/lamp";
    private static final String LAMP = "outputs { lamp { pin = 11, active-low = true } }";
    private static final Pins.Change LOW = new Pins.Change(LINE, false);
    private static final Pins.Change HIGH = new Pins.Change(LINE, true);

    @TempDir
    Path directory;

    private DaemonOnBoard daemon;

    /** The pull-up of a relay board that switches at low level. */
    @BeforeEach
    void pullUp(Guest guest, Pins pins) {
        daemon = new DaemonOnBoard(guest, directory);
        pins.drive(LINE, true);
        pins.log();
    }

    @AfterEach
    void release(Guest guest) {
        daemon.close();
        guest.run("echo none >%1$s/edge; echo in >%1$s/direction; echo %2$d >/sys/class/gpio/unexport"
                .formatted(GPIO, LINE));
    }

    @Test
    void activeLowOutput_changesOnlyByCommand(Pins pins) {
        daemon.start(LAMP);
        daemon.awaitLast(STATE, "OFF");
        assertThat(pins.isOutput(LINE)).isTrue();
        assertThat(pins.log()).as("at the start").isEmpty();

        daemon.publish(STATE + "/set", "ON");
        daemon.awaitLast(STATE, "ON");
        assertThat(pins.isHigh(LINE)).isFalse();
        daemon.publish(STATE + "/set", "OFF");
        daemon.awaitLast(STATE, "OFF");
        assertThat(pins.log()).as("by two commands").containsExactly(LOW, HIGH);

        daemon.stop();
        assertThat(pins.log()).as("at the stop").isEmpty();
        assertThat(pins.isHigh(LINE)).isTrue();

        daemon.start(LAMP);
        daemon.awaitLast(STATE, "OFF");
        assertThat(pins.log()).as("at the next start").isEmpty();
        assertThat(daemon.log()).doesNotContain("ERROR", "WARN");
    }

    @Test
    void stop_switchesOff_inOneStep(Pins pins) {
        daemon.start(LAMP);
        daemon.publish(STATE + "/set", "ON");
        daemon.awaitLast(STATE, "ON");
        daemon.stop();
        assertThat(pins.log()).containsExactly(LOW, HIGH);
        assertThat(daemon.seen().last("walnutpi/b/status")).isEqualTo("offline");
    }

    @Test
    void killed_theLineKeepsItsLevel_untilTheNextStart(Pins pins) {
        daemon.start(LAMP);
        daemon.publish(STATE + "/set", "ON");
        daemon.awaitLast(STATE, "ON");
        daemon.kill();
        assertThat(pins.log()).containsExactly(LOW);
        daemon.start(LAMP);
        daemon.awaitLast(STATE, "OFF");
        assertThat(pins.log()).containsExactly(HIGH);
    }

    /** What another program, or Pi4J's own provider, leaves behind. */
    @Test
    void lineLeftAsAnInputWithEdges_isTakenOverWithoutAPulse(Guest guest, Pins pins) {
        guest.output("echo %1$d >/sys/class/gpio/export; echo in >%2$s/direction; echo both >%2$s/edge"
                .formatted(LINE, GPIO));
        daemon.start(LAMP);
        daemon.awaitLast(STATE, "OFF");
        assertThat(pins.isOutput(LINE)).isTrue();
        assertThat(pins.isHigh(LINE)).isTrue();
        assertThat(pins.log()).isEmpty();
    }

    @Test
    void killed_andLeftAsAnInputWithEdges_nextStartShowsNoPulse(Guest guest, Pins pins) {
        daemon.start(LAMP);
        daemon.kill();
        guest.output("echo in >%1$s/direction; echo both >%1$s/edge".formatted(GPIO));
        daemon.start(LAMP);
        daemon.awaitLast(STATE, "OFF");
        assertThat(pins.isOutput(LINE)).isTrue();
        assertThat(pins.log()).isEmpty();
    }

    @Test
    void lineLeftInverted_isDrivenByItsPhysicalLevel(Guest guest, Pins pins) {
        guest.output("echo %1$d >/sys/class/gpio/export; echo high >%2$s/direction; echo 1 >%2$s/active_low"
                .formatted(LINE, GPIO));
        daemon.start(LAMP);
        daemon.awaitLast(STATE, "OFF");
        assertThat(pins.log()).isEmpty();
        daemon.publish(STATE + "/set", "ON");
        daemon.awaitLast(STATE, "ON");
        assertThat(pins.log()).containsExactly(LOW);
    }

    @Test
    void pulse_endsByItself_andOneThatRunsEndsAtTheStop(Pins pins) {
        daemon.start(LAMP);
        daemon.publish(STATE + "/set", "{\"state\":\"ON\",\"for\":\"300 ms\"}");
        daemon.awaitLast(STATE, "ON");
        daemon.awaitLast(STATE, "OFF");
        assertThat(pins.log()).containsExactly(LOW, HIGH);

        daemon.publish(STATE + "/set", "{\"state\":\"ON\",\"for\":\"1 h\"}");
        daemon.awaitLast(STATE, "ON");
        daemon.stop();
        assertThat(pins.log()).containsExactly(LOW, HIGH);
    }

    /** The LED of a device tree overlay keeps its level, and the output comes when the driver has gone. */
    @Test
    void lineThatADriverHolds_isOneError_untilTheDriverHasGone(Guest guest, Pins pins) {
        guest.output("echo 1 >/sys/class/leds/overlay:claimed/brightness");
        daemon.start("outputs { lamp { pin = 11, active-low = true }, pump { pin = 18 } }");
        daemon.awaitLast("walnutpi/b/pump/status", "offline");
        assertThat(daemon.seen().last("walnutpi/b/pump/alert"))
                .startsWith("PC14 (header 18) cannot be opened: another driver or program holds it");
        daemon.publish(STATE + "/set", "ON");
        daemon.awaitLast(STATE, "ON");
        assertThat(pins.isHigh(Board.PC14_CLAIMED)).as("the driver's level").isTrue();
        assertThat(pins.isHigh(LINE)).isFalse();
        assertThat(daemon.log().lines().filter(line -> line.contains("WARN") || line.contains("ERROR")))
                .hasSize(1);

        guest.output("echo overlay-leds >/sys/bus/platform/drivers/leds-gpio/unbind");
        try {
            daemon.awaitLast("walnutpi/b/pump", "OFF");
            assertThat(pins.isHigh(Board.PC14_CLAIMED)).isFalse();
            daemon.publish("walnutpi/b/pump/set", "ON");
            daemon.awaitLast("walnutpi/b/pump", "ON");
            assertThat(pins.isHigh(Board.PC14_CLAIMED)).as("the pump's level").isTrue();
        } finally {
            daemon.stop();
            guest.run("echo %1$d >/sys/class/gpio/unexport".formatted(Board.PC14_CLAIMED));
            guest.output("echo overlay-leds >/sys/bus/platform/drivers/leds-gpio/bind");
        }
    }

    /** Holds a line of the main controller, as a program that uses the GPIO character device does. */
    private static final String HOLD = """
            setsid /usr/bin/python3 - >/dev/null 2>&1 <<'PY' &
            import fcntl, glob, struct, time
            for chip in glob.glob("/dev/gpiochip*"):
                with open(chip) as controller:
                    info = fcntl.ioctl(controller, 0x8044b401, bytes(68))    # GPIO_GET_CHIPINFO_IOCTL
                    if info[32:64].startswith(b"300b000.pinctrl"):
                        # GPIO_GET_LINEHANDLE_IOCTL, as an input
                        held = fcntl.ioctl(controller, 0xc16cb403, struct.pack("<64II64s32sIi",
                            *([LINE] + [0] * 63), 1, bytes(64), b"somebody", 1, 0))
            open("/tmp/held", "w").close()
            time.sleep(3600)
            PY
            echo $! >/tmp/holder
            while [ ! -e /tmp/held ]; do sleep 0.1; done
            rm /tmp/held
            """;

    @Test
    void lineThatAnotherProgramHolds_isOneError_andHarmsNothingElse(Guest guest, Pins pins) {
        guest.output(HOLD.replace("LINE", String.valueOf(Board.PC11)));
        try {
            daemon.start("outputs { lamp { pin = 11, active-low = true }, pump { pin = 13 } }");
            daemon.awaitLast("walnutpi/b/pump/status", "offline");
            daemon.publish("walnutpi/b/pump/set", "ON");
            daemon.publish(STATE + "/set", "ON");
            daemon.awaitLast(STATE, "ON");
            assertThat(pins.isHigh(LINE)).isFalse();
            assertThat(daemon.seen().last("walnutpi/b/pump/alert")).contains("PC11");
            assertThat(daemon.seen().messages("walnutpi/b/pump"))
                    .as("a state that is not known")
                    .isEmpty();
            assertThat(daemon.seen().messages("walnutpi/b/command/result"))
                    .anyMatch(answer -> answer.contains("\"pump\"") && answer.contains("error"));
            assertThat(daemon.log().lines().filter(line -> line.contains("WARN") || line.contains("ERROR")))
                    .hasSize(1);
        } finally {
            guest.output("kill $(cat /tmp/holder)");
        }
        daemon.awaitLast("walnutpi/b/pump/status", "online");
        daemon.awaitLast("walnutpi/b/pump", "OFF");
    }

    @Test
    void ledsPin_isRefusedByTheConfig(Guest guest) {
        daemon.launch("outputs { led { pin = PC13 }, lamp { pin = 11, active-low = true } }");
        guest.await("! kill -0 $(cat /tmp/daemon/pid) 2>/dev/null");
        assertThat(daemon.log()).contains("PC13", "gpio-leds").contains("1 mistake; nothing was started");
    }
}
