package io.walnutedge.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineMarkTest {
    @TempDir
    Path directory;

    private String mark() {
        return MachineMark.of(directory.resolve("sys"), directory);
    }

    @Test
    void chip_tellsBoardsOfOneImageApart() throws IOException {
        Files.writeString(directory.resolve("machine-id"), "0123456789abcdef0123456789abcdef\n");
        var byImage = mark();
        var info = directory.resolve("sys/class/sunxi_info/sys_info");
        Files.createDirectories(info.getParent());
        Files.writeString(info, "sunxi_platform    : Sun50iw9\nsunxi_chipid      : 00000000000000000000000000000001\n");
        var one = mark();
        Files.writeString(info, "sunxi_platform    : Sun50iw9\nsunxi_chipid      : 00000000000000000000000000000002\n");
        var other = mark();
        assertThat(byImage).matches("[0-9a-f]{8}");
        assertThat(one).matches("[0-9a-f]{8}").isNotEqualTo(byImage).isNotEqualTo(other);
        assertThat(mark()).isEqualTo(other);
    }

    @Test
    void machineWithoutAnyNumber_hasNone() {
        assertThat(mark()).isEmpty();
    }
}
