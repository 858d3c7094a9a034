package io.walnutedge.actuator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walnutedge.actuator.Actuator.FileWrite;
import io.walnutedge.hocon.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** PWM channels and LEDs. */
class SysfsOutputsTest extends SysfsRig {
    private Actuator pwm(String hocon, OptionalDouble level) throws ActuatorException {
        return open(plan(new PwmOutput(kernel), hocon), level);
    }

    @Test
    void pwm_isExported_hasPeriodAndDuty_andIsEnabledLast() throws Exception {
        var pwm = pwm("channel = 1, frequency = 1000", OptionalDouble.of(0.25));
        assertThat(writes).containsExactly("export=1", "period=1000000", "duty_cycle=250000", "enable=1");
        pwm.set(0.5);
        assertThat(writes).endsWith("duty_cycle=500000");
        assertThat(pwm.read()).isEqualTo(0.5);
        assertThat(pwm.writes(1).stream()
                        .map(FileWrite.class::cast)
                        .map(write -> write.file().getFileName() + "=" + write.text()))
                .containsExactly("duty_cycle=1000000", "enable=1");
    }

    @Test
    void pwm_withALongerPeriodBefore_neverHasADutyBeyondIt() throws Exception {
        channel(chip().resolve("pwm1"), 20_000_000, 15_000_000, 1);
        pwm("channel = 1, frequency = 1000", OptionalDouble.of(0.1));
        assertThat(writes).containsExactly("duty_cycle=100000", "period=1000000", "duty_cycle=100000");
    }

    @Test
    void pwm_withAShorterPeriodBefore_isPossible() throws Exception {
        channel(chip().resolve("pwm1"), 1_000, 500, 1);
        pwm("channel = 1, frequency = 50", OptionalDouble.of(0.1));
        assertThat(writes).containsExactly("period=20000000", "duty_cycle=2000000");
    }

    @Test
    void pwm_thatIsKept_keepsItsShare() throws Exception {
        channel(chip().resolve("pwm1"), 20_000_000, 5_000_000, 1);
        assertThat(pwm("channel = 1, frequency = 1000", OptionalDouble.empty()).read())
                .isEqualTo(0.25);
        channel(chip().resolve("pwm2"), 20_000_000, 5_000_000, 0);
        assertThat(pwm("channel = 2", OptionalDouble.empty()).read()).isZero();
    }

    @Test
    void pwm_thatWasLeftInversed_isMadeNormal_whileItIsOff() throws Exception {
        channel(chip().resolve("pwm1"), 1_000_000, 250_000, 1);
        Files.writeString(chip().resolve("pwm1/polarity"), "inversed\n");
        var pwm = pwm("channel = 1", OptionalDouble.empty());
        assertThat(writes).containsExactly("enable=0", "polarity=normal", "duty_cycle=750000", "enable=1");
        assertThat(pwm.read()).isEqualTo(0.75);
    }

    @Test
    void pwm_withGamma_isReadBackAsItWasSet() throws Exception {
        var pwm = pwm("channel = 1, gamma = 2.2", OptionalDouble.of(0.5));
        assertThat(writes).contains("duty_cycle=217638");
        assertThat(pwm.read()).isBetween(0.499, 0.501);
    }

    @Test
    void pwm_withoutPermission_waitsAMoment_andSaysWhatToDo() {
        permits = false;
        assertThatThrownBy(() -> pwm("channel = 1", OptionalDouble.of(0))).hasMessageContaining("udev rule");
        assertThat(writes).filteredOn("pause"::equals).hasSize(15);
    }

    @Test
    void pwm_channel5_ofA1B_isRefused_andOnlyThere() throws Exception {
        Files.writeString(root.resolve("proc/device-tree/model"), "walnutpi-1b\0");
        assertThatThrownBy(() -> pwm("channel = 5", OptionalDouble.of(0)))
                .hasMessage("pwmchip0 channel 5 clocks the Ethernet of this board; choose channel 1 to 4");
        assertThat(writes).isEmpty();
        Files.writeString(root.resolve("proc/device-tree/model"), "walnutpi-2b\0");
        pwm("channel = 5", OptionalDouble.of(0));
        assertThat(writes).contains("enable=1");
    }

    @Test
    void pwm_notes_tellOfTheBoardsRules() {
        assertThat(plan(new PwmOutput(kernel), "channel = 5").notes())
                .singleElement()
                .asString()
                .contains("Ethernet");
        assertThat(plan(new PwmOutput(kernel), "channel = 2").notes())
                .singleElement()
                .asString()
                .contains("divider");
        assertThat(plan(new PwmOutput(kernel), "channel = 1").notes()).isEmpty();
    }

    @Test
    void pwm_settings_areChecked() {
        plan(new PwmOutput(kernel), "frequency = 0, gamma = 9");
        plan(new LedOutput(kernel), "led = \"../../etc\"");
        assertThat(problems.list().stream().map(Problem::toString))
                .satisfiesExactlyInAnyOrder(
                        problem -> assertThat(problem).contains("channel", "missing"),
                        problem -> assertThat(problem).contains("frequency", "out of range"),
                        problem -> assertThat(problem).contains("gamma", "out of range"),
                        problem -> assertThat(problem).contains("is no name of an LED"));
    }

    private Path led(String max, String brightness, String trigger) throws IOException {
        var directory = Files.createDirectories(root.resolve("sys/class/leds/green:status"));
        Files.writeString(directory.resolve("max_brightness"), max + "\n");
        Files.writeString(directory.resolve("brightness"), brightness + "\n");
        Files.writeString(directory.resolve("trigger"), trigger + "\n");
        return directory;
    }

    @Test
    void led_losesItsTrigger_andHasItsBrightness() throws Exception {
        led("255", "255", "none [heartbeat] timer");
        var led = open(plan(new LedOutput(kernel), "led = \"green:status\""), OptionalDouble.of(0.5));
        assertThat(writes).containsExactly("trigger=none", "brightness=128");
        assertThat(led.read()).isBetween(0.49, 0.51);
        led.set(1);
        assertThat(writes).endsWith("brightness=255");
    }

    @Test
    void led_thatIsKept_keepsItsBrightness_thoughItLosesItsTrigger() throws Exception {
        led("1", "1", "none [default-on]");
        var led = open(plan(new LedOutput(kernel), "led = \"green:status\""), OptionalDouble.empty());
        assertThat(led.read()).isEqualTo(1);
        assertThat(writes).containsExactly("trigger=none", "brightness=1");
    }

    @Test
    void led_thatIsMissing_isNamed() {
        assertThatThrownBy(() -> open(plan(new LedOutput(kernel), "led = red"), OptionalDouble.of(0)))
                .hasMessageStartingWith("led red: ")
                .hasMessageEndingWith("does not exist");
    }
}
