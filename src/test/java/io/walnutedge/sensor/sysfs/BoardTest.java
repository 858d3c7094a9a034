package io.walnutedge.sensor.sysfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walnutedge.sensor.SensorException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoardTest {
    private static final String BOARD = """
        proc/loadavg = 0.20 1.18 12.05 1/80 11206
        proc/uptime = 350735.47 234388.90
        proc/meminfo = MemTotal:        1000000 kB\\nMemFree:          100000 kB\\nMemAvailable:     750000 kB
        """;

    @TempDir
    Path directory;

    @Test
    void figures_areThoseOfProcfs() throws Exception {
        try (var sensor = new SysTree(directory).with(BOARD).open(new Board(), "")) {
            assertThat(SysTree.shown(sensor.read()))
                    .containsExactly(
                            "load1=0.20",
                            "load5=1.18",
                            "load15=12.05",
                            "memory_used=25.0%",
                            "memory_available=732MiB",
                            "uptime=350735s");
        }
    }

    @Test
    void blanksAndLineEnds_areAsTheyCome() throws Exception {
        var tree = new SysTree(directory).with(BOARD);
        tree.file("proc/loadavg", "  .2 \t1.18e0  12.05 1/80 11206\r\n");
        tree.file("proc/meminfo", "MemTotal:\t1e6  kB\r\nMemAvailable: 750000. kB\r\n");
        try (var sensor = tree.open(new Board(), "")) {
            assertThat(SysTree.shown(sensor.read())).contains("load1=0.20", "load5=1.18", "memory_used=25.0%");
        }
    }

    @Test
    void figures_ofThisMachine_arePlausible() throws Exception {
        try (var sensor = new SysTree(directory, Path.of("/proc")).open(new Board(), "")) {
            assertThat(sensor.read()).hasSize(6);
            assertThat(sensor.read()).hasSize(6);
        }
    }

    @Test
    void missingOrOddProcfs_isTold() throws Exception {
        var tree = new SysTree(directory);
        var sensor = tree.open(new Board(), "");
        assertThatThrownBy(sensor::read).isInstanceOf(SensorException.class).hasMessageContaining("does not exist");
        tree.with(BOARD).with("proc/loadavg = much");
        assertThat(SysTree.shown(sensor.read()).subList(0, 3))
                .as("of each quantity what it is")
                .containsExactly("load1=failed", "load5=failed", "load15=failed");
        assertThat(SysTree.shown(sensor.read()).subList(3, 6)).noneMatch(each -> each.contains("failed"));
        tree.with(BOARD).with("proc/uptime = long");
        assertThat(SysTree.shown(sensor.read()))
                .filteredOn(each -> each.contains("failed"))
                .containsExactly("uptime=failed");
        tree.with(BOARD);
        assertThat(SysTree.shown(sensor.read())).hasSize(6).noneMatch(each -> each.contains("failed"));
    }

    @Test
    void text_isConstant() throws Exception {
        var sensor = new SysTree(directory).open(new Text(), "text = \"Hello WalnutPi!\"");
        assertThat(SysTree.shown(sensor.read())).containsExactly("text=Hello WalnutPi!");
        assertThat(SysTree.problems(new Text(), "")).contains("text").contains("required");
    }
}
