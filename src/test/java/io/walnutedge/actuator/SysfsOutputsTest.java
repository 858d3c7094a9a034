package io.walnutedge.actuator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walnutedge.actuator.Actuator.FileWrite;
import io.walnutedge.gpio.FakeLines;
import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problem;
import io.walnutedge.hocon.Problems;
import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.files.DeviceFiles;
import io.walnutedge.sensor.files.Roots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PWM channels and LEDs on files, with the kernel's rules for what may be written when. */
class SysfsOutputsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path root;

    private final List<String> writes = new ArrayList<>();
    private final Problems problems = new Problems();
    private boolean permits = true;

    /** Does what the kernel would do, and refuses what it would refuse. */
    private final Attributes kernel = new Attributes() {
        @Override
        public String read(Path attribute) throws IOException {
            return Attributes.KERNEL.read(attribute);
        }

        @Override
        public void write(Path attribute, String text) throws IOException {
            var name = attribute.getFileName().toString();
            writes.add(name + "=" + text);
            switch (name) {
                case "export" -> channel(attribute.resolveSibling("pwm" + text), 0, 0, 0);
                case "period" -> requireAtLeast(Long.parseLong(text), number(attribute.resolveSibling("duty_cycle")));
                case "duty_cycle" -> requireAtLeast(number(attribute.resolveSibling("period")), Long.parseLong(text));
                case "polarity" -> requireAtLeast(0, number(attribute.resolveSibling("enable")));
                case "trigger" -> Attributes.KERNEL.write(attribute.resolveSibling("brightness"), "0");
                default -> {}
            }
            Attributes.KERNEL.write(attribute, name.equals("trigger") ? "[" + text + "] timer" : text);
        }

        @Override
        public boolean isWritable(Path attribute) {
            return permits;
        }

        private void requireAtLeast(long limit, long value) throws IOException {
            if (value > limit) {
                throw new IOException("Invalid argument");
            }
        }

        private long number(Path attribute) throws IOException {
            return Long.parseLong(read(attribute));
        }
    };

    private final Hardware hardware = new Hardware() {
        @Override
        public <T> T access(Class<T> kind) {
            return Hardware.pick(
                    kind, new DeviceFiles(new Roots(root.resolve("sys"), root.resolve("proc"), root.resolve("dev"))));
        }

        @Override
        public void pause(Duration duration) {
            writes.add("pause");
        }
    };

    @BeforeEach
    void makeFiles() throws IOException {
        Files.createDirectories(chip());
        Files.createDirectories(root.resolve("proc/device-tree"));
        Files.createFile(chip().resolve("export"));
    }

    private Path chip() {
        return root.resolve("sys/class/pwm/pwmchip0");
    }

    private void channel(Path directory, long period, long duty, int enable) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("period"), period + "\n");
        Files.writeString(directory.resolve("duty_cycle"), duty + "\n");
        Files.writeString(directory.resolve("enable"), enable + "\n");
        Files.writeString(directory.resolve("polarity"), "normal\n");
    }

    private ActuatorPlan plan(ActuatorDriver driver, String hocon) {
        var settings = ConfigFile.parse(hocon, problems);
        var plan = driver.plan(settings);
        settings.finish();
        return plan;
    }

    private Actuator open(ActuatorPlan plan, OptionalDouble level) throws ActuatorException {
        return plan.opening().open(new ActuatorHardware(new FakeLines(), FakeLines::pin, hardware), level);
    }

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
