package io.walnutedge.sensor.sysfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walnutedge.sensor.SensorException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HwmonTest {
    private static final String BOARD = """
        sys/devices/i2c-1/1-0048/modalias = i2c:lm75
        sys/devices/i2c-1/1-0049/modalias = i2c:lm75
        sys/class/hwmon/hwmon0/name = lm75
        sys/class/hwmon/hwmon0/device -> ../../../devices/i2c-1/1-0048
        sys/class/hwmon/hwmon0/temp1_input = 23500
        sys/class/hwmon/hwmon0/temp1_max = 80000
        sys/class/hwmon/hwmon1/name = lm75
        sys/class/hwmon/hwmon1/device -> ../../../devices/i2c-1/1-0049
        sys/class/hwmon/hwmon1/temp1_input = 31250
        sys/class/hwmon/hwmon2/name = ina226
        sys/class/hwmon/hwmon2/in0_input = 20
        sys/class/hwmon/hwmon2/in1_input = 11980
        sys/class/hwmon/hwmon2/in1_label = VIN
        sys/class/hwmon/hwmon2/curr1_input = 10000
        sys/class/hwmon/hwmon2/power1_average = 119800000
        sys/class/hwmon/hwmon2/energy1_input = 2500000
        sys/class/hwmon/hwmon2/humidity1_input = 45600
        sys/class/hwmon/hwmon2/fan1_input = 1200
        sys/class/hwmon/hwmon2/pwm1 = 128
        sys/class/hwmon/hwmon2/pwm1_enable = 1
        sys/class/hwmon/hwmon2/freq1_input = 150000000
        sys/class/hwmon/hwmon2/intrusion0_alarm = 1
        sys/class/hwmon/hwmon2/curr1_average = -250
        sys/class/hwmon/hwmon2/in1_max_alarm = 1
        sys/class/hwmon/hwmon2/in1_highest = 12400
        sys/class/hwmon/hwmon3/name = multi
        sys/class/hwmon/hwmon3/temp1_input = 40000
        sys/class/hwmon/hwmon3/temp1_label = CPU
        sys/class/hwmon/hwmon3/temp2_input = 35000
        sys/class/hwmon/hwmon3/temp2_label = Board
        sys/class/hwmon/hwmon3/temp2_fault = 0
        sys/class/hwmon/hwmon3/in0_input = 1100
        sys/class/hwmon/hwmon3/in0_label = Vcore
        """;

    @TempDir
    Path directory;

    private SysTree tree() {
        return new SysTree(directory).with(BOARD);
    }

    @ParameterizedTest
    @CsvSource({
        "in0, voltage=0.0200V",
        "in1, voltage=11.9800V",
        "curr1, current=10.0000A",
        "power1, power=119.800W",
        "energy1, energy=2.5J",
        "humidity1, humidity=45.60%",
        "fan1, speed=1200rpm",
        "pwm1, duty=50.2%",
        "freq1, frequency=150000000Hz",
        "intrusion0, intrusion=1",
        "curr1_average, current_average=-0.2500A",
        "in1_highest, voltage_highest=12.4000V",
        "in1_max_alarm, voltage_max_alarm=1"
    })
    void channel_ofEachClass_isConverted(String channel, String expected) throws Exception {
        try (var sensor = tree().open(new Hwmon(), "chip = ina226, channel = " + channel)) {
            assertThat(SysTree.shown(sensor.read())).containsExactly(expected);
        }
    }

    @Test
    void onlyTemperature_needsNoChannel() throws Exception {
        var sensor = tree().open(new Hwmon(), "chip = lm75, device = 1-0049");
        assertThat(SysTree.shown(sensor.read())).containsExactly("temperature=31.25°C");
    }

    @Test
    void label_namesTheChannel() throws Exception {
        var tree = tree();
        assertThat(SysTree.shown(
                        tree.open(new Hwmon(), "chip = multi, label = Board").read()))
                .containsExactly("temperature=35.00°C");
        assertThat(SysTree.shown(tree.open(new Hwmon(), "chip = multi, label = Vcore, channel = in")
                        .read()))
                .containsExactly("voltage=1.1000V");
    }

    @Test
    void labelOfAnotherClass_saysWhatToWrite() {
        assertThatThrownBy(() -> tree().open(new Hwmon(), "chip = multi, label = Vcore"))
                .isInstanceOf(SensorException.class)
                .hasMessageContaining("write channel = in0");
    }

    @Test
    void twoChipsOfOneName_sayTheKeyAndTheDevices() {
        var tree = tree();
        assertThatThrownBy(() -> tree.open(new Hwmon(), "chip = lm75"))
                .isInstanceOf(SensorException.class)
                .hasMessageContaining("say which with device = one of: 1-0048, 1-0049");
        assertThatThrownBy(() -> tree.open(new Hwmon(), "chip = lm75, device = 1-004a"))
                .isInstanceOf(SensorException.class)
                .hasMessageContaining("there are: 1-0048, 1-0049");
    }

    @Test
    void unknownChip_namesThoseThatAreThere() {
        assertThatThrownBy(() -> tree().open(new Hwmon(), "chip = lm57"))
                .isInstanceOf(SensorException.class)
                .hasMessageContaining("there are: lm75, ina226, multi")
                .hasMessageEndingWith("did you mean 'lm75'?");
    }

    @Test
    void severalTemperatures_areNotGuessedBetween() {
        assertThatThrownBy(() -> tree().open(new Hwmon(), "chip = multi"))
                .isInstanceOf(SensorException.class)
                .hasMessageContaining("temp1 (CPU), temp2 (Board)");
    }

    @Test
    void faultOfTheProbe_isNoValue() throws Exception {
        var tree = tree().with("sys/class/hwmon/hwmon3/temp2_fault = 1");
        var sensor = tree.open(new Hwmon(), "chip = multi, channel = temp2");
        assertThatThrownBy(sensor::read).isInstanceOf(SensorException.class).hasMessageContaining("fault");
    }

    @Test
    void numberOfTheChip_mayMove() throws Exception {
        var tree = tree();
        var sensor = tree.open(new Hwmon(), "chip = lm75, device = 1-0048");
        sensor.read();
        tree.without("sys/class/hwmon/hwmon0").with("""
            sys/class/hwmon/hwmon0/name = multi
            sys/class/hwmon/hwmon0/temp1_input = 99000
            sys/class/hwmon/hwmon9/name = lm75
            sys/class/hwmon/hwmon9/device -> ../../../devices/i2c-1/1-0048
            sys/class/hwmon/hwmon9/temp1_input = 24000
            """);
        assertThat(SysTree.shown(sensor.read())).containsExactly("temperature=24.00°C");
    }

    @Test
    void channelThatIsNone_isAProblem() {
        assertThat(SysTree.problems(new Hwmon(), "chip = lm75, channel = beep1"))
                .contains("'beep1' is no channel");
    }

    @Test
    void severalChannels_areNumbered() throws Exception {
        var sensor = tree().open(new Hwmon(), "chip = ina226, channels = [in0, in1, fan1, in1_max_alarm]");
        assertThat(SysTree.shown(sensor.read()))
                .containsExactly("voltage0=0.0200V", "voltage1=11.9800V", "speed1=1200rpm", "voltage1_max_alarm=1");
    }

    @Test
    void channelAtFault_takesNoOther() throws Exception {
        var tree = tree().with("sys/class/hwmon/hwmon3/temp2_fault = 1");
        var sensor = tree.open(new Hwmon(), "chip = multi, channels = [temp1, temp2]");
        assertThat(SysTree.shown(sensor.read())).containsExactly("temperature1=40.00°C", "temperature2=failed");
        tree.with("sys/class/hwmon/hwmon3/temp1_fault = 1");
        sensor.close();
        assertThatThrownBy(sensor::read).isInstanceOf(SensorException.class).hasMessageContaining("fault");
    }

    @Test
    void faultItself_canBePublished() throws Exception {
        var sensor = tree().with("sys/class/hwmon/hwmon3/temp2_fault = 1")
                .open(new Hwmon(), "chip = multi, channel = temp2_fault");
        assertThat(SysTree.shown(sensor.read())).containsExactly("temperature_fault=1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "temp2_input =                  | failed",
                "temp2_input = off              | failed",
                "temp2_input = 999999999        | failed",
                "temp2_enable = 0;temp2_input = | none",
                "temp2_fault = 1                | failed",
            })
    void oneChannel_takesNoOther_andComesBack(String files, String outcome) throws Exception {
        var tree = tree();
        var sensor = tree.open(new Hwmon(), "chip = multi, channels = [temp1, temp2, in0]");
        for (var file : files.split(";", -1)) {
            tree.with("sys/class/hwmon/hwmon3/" + file.strip());
        }
        assertThat(SysTree.shown(sensor.read()))
                .containsExactly("temperature1=40.00°C", "temperature2=" + outcome, "voltage0=1.1000V");
        tree.with("sys/class/hwmon/hwmon3/temp2_fault = 0").with("sys/class/hwmon/hwmon3/temp2_input = 35000");
        assertThat(SysTree.shown(sensor.read()))
                .containsExactly("temperature1=40.00°C", "temperature2=35.00°C", "voltage0=1.1000V");
    }

    /** A chip has fewer than were written, or has it only later. */
    @Test
    void channelThatIsNotThere_takesNoOther_andMayCome() throws Exception {
        var tree = tree();
        var sensor = tree.open(new Hwmon(), "chip = multi, channels = [fan1, temp1]");
        var sample = sensor.read();
        assertThat(SysTree.shown(sample)).containsExactly("speed1=failed", "temperature1=40.00°C");
        assertThat(sample.get(0).absence().orElseThrow().reason()).contains("has no channel 'fan1'; there are: ");
        tree.with("sys/class/hwmon/hwmon3/fan1_input = 900");
        assertThat(SysTree.shown(sensor.read())).containsExactly("speed1=900rpm", "temperature1=40.00°C");
    }

    @Test
    void channelThatIsSwitchedOff_saysSo() throws Exception {
        var tree = tree().with("sys/class/hwmon/hwmon3/temp1_enable = 0\nsys/class/hwmon/hwmon3/temp1_input =");
        var sensor = tree.open(new Hwmon(), "chip = multi, channel = temp1");
        assertThatThrownBy(sensor::read)
                .isInstanceOf(SensorException.class)
                .hasMessageContaining("switched off; write 1 to")
                .hasMessageContaining("temp1_enable");
    }

    @Test
    void itemThatTheChipHasNot_namesThoseThatItHas() {
        assertThatThrownBy(() -> tree().open(new Hwmon(), "chip = multi, channel = temp2_alarm"))
                .isInstanceOf(SensorException.class)
                .hasMessageContaining("has no temp2_alarm; there are: temp2_fault, temp2_input, temp2_label");
    }

    @Test
    void labelOfTheChip_tellsNamesakesApart() throws Exception {
        var tree = tree().with("sys/class/hwmon/hwmon1/label = outdoor");
        assertThat(SysTree.shown(
                        tree.open(new Hwmon(), "chip = lm75, device = outdoor").read()))
                .containsExactly("temperature=31.25°C");
        assertThat(SysTree.shown(tree.open(new Hwmon(), "chip = outdoor").read()))
                .containsExactly("temperature=31.25°C");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "channels = [temp] | has no number; write it as in temp1",
                "channels = [temp1, temp1] | given twice",
                "channels = [] | is empty",
                "channels = [temp1], channel = temp1 | either channel or channels",
                "channels = [temp1], label = x | names a single channel",
                "channel = temp1_beep | is no channel"
            })
    void wrongChannels_areProblems(String settings, String expected) {
        assertThat(SysTree.problems(new Hwmon(), "chip = x, " + settings)).contains(expected);
    }

    @Test
    void keys_sayWhatEachChannelGives() {
        assertThat(new Hwmon().keys()).contains("`in` gives `voltage` (V)", "`pwm` gives `duty` (%)");
    }

    @Test
    void humidity_isCroppedAndRefused() throws Exception {
        var tree = tree().with("sys/class/hwmon/hwmon2/humidity1_input = 105300");
        var chip = tree.open(new Hwmon(), "chip = ina226, channel = humidity1");
        assertThat(SysTree.shown(chip.read())).containsExactly("humidity=100.00%");
        tree.with("sys/class/hwmon/hwmon2/humidity1_input = -10001");
        assertThatThrownBy(chip::read).hasMessageContaining("humidity1_input: humidity -10.0 % is beyond");
    }
}
