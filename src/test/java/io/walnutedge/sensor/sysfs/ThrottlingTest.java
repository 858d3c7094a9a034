package io.walnutedge.sensor.sysfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walnutedge.sensor.SensorException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThrottlingTest {
    private static final String THERMAL = "sys/class/thermal/";
    private static final String CPUFREQ = "sys/devices/system/cpu/cpufreq/";
    private static final String BOARD = """
        sys/class/thermal/cooling_device0/type = cpufreq-cpu0
        sys/class/thermal/cooling_device0/cur_state = 0
        sys/class/thermal/cooling_device0/max_state = 4
        sys/class/thermal/cooling_device1/type = pwm-fan
        sys/class/thermal/cooling_device1/cur_state = 3
        sys/class/thermal/cooling_device1/max_state = 3
        sys/class/thermal/cooling_device2/type = devfreq-1800000.gpu
        sys/class/thermal/cooling_device2/cur_state = -1
        sys/class/thermal/cooling_device2/max_state = 5
        sys/devices/system/cpu/cpufreq/policy0/scaling_max_freq = 1416000
        sys/devices/system/cpu/cpufreq/policy0/cpuinfo_max_freq = 1416000
        sys/devices/system/cpu/cpufreq/policy4/scaling_max_freq = 1800000
        sys/devices/system/cpu/cpufreq/policy4/cpuinfo_max_freq = 1800000
        """;

    @TempDir
    Path directory;

    private SysTree tree() {
        return new SysTree(directory).with(BOARD);
    }

    @Test
    void fansAndIdleDevices_slowNothingDown() throws Exception {
        try (var sensor = tree().open(new Throttling(), "")) {
            assertThat(SysTree.shown(sensor.read()))
                    .containsExactly("throttled=0", "cooling=0%", "frequency_limit=100%");
        }
    }

    @Test
    void coolingDeviceAtWork_throttles() throws Exception {
        var tree = tree();
        var sensor = tree.open(new Throttling(), "");
        tree.with(THERMAL + "cooling_device2/cur_state = 2\n" + THERMAL + "cooling_device0/cur_state = 1");
        assertThat(SysTree.shown(sensor.read())).containsExactly("throttled=1", "cooling=40%", "frequency_limit=100%");
    }

    @Test
    void limitedFrequency_throttles() throws Exception {
        var tree = tree();
        var sensor = tree.open(new Throttling(), "");
        tree.with(CPUFREQ + "policy4/scaling_max_freq = 900000");
        assertThat(SysTree.shown(sensor.read())).containsExactly("throttled=1", "cooling=0%", "frequency_limit=50%");
    }

    @Test
    void whatIsNotThere_isNotPublished() throws Exception {
        var sensor = tree().without("sys/class/thermal").open(new Throttling(), "");
        assertThat(SysTree.shown(sensor.read())).containsExactly("throttled=0", "frequency_limit=100%");
        sensor = new SysTree(directory).with(BOARD).without("sys/devices").open(new Throttling(), "");
        assertThat(SysTree.shown(sensor.read())).containsExactly("throttled=0", "cooling=0%");
    }

    @Test
    void machineWithoutEither_isTold() {
        assertThatThrownBy(() -> new SysTree(directory).open(new Throttling(), ""))
                .isInstanceOf(SensorException.class)
                .hasMessageContaining("nothing that could slow the board down");
    }

    @Test
    void unreadableState_isAnError() throws Exception {
        var tree = tree();
        var sensor = tree.open(new Throttling(), "");
        tree.with(THERMAL + "cooling_device0/cur_state = hot");
        assertThatThrownBy(sensor::read).isInstanceOf(SensorException.class).hasMessageContaining("not a number");
    }
}
