package io.walnutedge.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttributeTest {
    @TempDir
    Path directory;

    private Path file(String content) throws Exception {
        return Files.writeString(directory.resolve("temp"), content);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-5250, -5250",
        "48231, 48231",
        "0.062500000, 0.0625",
        "-13657.500000, -13657.5",
        "100.653265625, 100.653265625",
        "1234567890.123456789, 1234567890.123456789",
        "-0.000000001, -1e-9",
        "007, 7"
    })
    void number_isReadAsJavaWould(String text, double expected) {
        assertThat(parse(text + "\n")).isEqualTo(expected);
        assertThat(parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "-", ".", "1.", ".5", "1.2.3", "--1", "+1", "1e3", "0x10", "nan", "inf", "1 2", "12abc", "1,5"
            })
    void whatTheKernelNeverWrites_isNoNumber(String text) {
        assertThat(parse(text)).isNaN();
    }

    @Test
    void endlessDigits_areNoNumber() {
        assertThat(parse("7".repeat(4096))).isNaN();
    }

    private static double parse(String text) {
        return KernelNumber.parse(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void content_isReadAgainThroughTheKeptDescriptor() throws Exception {
        var path = file("1\n");
        try (var attribute = new Attribute(path, true)) {
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
        var attribute = new Attribute(path, false);
        assertThat(attribute.number()).isEqualTo(1);
        Files.move(Files.writeString(directory.resolve("new"), "5\n"), path, StandardCopyOption.REPLACE_EXISTING);
        assertThat(attribute.number()).isEqualTo(5);
    }

    @Test
    void closed_opensByNameAgain() throws Exception {
        var path = file("1\n");
        var attribute = new Attribute(path, true);
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
        var attribute = new Attribute(Path.of("/proc/self/mem"), true);
        for (var i = 0; i < 2; i++) {
            assertThatThrownBy(attribute::number)
                    .isInstanceOf(SensorException.class)
                    .hasMessageStartingWith("cannot read /proc/self/mem: Input/output error");
        }
    }

    @Test
    void procfs_isTheKernels_andATemporaryDirectoryIsNot() throws Exception {
        assertThat(Attribute.isKernel(Path.of("/proc"))).isTrue();
        assertThat(Attribute.isKernel(directory)).isFalse();
        assertThat(Attribute.isKernel(directory.resolve("nowhere"))).isFalse();
        try (var uptime = new Attribute(Path.of("/proc/uptime"), true)) {
            assertThat(uptime.text()).isNotEmpty();
            assertThat(uptime.text()).matches("[0-9.]+ [0-9.]+");
        }
    }

    @Test
    void emptyAndGarbage_areTold() throws Exception {
        var path = file("\n");
        var attribute = new Attribute(path, false);
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
        assertThatThrownBy(() -> new Attribute(fifo, false).number())
                .isInstanceOf(SensorException.class)
                .hasMessageContaining("FIFO");
        assertThatThrownBy(() -> new Attribute(directory, false).number())
                .isInstanceOf(SensorException.class)
                .hasMessageContaining("is a directory");
    }
}
