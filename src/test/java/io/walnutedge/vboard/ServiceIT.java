package io.walnutedge.vboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import io.walnutedge.testkit.Command;
import io.walnutedge.testkit.Mosquitto;
import io.walnutedge.testkit.Subscriber;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
    private static final String NEWS = "walnutpi/service/status/config";

    private static final String DROP_IN = "/run/systemd/system/walnut-edge.service.d";
    private static final String PARTS = "/etc/walnut-edge/conf.d/";
    private static final String CREDENTIALS = "/etc/walnut-edge/credentials";
    private static final String SECRET = "geheim-4711";
    private static final String SHIPPED = "/root/application.conf";
    /** Behind the 1-Wire bridge. */
    private static final String THERMOMETER = "28-0316a2795bff";
    /** A sample each second, and a busy machine. */
    private static final Duration NO_GAP = Duration.ofMillis(2500);

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
        guest.output("cp /etc/walnut-edge/application.conf " + SHIPPED);
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
        guest.output("rm -rf " + DROP_IN + " " + PARTS + "*.conf " + CREDENTIALS + "/*; systemctl daemon-reload");
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

    /** hwmon, IIO and 1-Wire through the kernel's drivers, as the service's own user, to whom the I2C bus is open. */
    @Test
    void kernelSensors_arriveAtTheBroker_andTheBusIsTheUsers() {
        board.chips().temperature(Board.LM75, 21.5);
        board.chips().temperature(Board.BMP280, -12.5);
        board.chips().setOneWire(Board.DS2482, "a", "temp", 23.5);
        part("10-sensors", """
            sensors {
              shed { type = hwmon, chip = lm75, device = 1-0048, every = 1 s, decimals = 1 }
              chip { type = lm75, bus = 1, address = 0x48, every = 1 s, decimals = 1 }
              air { type = iio, device = bmp280, channel = temp, every = 1 s, decimals = 1 }
              tank { type = ds18b20, id = "%s", every = 1 s }
            }
            """.formatted(THERMOMETER));
        try (KernelDriver lm75 = guest.bind("lm75", Board.LM75);
                KernelDriver bmp280 = guest.bind("bmp280", Board.BMP280)) {
            assertThat(lm75.read("name")).isEqualTo("lm75");
            assertThat(bmp280.read("name")).isEqualTo("bmp280");
            awaitOnline("systemctl restart walnut-edge");

            awaitLast("walnutpi/service/shed/temperature", "21.5");
            awaitLast("walnutpi/service/chip/temperature", "21.5");
            awaitLast("walnutpi/service/air/temperature", "-12.5");
            awaitLast("walnutpi/service/tank/temperature", "23.50");
            assertThat(guest.output("stat -c %U:%G:%a /dev/i2c-1")).isEqualTo("root:i2c:660");
            assertThat(guest.output("stat -c %U /proc/" + mainPid())).isEqualTo("walnut-edge");
        }
    }

    /** systemd gives the service no LANG; names of files, the client id and all topics are Chinese. */
    @Test
    void chineseExample_runsWithoutALocale() {
        board.chips().temperature(Board.CPU_LM75, 61.5);
        board.chips().setOneWire(Board.DS2482, "a", "temp", 23.5);
        try (Subscriber chinese = Subscriber.start(broker, "农场：一号／温室/#")) {
            // its own broker is on the board; the later file's wins. This board has two thermometers, the example one
            guest.output("""
                mkdir -p %1$s
                printf '[Service]\\nUnsetEnvironment=LANG LANGUAGE LC_CTYPE\\n' >%1$s/locale.conf
                systemctl daemon-reload
                echo '# 都在 conf.d' >/etc/walnut-edge/application.conf
                sed 's/type = ds18b20,/type = ds18b20, id = "%5$s",/' %2$s >%3$s温室.conf
                echo 'mqtt.broker = "tcp://10.0.2.2:%4$d"' >%3$s网络.conf
                echo 水位：42.5 >/run/温室／水位.txt
                systemctl restart walnut-edge
                """.formatted(
                    DROP_IN, Guest.path(Path.of("config/examples/温室.conf")), PARTS, broker.port(), THERMOMETER));

            awaitLast(chinese, "农场：一号／温室/状态", "online");
            awaitLast(chinese, "农场：一号／温室/水温（℃）", "23.5");
            awaitLast(chinese, "农场：一号／温室/主板·温度", "61.5");
            awaitLast(chinese, "农场：一号／温室/水位，厘米", "42.5");
            Subscriber.publish(broker, "农场：一号／温室/补光灯“东”/set", "ON");
            awaitLast(chinese, "农场：一号／温室/补光灯“东”", "ON");
            awaitHigh(false);
            guest.output("systemctl reload walnut-edge");
            await("the reload")
                    .atMost(LIMIT)
                    .until(() -> chinese.last("农场：一号／温室/状态/config").contains("\"status\":\"ok\""));

            assertThat(guest.output("tr '\\0' '\\n' </proc/" + mainPid() + "/environ | grep -E '^(LANG|LC_)'"))
                    .isEqualTo("LC_ALL=C.UTF-8");
            assertThat(guest.output("env -i PATH=$PATH walnut-edge check; env -i PATH=$PATH walnut-edge status"))
                    .contains(PARTS + "温室.conf", "农场：一号／温室/水位，厘米", "℃", "厘米");
            assertThat(guest.output("journalctl -q -o cat -n 50 -u walnut-edge"))
                    .doesNotContain("Exception", "???");
        }
    }

    private static void awaitLast(Subscriber subscriber, String topic, String payload) {
        await(topic + " " + payload)
                .atMost(LIMIT)
                .until(() -> subscriber.last(topic).equals(payload));
    }

    /** The new sensor stands in a file of its own; the line keeps its level, the other sensor its ticks and its numbers. */
    @Test
    void reload_addsASensor_withoutAGapInTheOthers() throws Exception {
        part("00-format", "mqtt { format = json }");
        awaitOnline("systemctl restart walnut-edge");
        lampOn();
        String pid = mainPid();
        int before = seen.messages(TEMPERATURE).size();
        await("readings").atMost(LIMIT).until(() -> seen.messages(TEMPERATURE).size() > before + 3);
        pins.log();

        part("20-tank", "sensors { tank { type = ds18b20, id = \"" + THERMOMETER + "\", every = 1 s } }");
        guest.output("systemctl reload walnut-edge");

        await("the new one")
                .atMost(LIMIT)
                .until(() -> seen.last("walnutpi/service/tank/temperature").startsWith("{"));
        assertThat(seen.last(NEWS)).contains("\"status\":\"ok\"", "\"added\":[\"tank\"]");
        int then = seen.messages(TEMPERATURE).size();
        await("readings").atMost(LIMIT).until(() -> seen.messages(TEMPERATURE).size() > then + 3);
        assertWithoutGap(seen.messages(TEMPERATURE)
                .subList(before, seen.messages(TEMPERATURE).size()));
        assertThat(pins.log()).as("the line was not touched").isEmpty();
        assertThat(mainPid()).isEqualTo(pid);
    }

    private static void assertWithoutGap(List<String> readings) throws Exception {
        for (int i = 1; i < readings.size(); i++) {
            JsonObject one = JsonParser.object().from(readings.get(i - 1));
            JsonObject next = JsonParser.object().from(readings.get(i));
            assertThat(next.getLong("seq")).as("behind " + one).isEqualTo(one.getLong("seq") + 1);
            assertThat(Duration.between(Instant.parse(one.getString("time")), Instant.parse(next.getString("time"))))
                    .as("behind " + one)
                    .isLessThan(NO_GAP);
        }
    }

    @Test
    void reload_ofAMistake_isRefusedWithItsFileAndLine_andAllGoesOn() {
        part("20-tank", "sensors {\n tank { type = ds18b21 }\n}");
        guest.output("systemctl reload walnut-edge");

        await("the mistake")
                .atMost(LIMIT)
                .until(() -> seen.last(NEWS).contains("conf.d/20-tank.conf:2: sensors.tank.type"));
        assertThat(seen.last(NEWS)).contains("\"status\":\"error\"");
        int before = seen.messages(TEMPERATURE).size();
        await("readings").atMost(LIMIT).until(() -> seen.messages(TEMPERATURE).size() > before);
    }

    /** The shipped configuration, and a broker that wants a login: one line. */
    @Test
    void login_isOneFile_thatOnlyRootCanRead() throws Exception {
        Path passwords = directory.resolve("passwords");
        Command.output("mosquitto_passwd", "-b", "-c", passwords.toString(), "pi", SECRET);
        try (Mosquitto closed = Mosquitto.start(directory, "allow_anonymous false", "password_file " + passwords)) {
            guest.output("cp " + SHIPPED + " /etc/walnut-edge/application.conf");
            part("broker", "mqtt { broker = \"tcp://10.0.2.2:%d\" }".formatted(closed.port()));
            guest.output("systemctl restart walnut-edge");
            await("the refusal").atMost(LIMIT).until(() -> show("StatusText").contains("not authorized"));

            guest.output("echo pi:" + SECRET + " >" + CREDENTIALS + "/mqtt-login; systemctl restart walnut-edge");
            awaitConnected(closed);
            assertThat(guest.output("walnut-edge sub -v -n 1 'walnutpi/walnutpi/board/load1' 2>/dev/null"))
                    .as("typed by root, without more")
                    .startsWith("walnutpi/walnutpi/board/load1 ");
            assertThat(guest.output("cat /proc/" + mainPid() + "/cmdline /proc/" + mainPid() + "/environ"
                            + " | tr '\\0' ' '; journalctl -q -o cat -u walnut-edge; systemctl show walnut-edge;"
                            + " walnut-edge check"))
                    .contains("as pi with a password")
                    .doesNotContain(SECRET);
            assertThat(guest.output("runuser -u walnut-edge -- walnut-edge check"))
                    .as("by anybody else, even the service's own user")
                    .contains("a login in " + CREDENTIALS + " is not seen here")
                    .doesNotContain("as pi");
        }
    }

    @Test
    void directoryOfCredentials_thatIsNotThere_isNoError() {
        guest.output("rmdir " + CREDENTIALS);
        try {
            awaitOnline("systemctl restart walnut-edge");
        } finally {
            guest.output("install -d -m 700 " + CREDENTIALS);
        }
    }

    private static void awaitConnected(Mosquitto other) {
        await("connected")
                .atMost(LIMIT)
                .until(() -> show("StatusText").contains("connected to tcp://10.0.2.2:" + other.port()));
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
        hurryWatchdog();
        awaitOnline("systemctl restart walnut-edge");
        lampOn();
        String hung = mainPid();
        guest.output("kill -STOP " + hung);

        awaitShown("NRestarts", "1");
        awaitShown("ActiveState", "active");
        assertThat(mainPid()).isNotEqualTo(hung);
        assertThat(pins.isHigh(LINE)).as("its initial state: off").isTrue();
        assertThat(guest.output("journalctl -o cat -u walnut-edge")).contains("Watchdog timeout");
    }

    /** One loop of several: a write to the line never returns, as if the kernel hung in it; readings go on meanwhile. */
    @Test
    void hungLoop_isKilledByTheWatchdogAndRestarted() {
        hurryWatchdog();
        awaitOnline("systemctl restart walnut-edge");
        lampOn();
        String hung = mainPid();
        // only in the file systems that this process sees; opening a fifo waits for a reader (fifo(7)), who never comes
        guest.output("""
            rm -f /run/hang; mkfifo -m 666 /run/hang
            nsenter --mount --target %s mount --bind /run/hang "$(readlink -f /sys/class/gpio/gpio%d/value)"
            """.formatted(hung, LINE));
        int before = seen.messages(TEMPERATURE).size();
        long online = onlines();
        Subscriber.publish(broker, LAMP, "OFF");

        await("readings").atMost(LIMIT).until(() -> seen.messages(TEMPERATURE).size() > before + 3);
        assertThat(mainPid()).as("not killed yet").isEqualTo(hung);
        awaitShown("NRestarts", "1");
        await("online").atMost(LIMIT).until(() -> onlines() > online);
        assertThat(mainPid()).isNotEqualTo(hung);
        assertThat(pins.isHigh(LINE)).as("its initial state: off").isTrue();
        assertThat(guest.output("journalctl -o cat -u walnut-edge | tail -n 500"))
                .contains("a loop makes no progress; the watchdog is not fed")
                .contains("Watchdog timeout");
        lampOn();
    }

    /** Through the kernel's pwm-pca9685; udev has given its files to the group of the service's user. */
    @Test
    void pwm_isTheServicesToSet() {
        part("fan", "outputs { fan { type = pwm, channel = 1, frequency = 1000 } }");
        try (KernelDriver pca9685 = guest.bind("pca9685", Board.PCA9685)) {
            assertThat(pca9685.read("name")).isEqualTo("pca9685");
            awaitOnline("systemctl restart walnut-edge");
            // the daemon may be there before udev has given it the files
            awaitLast("walnutpi/service/fan/status", "online");
            Subscriber.publish(broker, "walnutpi/service/fan/set", "40");
            awaitLast("walnutpi/service/fan/level", "40");
            assertThat(guest.output("stat -c %G:%a /sys/class/pwm/pwmchip0/pwm1/duty_cycle"))
                    .isEqualTo("gpio:664");
            guest.output("systemctl stop walnut-edge");
        }
    }

    @Test
    void restart_isDoneByCommand_andIsNoFailure() {
        String before = mainPid();
        String failures = failures();
        long online = onlines();

        Subscriber.publish(broker, "walnutpi/service/command", "restart");

        awaitShown("NRestarts", "1");
        await("online").atMost(LIMIT).until(() -> onlines() > online);
        assertThat(mainPid()).isNotEqualTo(before);
        assertThat(failures()).isEqualTo(failures);
    }

    private static String failures() {
        return guest.output("journalctl -q -o cat -u walnut-edge | grep -c 'Failed with result' || true");
    }

    private static void hurryWatchdog() {
        guest.output("""
            mkdir -p %s
            printf '[Service]\\nWatchdogSec=5\\n' >%1$s/watchdog.conf
            systemctl daemon-reload
            """.formatted(DROP_IN));
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
        part("site", "log { level = debug }");
        guest.output("echo pi:pi >" + CREDENTIALS + "/mqtt-login");
        guest.output("dpkg --purge walnut-edge");

        assertThat(guest.output("find / -xdev -name '*walnut-edge*'")).isEmpty();
        assertThat(guest.output("cat /etc/passwd /etc/group")).doesNotContain("walnut-edge");
        assertThat(guest.output("systemctl list-units --all 'walnut-edge*' --plain --no-legend"))
                .isEmpty();
    }

    /** A file of {@code conf.d}. */
    private static void part(String name, String text) {
        guest.output("cat >" + PARTS + name + ".conf <<'CONF'\n" + text + "\nCONF");
    }

    private static void lampOn() {
        Subscriber.publish(broker, LAMP, "ON");
        awaitHigh(false);
    }

    private static void awaitHigh(boolean high) {
        await().atMost(LIMIT).until(() -> pins.isHigh(LINE) == high);
    }

    private static void awaitLast(String topic, String payload) {
        awaitLast(seen, topic, payload);
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
