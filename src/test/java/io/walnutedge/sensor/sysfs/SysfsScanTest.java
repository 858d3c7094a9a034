package io.walnutedge.sensor.sysfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problems;
import io.walnutedge.sensor.Drivers;
import io.walnutedge.sensor.files.DeviceFiles;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SysfsScanTest {
    private static final String BOARD = """
        sys/class/thermal/thermal_zone0/type = cpu-thermal
        sys/class/thermal/thermal_zone0/temp = 48231
        sys/class/thermal/thermal_zone1/type = "odd" type
        sys/class/thermal/thermal_zone1/temp = 30000
        sys/class/thermal/thermal_zone2/type = acpitz
        sys/class/thermal/thermal_zone2/temp = 30000
        sys/class/thermal/thermal_zone3/type = acpitz
        sys/class/thermal/thermal_zone3/temp = 31000
        sys/class/hwmon/hwmon0/name = cpu_thermal
        sys/class/hwmon/hwmon0/device -> ../../thermal/thermal_zone0
        sys/class/hwmon/hwmon0/temp1_input = 48231
        sys/class/hwmon/hwmon1/name = lm75
        sys/class/hwmon/hwmon1/device -> ../../../devices/1-0048
        sys/class/hwmon/hwmon1/temp1_input = 23000
        sys/class/hwmon/hwmon1/temp1_label = Tank
        sys/class/hwmon/hwmon2/name = lm75
        sys/class/hwmon/hwmon2/device -> ../../../devices/1-0049
        sys/class/hwmon/hwmon2/temp1_input = 24000
        sys/devices/1-0048/modalias = i2c:lm75
        sys/devices/1-0049/modalias = i2c:lm75
        sys/bus/iio/devices/iio:device0/name = bme280
        sys/bus/iio/devices/iio:device0/in_temp_input = 25080
        sys/bus/iio/devices/iio:device0/in_pressure_input = 100.6
        sys/bus/iio/devices/iio:device0/in_rot_quaternion_raw = 1 2 3 4
        sys/bus/iio/devices/trigger0/name = sysfstrig0
        sys/bus/w1/devices/w1_bus_master1/w1_master_name = w1_bus_master1
        sys/bus/w1/devices/28-000005e2fdc3/temperature = 21000
        """;

    @TempDir
    Path directory;

    @Test
    void everything_isListedWithItsEntry() {
        assertThat(SysfsScan.scan(new SysTree(directory).with(BOARD).access(DeviceFiles.class)))
                .extracting(SysfsScan.Found::entry)
                .containsExactly(
                        "cpu-thermal { type = thermal, zone = cpu-thermal }",
                        "odd-type { type = thermal, zone = \"\\\"odd\\\" type\" }",
                        "acpitz { type = file, path = \"" + directory + "/sys/class/thermal/thermal_zone2/temp\","
                                + " factor = 0.001, unit = \"°C\" }",
                        "acpitz-2 { type = file, path = \"" + directory + "/sys/class/thermal/thermal_zone3/temp\","
                                + " factor = 0.001, unit = \"°C\" }",
                        "cpu_thermal-temp1 { type = hwmon, chip = cpu_thermal, channel = temp1 }",
                        "lm75-temp1 { type = hwmon, chip = lm75, channel = temp1, device = \"1-0048\" }",
                        "lm75-temp1-2 { type = hwmon, chip = lm75, channel = temp1, device = \"1-0049\" }",
                        "bme280 { type = iio, device = bme280, channels = [pressure, temp] }",
                        "28-000005e2fdc3 { type = ds18b20, id = \"28-000005e2fdc3\" }");
    }

    @Test
    void remarks_sayWhatToKnow() {
        assertThat(SysfsScan.scan(new SysTree(directory).with(BOARD).access(DeviceFiles.class)))
                .extracting(SysfsScan.Found::remark)
                .contains(
                        "the thermal zone thermal_zone0 once more",
                        "label: Tank",
                        "not supported: rot_quaternion",
                        "several zones have this type: read by path, and the number may move");
    }

    @Test
    void everyEntry_opensAndReads() throws Exception {
        var tree = new SysTree(directory).with(BOARD);
        for (var found : SysfsScan.scan(tree.access(DeviceFiles.class))) {
            var problems = new Problems();
            var entry = ConfigFile.parse(found.entry(), problems)
                    .sections()
                    .values()
                    .iterator()
                    .next();
            var driver = Drivers.installed().find(entry.text("type")).orElseThrow();
            try (var sensor = driver.plan(entry).opening().open(tree)) {
                assertThat(sensor.read()).as(found.entry()).isNotEmpty();
            }
            assertThat(problems.list()).isEmpty();
        }
    }

    @Test
    void emptyTree_hasNothing() {
        assertThat(SysfsScan.scan(new SysTree(directory).access(DeviceFiles.class)))
                .isEmpty();
    }

    @Test
    void directoryThatCannotBeRead_doesNotHideTheOthers() {
        var tree = new SysTree(directory).with(BOARD).without("sys/class/hwmon").with("sys/class/hwmon = a file");
        assertThat(SysfsScan.scan(tree.access(DeviceFiles.class))).hasSize(7).anySatisfy(found -> {
            assertThat(found.kind()).isEqualTo("hwmon");
            assertThat(found.entry()).isEmpty();
            assertThat(found.remark()).contains("cannot read");
        });
    }
}
