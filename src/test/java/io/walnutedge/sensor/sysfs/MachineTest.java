package io.walnutedge.sensor.sysfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walnutedge.sensor.SensorException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Figures of the machine itself: disk, network, Wi-Fi, CPU, power supply. */
class MachineTest {
    private static final String ETH0 = """
        sys/class/net/eth0/statistics/rx_bytes = 5123456789
        sys/class/net/eth0/statistics/tx_bytes = 1500
        sys/class/net/eth0/statistics/rx_errors = 2
        sys/class/net/eth0/statistics/tx_errors = 1
        sys/class/net/eth0/operstate = up
        """;
    private static final String WIRELESS =
            "Inter-| sta-|   Quality        |   Discarded packets               | Missed | WE"
                    + "\\n face | tus | link level noise |  nwid  crypt   frag  retry   misc | beacon | 22"
                    + "\\n wlan0: 0000   54.  -56.  -256        0      0      0      0      7        0"
                    + "\\n wlan1: 0000    0     0     0        0      0      0      0      0        0";
    private static final String BATTERY = """
        sys/class/power_supply/axp20x-battery/voltage_now = 3987000
        sys/class/power_supply/axp20x-battery/current_now = -250000
        sys/class/power_supply/axp20x-battery/capacity = 87
        sys/class/power_supply/axp20x-battery/temp = -35
        """;

    @TempDir
    Path directory;

    @Test
    void network_isCountedInMegabytes() throws Exception {
        var tree = new SysTree(directory).with(ETH0);
        try (var sensor = tree.open(new Network(), "interface = eth0")) {
            assertThat(SysTree.shown(sensor.read()))
                    .containsExactly("received=5123.457MB", "sent=0.002MB", "errors=3", "link=1");
            tree.with("sys/class/net/eth0/operstate = down");
            assertThat(SysTree.shown(sensor.read())).contains("link=0");
            tree.with("sys/class/net/eth0/statistics/tx_errors = many");
            assertThat(SysTree.shown(sensor.read()))
                    .as("one takes no other")
                    .containsExactly("received=5123.457MB", "sent=0.002MB", "errors=failed", "link=0");
        }
    }

    @Test
    void network_unknownInterfaceNamesThoseThere() {
        var tree = new SysTree(directory).with(ETH0);
        assertThatThrownBy(() -> tree.open(new Network(), "interface = eth1"))
                .isInstanceOf(SensorException.class)
                .hasMessageContaining("there are: eth0");
        assertThat(SysTree.problems(new Network(), "interface = \"../eth0\"")).contains("no name of an interface");
    }

    @Test
    void wifi_signalIsInDbm_andNothingWithoutAConnection() throws Exception {
        var tree = new SysTree(directory).with("proc/net/wireless = " + WIRELESS);
        try (var sensor = tree.open(new Wifi(), "")) {
            assertThat(SysTree.shown(sensor.read())).containsExactly("signal=-56dBm", "quality=54");
        }
        try (var sensor = tree.open(new Wifi(), "interface = wlan1")) {
            assertThatThrownBy(sensor::read).hasMessageContaining("not connected");
        }
        try (var sensor = tree.open(new Wifi(), "interface = wlan2")) {
            assertThatThrownBy(sensor::read).hasMessageContaining("has no wlan2");
        }
    }

