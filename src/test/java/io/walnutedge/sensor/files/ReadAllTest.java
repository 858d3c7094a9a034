package io.walnutedge.sensor.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every answer that a read can give ends the reading, wherever it comes. */
@Timeout(10)
class ReadAllTest {
    private static final int ROOM = 16;

    private final ByteBuffer bytes = ByteBuffer.allocate(ROOM);

    private static int digits(ByteBuffer into, int count) {
        for (var i = 0; i < count; i++) {
            into.put((byte) '1');
        }
        return count;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, ROOM - 1})
    void noAnswerNow_isToldAndNotAskedAgain(int before) {
        var file = new AnsweringFile((into, position) -> position < before ? digits(into, 1) : 0);
        assertThatThrownBy(() -> RegularFile.readAll(file, bytes))
                .isInstanceOf(IOException.class)
                .satisfies(eagain -> assertThat(RegularFile.unreadable(Path.of("/x"), (IOException) eagain))
                        .hasMessage(
                                "cannot read /x: Resource temporarily unavailable" + " (no measurement is ready yet)"));
        assertThat(file.reads).hasValue(before + 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, ROOM - 1})
    void end_isTold(int length) throws Exception {
        var file = new AnsweringFile((into, position) -> position < length ? digits(into, 1) : -1);
        assertThat(RegularFile.readAll(file, bytes)).isTrue();
        assertThat(bytes.position()).isEqualTo(length);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, ROOM})
    void fileWithoutEnd_fillsTheBuffer(int atATime) throws Exception {
        var file = new AnsweringFile((into, position) -> digits(into, Math.min(atATime, into.remaining())));
        assertThat(RegularFile.readAll(file, bytes)).isFalse();
        assertThat(file.reads).hasValue(ROOM / atATime);
    }

    @Test
    void error_isPassedOn() {
        var file = new AnsweringFile((into, position) -> {
            throw new IOException("Input/output error");
        });
        assertThatThrownBy(() -> RegularFile.readAll(file, bytes)).hasMessage("Input/output error");
    }
}
