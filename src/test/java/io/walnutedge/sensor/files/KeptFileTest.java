package io.walnutedge.sensor.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walnutedge.sensor.SensorException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptFileTest {
    @TempDir
    private Path directory;

    private Path path;
    private KeptFile file;

    @BeforeEach
    void open() throws IOException {
        path = Files.writeString(directory.resolve("value"), "1");
        file = new KeptFile(path);
    }

    @AfterEach
    void close() {
        file.close();
    }

    private String read() throws SensorException {
        var bytes = ByteBuffer.allocate(16);
        assertThat(file.read(bytes)).isTrue();
        return StandardCharsets.US_ASCII.decode(bytes.flip()).toString();
    }

    private long descriptors() throws IOException {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(each -> leadsHere(each)).count();
        }
    }

    private boolean leadsHere(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).startsWith(directory);
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    @Test
    void file_thatIsWrittenAgain_isReadFromItsBeginning() throws Exception {
        assertThat(read()).isEqualTo("1");
        Files.writeString(path, "234");
        assertThat(read()).isEqualTo("234");
        Files.writeString(path, "5");
        assertThat(read()).isEqualTo("5");
        assertThat(descriptors()).isEqualTo(1);
    }

    @Test
    void file_thatTookItsName_isReadInItsPlace() throws Exception {
        assertThat(read()).isEqualTo("1");
        Files.move(Files.writeString(directory.resolve("new"), "2"), path, StandardCopyOption.ATOMIC_MOVE);
        assertThat(read()).isEqualTo("2");
        assertThat(descriptors()).isEqualTo(1);
    }

    @Test
    void file_thatIsDeleted_isToldAndNotHeld_andReadWhenItIsBack() throws Exception {
        assertThat(read()).isEqualTo("1");
        Files.delete(path);
        assertThatThrownBy(this::read).isInstanceOf(SensorException.class).hasMessageEndingWith("does not exist");
        assertThat(descriptors()).isZero();
        Files.writeString(path, "3");
        assertThat(read()).isEqualTo("3");
    }

    @Test
    void file_longerThanTheBuffer_isReadAsFarAsItGoes() throws Exception {
        Files.writeString(path, "0123456789abcdefg");
        var bytes = ByteBuffer.allocate(16);
        assertThat(file.read(bytes)).isFalse();
        assertThat(bytes.flip().limit()).isEqualTo(16);
    }

    @Test
    void close_letsGo_andIsNoEnd() throws Exception {
        assertThat(read()).isEqualTo("1");
        file.close();
        file.close();
        assertThat(descriptors()).isZero();
        assertThat(read()).isEqualTo("1");
    }
}