    /** Net/wireless/wext-proc.c: three figures, each with a point where it is new; what a driver counts differs. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "   54.  -56.  -256   | signal=-56dBm,quality=54",
                "  100.  -40.  -256   | signal=-40dBm,quality=100",
                "  100   -40   -256   | signal=-40dBm,quality=100",
                "  100.  -100. -256   | signal=-100dBm,quality=100",
                "    1.  -1.   0.     | signal=-1dBm,quality=1",
                "  100.  100.  0.     | signal=none,quality=100",
                "  100.  0.    0.     | signal=none,quality=100",
                "   70.  64.   0      | signal=none,quality=70",
                "  100.  156.  0      | signal=-100dBm,quality=100",
                "  100.  216.  0      | signal=-40dBm,quality=100",
                "  100.  255.  0      | signal=-1dBm,quality=100",
                "  1e2   -5.6e1 0     | signal=-56dBm,quality=100"
            })
    void wifi_quality_isReadInEachForm(String figures, String expected) throws Exception {
        var rest = "        0      0      0      0      7        0";
        for (var end : List.of("\n", "\r\n")) {
            var tree = new SysTree(directory);
            tree.file("proc/net/wireless", "Inter-| sta-" + end + " wlan0: 0000  " + figures + rest + end);
            try (var sensor = tree.open(new Wifi(), "")) {
                assertThat(SysTree.shown(sensor.read())).containsExactly(expected.split(","));
            }
        }
    }

    @Test
    void cpu_usageIsBetweenTwoReadings() throws Exception {
        var tree = new SysTree(directory)
                .with("proc/stat = cpu  100 0 100 700 100 0 0 0 0 0\\ncpu0 100 0 100 700 100 0 0 0 0 0");
        try (var sensor = tree.open(new Cpu(), "")) {
            tree.with("proc/stat = cpu  120 0 105 760 110 5 0 0 0 0");
            assertThat(SysTree.shown(sensor.read())).containsExactly("usage=30.0%");
            assertThatThrownBy(sensor::read).hasMessageContaining("no tick has passed");
            tree.with("proc/stat = cpu  120 0 105 860 110 5 0 0 0 0");
            assertThat(SysTree.shown(sensor.read())).containsExactly("usage=0.0%");
        }
    }

    @Test
    void cpu_ofThisMachine_isAPercentage() throws Exception {
        try (var sensor = new SysTree(directory, Path.of("/proc")).open(new Cpu(), "")) {
            // ten ticks of 100 Hz
            for (var begin = System.nanoTime(); System.nanoTime() - begin < 100_000_000; ) {
                Thread.onSpinWait();
            }
            assertThat(sensor.read()).hasSize(1);
        }
    }

    @Test
    void frequency_isTheHighest_throttledTheMost() throws Exception {
        var tree = new SysTree(directory).with("""
            sys/devices/system/cpu/cpufreq/policy0/scaling_cur_freq = 480000
            sys/devices/system/cpu/cpufreq/policy4/scaling_cur_freq = 1512000
            sys/class/thermal/cooling_device0/type = cpufreq-cpu0
            sys/class/thermal/cooling_device0/cur_state = 3
            sys/class/thermal/cooling_device0/max_state = 12
            sys/class/thermal/cooling_device1/type = gpu
            sys/class/thermal/cooling_device1/cur_state = 5
            sys/class/thermal/cooling_device1/max_state = 5
            """);
        try (var sensor = tree.open(new CpuFrequency(), "")) {
            assertThat(SysTree.shown(sensor.read())).containsExactly("frequency=1512MHz", "throttled=25%");
            tree.with("sys/class/thermal/cooling_device0/cur_state = hot");
            assertThat(SysTree.shown(sensor.read())).containsExactly("frequency=1512MHz", "throttled=failed");
        }
    }

    @Test
    void powerSupply_givesWhatIsAskedFor_inItsUnits() throws Exception {
        var tree = new SysTree(directory).with(BATTERY);
        var config = "supply = axp20x-battery, values = [voltage, current, capacity, temperature]";
        try (var sensor = tree.open(new PowerSupply(), config)) {
            assertThat(SysTree.shown(sensor.read()))
                    .containsExactly("voltage=3.9870V", "current=-0.2500A", "capacity=87%", "temperature=-3.50°C");
        }
        assertThatThrownBy(() -> tree.open(new PowerSupply(), "supply = axp20x-battery, values = [power]"))
                .hasMessageContaining("has no power; it has: voltage, current, capacity, temperature");
        assertThatThrownBy(() -> tree.open(new PowerSupply(), "supply = axp20x-batery"))
                .hasMessageContaining("there are: axp20x-battery; did you mean");
        assertThat(SysTree.problems(new PowerSupply(), "supply = x, values = [voltge]"))
                .contains("did you mean");
    }

    @Test
    void disk_isThatOfThePath() throws Exception {
        try (var sensor = new SysTree(directory).open(new Disk(), "path = \"" + directory + "\"")) {
            var shown = SysTree.shown(sensor.read());
            assertThat(shown.get(0)).matches("used=[0-9]{1,3}\\.[0-9]%");
            assertThat(shown.get(1)).matches("free=[0-9]+\\.[0-9]{2}GiB");
        }
        try (var sensor = new SysTree(directory).open(new Disk(), "path = /nowhere")) {
            assertThatThrownBy(sensor::read).hasMessageContaining("/nowhere");
        }
        assertThat(SysTree.problems(new Disk(), "path = data")).contains("begins with /");
    }
}
