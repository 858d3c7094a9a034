package io.walnutedge.vboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walnutedge.testkit.Command;
import io.walnutedge.testkit.Mosquitto;
import io.walnutedge.testkit.Subscriber;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The service, as its package puts it into a fresh Debian 12, run by its systemd; the broker is outside. */
@Tag("board-uml")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ServiceIT {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    /** Some 5 s on a machine of its own. */
    private static final Duration INSTALL = Duration.ofMinutes(5);
    /** More than twice the unit's RestartSec. */
    private static final Duration NO_RESTART = Duration.ofSeconds(5);
    /** Position 11 of the header, whose output is active-low. */
    private static final int LINE = Board.PC9;

    private static final String STATUS = "walnutpi/service/status";
    private static final String TEMPERATURE = "walnutpi/service/cpu/temperature";
    private static final String LAMP = "walnutpi/service/lamp/set";

    @TempDir
    private static Path directory;

    private static VirtualBoard board;
    private static Guest guest;
    private static Pins pins;
    private static Mosquitto broker;
    private static Subscriber seen;

    @BeforeAll
    static void install() throws Exception {
        broker = Mosquitto.start(directory);
        seen = Subscriber.start(broker, "walnutpi/service/#");
        board = VirtualBoard.startDebian();
        guest = board.guest();
        pins = board.pins();
        // the line is the world's until somebody takes it; a relay that switches at low level is off
        pins.drive(LINE, true);

        String[] built = Command.output("deploy/package.sh").strip().split("\n", -1);
        // Java is started twice in it, once to load all classes
        Guest.Result installed =
                guest.run("dpkg -i " + Guest.path(Path.of(built[built.length - 1])) + " 2>&1", INSTALL);
        String said = installed.output();

        assertThat(installed.status()).as(said).isZero();
        assertThat(said).contains("Setting up walnut-edge").doesNotContain("class image could be made");
        assertThat(guest.output("ls /usr/lib/walnut-edge")).contains("classes.jsa", "native");
        assertThat(guest.output("systemctl is-active walnut-edge; systemctl is-enabled walnut-edge"))
                .as("with the shipped configuration, whose broker is not there")
                .isEqualTo("active\nenabled");
    }

    @AfterAll
    static void close() throws Exception {
        board.close();
        seen.close();
        broker.close();
    }

    /** A first start: nothing is exported, and the files of the line are root's until udev gives them away. */
    @BeforeEach
    void start() {
        guest.output("systemctl stop walnut-edge; systemctl reset-failed walnut-edge");
        guest.run("echo " + LINE + " >/sys/class/gpio/unexport");
        configure("true");
        awaitOnline("systemctl start walnut-edge");
    }

    /** Waits until a script has brought the daemon to the broker. */
    private static void awaitOnline(String script) {
        long before = onlines();
        guest.output(script);
        await("online").atMost(LIMIT).until(() -> onlines() > before);
    }

    private static long onlines() {
        return seen.messages(STATUS).stream().filter("online"::equals).count();
    }

    private static void configure(String activeLow) {
        guest.output("""
                cat >/etc/walnut-edge/application.conf <<'CONF'
                device { id = service }
                mqtt { broker = "tcp://10.0.2.2:%d" }
                sensors { cpu { type = thermal, zone = cpu-thermal, every = 1 s, decimals = 1 } }
                outputs { lamp { pin = 11, active-low = %s, initial = off, on-stop = on } }
                CONF
                """.formatted(broker.port(), activeLow));
    }

    @Test
    void service_isActiveOnlyWhenItIsReady() {
        guest.output("systemctl stop walnut-edge; systemctl start --no-block walnut-edge");
        guest.await("[ \"$(systemctl show -p MainPID --value walnut-edge)\" != 0 ]");
        guest.output("kill -STOP " + mainPid());

        await().during(Duration.ofSeconds(3))
                .atMost(LIMIT)
                .until(() -> show("ActiveState").equals("activating"));
        guest.output("kill -CONT " + mainPid());

        awaitShown("ActiveState", "active");
        assertThat(show("StatusText")).contains("tcp://10.0.2.2:" + broker.port());
    }

    @Test
    void process_runsAsItsOwnUser_whichUdevLetsUseTheLine() {
        assertThat(guest.output("stat -c %U:%G /proc/" + mainPid())).isEqualTo("walnut-edge:walnut-edge");
        assertThat(guest.output("stat -c %U:%G:%a /sys/class/gpio/gpio" + LINE + "/{value,direction}"))
                .isEqualTo("root:gpio:664\nroot:gpio:664");
        assertThat(pins.isOutput(LINE)).isTrue();
        assertThat(journal("warning")).as("no file was closed to it").isEmpty();
    }

    @Test
    void readings_arriveAtTheBroker() {
        board.chips().temperature(Board.CPU_LM75, 61.5);
        awaitLast(TEMPERATURE, "61.5");
        board.chips().temperature(Board.CPU_LM75, 62.5);
        awaitLast(TEMPERATURE, "62.5");
    }

    @Test
    void command_drivesTheLine() {
        assertThat(pins.isHigh(LINE)).isTrue();
        lampOn();
        Subscriber.publish(broker, LAMP, "OFF");
        awaitHigh(true);
    }

    @Test
    void hungProcess_isKilledByTheWatchdogAndRestarted() {
        String dropIn = "/run/systemd/system/walnut-edge.service.d";
        guest.output("""
                mkdir -p %s
                printf '[Service]\\nWatchdogSec=5\\n' >%1$s/watchdog.conf
                systemctl daemon-reload
                """.formatted(dropIn));
        try {
            awaitOnline("systemctl restart walnut-edge");
            lampOn();
            String hung = mainPid();
            guest.output("kill -STOP " + hung);

            awaitShown("NRestarts", "1");
            awaitShown("ActiveState", "active");
            assertThat(mainPid()).isNotEqualTo(hung);
            assertThat(pins.isHigh(LINE)).as("its initial state: off").isTrue();
            assertThat(guest.output("journalctl -o cat -u walnut-edge")).contains("Watchdog timeout");
        } finally {
            guest.output("rm -r " + dropIn + "; systemctl daemon-reload");
        }
    }

    /** Lit is low, off is high; on-stop is on, initial is off. */
    @Test
    void killedProcess_leavesTheOutputInItsStateOnStop_andIsRestartedWithItAtInitial() {
        Subscriber.publish(broker, LAMP, "OFF");
        awaitHigh(true);
        pins.log();

        awaitOnline("kill -KILL " + mainPid());

        awaitShown("NRestarts", "1");
        awaitShown("ActiveState", "active");
        assertThat(pins.isHigh(LINE)).as("its initial state: off").isTrue();
        assertThat(pins.log())
                .as("on-stop at once, initial with the restart, each in one step")
                .containsExactly(new Pins.Change(LINE, false), new Pins.Change(LINE, true));
        printTimeOfOnStop();
        lampOn();
    }

    /** From "Main process exited" to the end of ExecStopPost=, by systemd's own clock. */
    private void printTimeOfOnStop() {
        String journal = guest.output("journalctl -o short-monotonic -u walnut-edge");
        double exited = seconds(journal, "Main process exited, code=killed, status=9");
        double done = seconds(journal, "Failed with result 'signal'");
        System.out.printf("ExecStopPost= was over %.0f ms after the process was found dead%n", (done - exited) * 1000);
        assertThat(done).isGreaterThan(exited);
    }

    private static double seconds(String journal, String words) {
        String line = journal.lines()
                .filter(each -> each.contains(words))
                .reduce((first, second) -> second)
                .orElseThrow(() -> new AssertionError(words + " is not in the journal"));
        return Double.parseDouble(
                line.substring(line.indexOf('[') + 1, line.indexOf(']')).strip());
    }

    @Test
    void stop_leavesTheOutputAsConfigured_andSaysOffline() {
        guest.output("systemctl stop walnut-edge");

        assertThat(pins.isOutput(LINE)).isTrue();
        assertThat(pins.isHigh(LINE)).as("on-stop: on").isFalse();
        awaitLast(STATUS, "offline");
        assertThat(show("ExecMainStatus")).isEqualTo("143");
        assertThat(show("ActiveState")).isEqualTo("inactive");
        assertThat(show("Result")).isEqualTo("success");
    }

    @Test
    void badConfiguration_failsAndIsNotTriedAgain() {
        guest.output("systemctl stop walnut-edge");
        configure("perhaps");

        assertThat(guest.run("systemctl start walnut-edge").status()).isNotZero();

        assertThat(show("ExecMainStatus")).isEqualTo("78");
        await().during(NO_RESTART)
                .atMost(LIMIT)
                .until(() -> show("ActiveState").equals("failed")
                        && show("NRestarts").equals("0"));
        assertThat(journal("err")).contains("application.conf:4:");
    }

    /** The last one: it takes away what the others need. */
    @Test
    @Order(Integer.MAX_VALUE)
    void purge_leavesNothing() {
        guest.output("dpkg --purge walnut-edge");

        assertThat(guest.output("find / -xdev -name '*walnut-edge*'")).isEmpty();
        assertThat(guest.output("cat /etc/passwd /etc/group")).doesNotContain("walnut-edge");
        assertThat(guest.output("systemctl list-units --all 'walnut-edge*' --plain --no-legend"))
                .isEmpty();
    }

    private static void lampOn() {
        Subscriber.publish(broker, LAMP, "ON");
        awaitHigh(false);
    }

    private static void awaitHigh(boolean high) {
        await().atMost(LIMIT).until(() -> pins.isHigh(LINE) == high);
    }

    private static void awaitLast(String topic, String payload) {
        await(topic + " " + payload).atMost(LIMIT).until(() -> seen.last(topic).equals(payload));
    }

    private static void awaitShown(String property, String value) {
        await(property + " " + value).atMost(LIMIT).until(() -> show(property).equals(value));
    }

    private static String mainPid() {
        return show("MainPID");
    }

    private static String show(String property) {
        return guest.output("systemctl show --value -p " + property + " walnut-edge");
    }

    /** What the service said since it was started last, of this priority or a graver one. */
    private static String journal(String priority) {
        return guest.output("journalctl -q -o cat -p " + priority + " _SYSTEMD_INVOCATION_ID=" + show("InvocationID"));
    }
}
