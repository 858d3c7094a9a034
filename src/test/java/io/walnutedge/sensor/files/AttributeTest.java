package io.walnutedge.sensor.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walnutedge.sensor.Fifo;
import io.walnutedge.sensor.SensorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class AttributeTest {
    @TempDir
    Path directory;

    private Path file(String content) throws Exception {
        return Files.writeString(directory.resolve("temp"), content);
    }

    @Test
    void content_isReadAgainThroughTheKeptDescriptor() throws Exception {
        var path = file("1\n");
        try (var attribute = DeviceFiles.SYSTEM.attribute(path, true)) {
            assertThat(attribute.number()).isEqualTo(1);
            Files.writeString(path, "23\n");
            assertThat(attribute.number()).isEqualTo(23);
            Files.writeString(path, "4\n");
            assertThat(attribute.number()).isEqualTo(4);
            // the descriptor is kept: it does not follow the name
            Files.move(Files.writeString(directory.resolve("new"), "5\n"), path, StandardCopyOption.REPLACE_EXISTING);
            assertThat(attribute.number()).isEqualTo(4);
        }
    }

    @Test
    void outsideTheKernel_theNameIsFollowed() throws Exception {
        var path = file("1\n");
        var attribute = DeviceFiles.SYSTEM.attribute(path, false);
        assertThat(attribute.number()).isEqualTo(1);
        Files.move(Files.writeString(directory.resolve("new"), "5\n"), path, StandardCopyOption.REPLACE_EXISTING);
        assertThat(attribute.number()).isEqualTo(5);
    }

    @Test
    void closed_opensByNameAgain() throws Exception {
        var path = file("1\n");
        var attribute = DeviceFiles.SYSTEM.attribute(path, true);
        attribute.number();
        attribute.close();
        attribute.close();
        Files.delete(path);
        assertThatThrownBy(attribute::number)
                .isInstanceOf(SensorException.class)
                .hasMessage(path + " does not exist");
        file("2\n");
        assertThat(attribute.number()).isEqualTo(2);
    }

    @Test
    void errorOfTheKernel_isTold_andTheNextReadOpensAgain() throws Exception {
        // every read of it at offset 0 fails with EIO: nothing is mapped there
        var attribute = DeviceFiles.SYSTEM.attribute(Path.of("/proc/self/mem"), true);
        for (var i = 0; i < 2; i++) {
            assertThatThrownBy(attribute::number)
                    .isInstanceOf(SensorException.class)
                    .hasMessageStartingWith("cannot read /proc/self/mem: Input/output error");
        }
    }

    @Test
    void procfs_isTheKernels_andATemporaryDirectoryIsNot() throws Exception {
        assertThat(DeviceFiles.SYSTEM.isKernel(Path.of("/proc"))).isTrue();
        assertThat(DeviceFiles.SYSTEM.isKernel(directory)).isFalse();
        assertThat(DeviceFiles.SYSTEM.isKernel(directory.resolve("nowhere"))).isFalse();
        try (var uptime = DeviceFiles.SYSTEM.attribute(Path.of("/proc/uptime"), true)) {
            assertThat(uptime.text()).isNotEmpty();
            assertThat(uptime.text()).matches("[0-9.]+ [0-9.]+");
        }
    }

    @Test
    void emptyAndGarbage_areTold() throws Exception {
        var path = file("\n");
        var attribute = DeviceFiles.SYSTEM.attribute(path, false);
        assertThatThrownBy(attribute::number).hasMessageContaining("is empty");
        file("\u0001\u00ff garbage");
        assertThatThrownBy(attribute::number)
                .hasMessageContaining("not a number")
                .hasMessageNotContaining("\u0001");
    }

    @Test
    @Timeout(10)
    void fifoAndDirectory_areRefusedByType() throws Exception {
        var fifo = Fifo.in(directory);
        assertThatThrownBy(() -> DeviceFiles.SYSTEM.attribute(fifo, false).number())
                .isInstanceOf(SensorException.class)
                .hasMessageContaining("FIFO");
        assertThatThrownBy(() -> DeviceFiles.SYSTEM.attribute(directory, false).number())
                .isInstanceOf(SensorException.class)
                .hasMessageContaining("is a directory");
    }
}
