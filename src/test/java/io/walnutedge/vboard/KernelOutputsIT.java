package io.walnutedge.vboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The kernel's own drivers on the chips whose lines are outputs: it finds in them what {@link ChipOutputsIT} has our
 * drivers find. And its PWM files, with a PCA9685 behind them, under an output of the daemon. This kernel driver does not
 * hand on that its chip does not answer, so that a PWM chip that is unplugged is not tested here.
 */
@Tag("board-uml")
@ExtendWith(SharedBoard.class)
class KernelOutputsIT {
    private static final String PWM = "/sys/class/pwm/pwmchip0";
    private static final String FAN = "outputs { fan { type = pwm, channel = 1, frequency = 1000, on-stop = off } }";
    private static final String STATE = "walnutpi/b/fan";

    @TempDir
    Path directory;

    @BeforeEach
    @AfterEach
    void reset(Chips chips) {
        chips.set(Board.MCP23017, "reset", true);
        chips.set(Board.PCA9685, "reset", true);
    }

    private static double duty(Chips chips, int channel) {
        return ((Number) chips.state(Board.PCA9685).getArray("duty").get(channel)).doubleValue();
    }

    /** The controller that a driver made, and one line of it high. */
    private static void high(Guest guest, int address, int line, int lines) {
        guest.output("""
                cd /sys/bus/i2c/devices/1-%1$04x
                base=$(cat gpio/gpiochip*/base)
                test "$(cat gpio/gpiochip*/ngpio)" = %3$d
                echo $((base + %2$d)) >/sys/class/gpio/export
                echo high >/sys/class/gpio/gpio$((base + %2$d))/direction
                """.formatted(address, line, lines));
    }

    private static void low(Guest guest, int address, int line) {
        guest.output("""
                base=$(cat /sys/bus/i2c/devices/1-%1$04x/gpio/gpiochip*/base)
                echo 0 >/sys/class/gpio/gpio$((base + %2$d))/value
                echo $((base + %2$d)) >/sys/class/gpio/unexport
                """.formatted(address, line));
    }

    @Test
    void mcp23017_ofTheKernel(Guest guest, Chips chips) {
        chips.set(Board.MCP23017, "ext", 0);
        try (KernelDriver mcp = guest.bind("mcp23017", Board.MCP23017)) {
            assertThat(mcp.read("name")).isEqualTo("mcp23017");
            high(guest, Board.MCP23017, 9, 16);
            assertThat(chips.state(Board.MCP23017).getInt("levels")).isEqualTo(1 << 9);
            assertThat(chips.state(Board.MCP23017).getInt("inputs")).isEqualTo(0xfdff);
            low(guest, Board.MCP23017, 9);
            assertThat(chips.state(Board.MCP23017).getInt("levels")).isZero();
        } finally {
            chips.set(Board.MCP23017, "ext", 0xffff);
        }
    }

    @Test
    void pcf8574_ofTheKernel(Guest guest, Chips chips) {
        try (KernelDriver pcf = guest.bind("pcf8574", Board.PCF8574)) {
            assertThat(pcf.read("name")).isEqualTo("pcf8574");
            high(guest, Board.PCF8574, 3, 8);
            assertThat(chips.state(Board.PCF8574).getInt("latch") & 8).isEqualTo(8);
            low(guest, Board.PCF8574, 3);
            assertThat(chips.state(Board.PCF8574).getInt("latch") & 8).isZero();
        }
    }

    /** What systemd runs when the daemon was killed. Its list here is as {@code OnStopFile} writes it. */
    @Test
    void onStop_writesToChipsAndFiles(Guest guest, Chips chips) {
        guest.output("""
                mkdir -p /tmp/run; echo before >/tmp/run/direction
                printf '/tmp/run/direction\\tlow\\ni2c\\t1 0x21 0x00 0x00 0x00\\ni2c\\t1 0x21 0x14 0x02 0x80\\n' >/tmp/run/on-stop
                printf 'i2c\\t1 0x20 0xf7\\n' >>/tmp/run/on-stop
                RUNTIME_DIRECTORY=/tmp/run %s
                """.formatted(Guest.path(Path.of("deploy/on-stop"))));
        assertThat(guest.read("/tmp/run/direction")).isEqualTo("low");
        assertThat(chips.state(Board.MCP23017).getInt("levels")).isEqualTo(0x8002);
        assertThat(chips.state(Board.PCF8574).getInt("latch")).isEqualTo(0xf7);
        try (KernelDriver pcf = guest.bind("pcf8574", Board.PCF8574)) {
            assertThat(pcf.read("name")).isEqualTo("pcf8574");
            guest.run("printf 'i2c\\t1 0x20 0xff\\n' >/tmp/run/on-stop; RUNTIME_DIRECTORY=/tmp/run "
                    + Guest.path(Path.of("deploy/on-stop")));
            assertThat(chips.state(Board.PCF8574).getInt("latch"))
                    .as("what a driver holds is left alone")
                    .isEqualTo(0xf7);
        }
    }

    @Test
    void pwm_isWhatItsFilesSay_fromTheStartToTheStop(Guest guest, Chips chips) {
        try (KernelDriver pca = guest.bind("pca9685", Board.PCA9685);
                DaemonOnBoard daemon = new DaemonOnBoard(guest, directory)) {
            assertThat(pca.read("pwm/pwmchip0/npwm")).isEqualTo("17"); // the last is all of them
            daemon.start(FAN);
            daemon.awaitLast(STATE, "OFF");
            assertThat(duty(chips, 1)).isZero();
            daemon.publish(STATE + "/set", "40");
            daemon.awaitLast(STATE + "/level", "40");
            assertThat(duty(chips, 1)).isCloseTo(0.4, within(0.001));
            assertThat(chips.state(Board.PCA9685).getDouble("hertz")).isCloseTo(1000, within(100.0));
            assertThat(guest.read(PWM + "/pwm1/duty_cycle")).isEqualTo("400000");
            daemon.publish(STATE + "/set", "ON");
            daemon.awaitLast(STATE + "/level", "100");
            assertThat(duty(chips, 1)).isEqualTo(1);
            daemon.stop();
            assertThat(duty(chips, 1)).isZero();
            assertThat(guest.read(PWM + "/pwm1/period")).isEqualTo("1000000");
            assertThat(daemon.log()).doesNotContain("ERROR", "WARN");
        }
    }

    /** Channel 5 of the board's own controller clocks its Ethernet. */
    @Test
    void pwm_channel5_isRefused(Guest guest, Chips chips) {
        try (KernelDriver pca = guest.bind("pca9685", Board.PCA9685);
                DaemonOnBoard daemon = new DaemonOnBoard(guest, directory)) {
            assertThat(pca.read("pwm/pwmchip0/npwm")).isEqualTo("17"); // the last is all of them
            daemon.start("outputs { fan { type = pwm, channel = 5 } }");
            daemon.awaitAlert(STATE + "/alert", "clocks the Ethernet of this board");
            assertThat(guest.run("test -e " + PWM + "/pwm5").status()).isEqualTo(1);
        }
    }
}
