package io.walnutedge.record;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.files.DeviceFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A recording of a stranger's. */
class ReplayTest {
    private static final String HEADER = "{\"walnut-edge-recording\":1}\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private Replay open(String lines) throws IOException {
        return Replay.open(Files.writeString(directory.resolve("r"), HEADER + lines));
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"i2c\":\"1:72\",\"count\":1.5,\"in\":\"00\"}",
                "{\"i2c\":\"1:72\",\"count\":1e999999999,\"in\":\"00\"}",
                "{\"i2c\":\"1:72\",\"count\":99999999999999,\"in\":\"00\"}",
                "{\"i2c\":\"1:72\",\"in\":\"0\"}",
                "{\"i2c\":\"1:72\",\"in\":\"\\u001b[2J\"}",
                "{\"i2c\":\"1:72\",\"out\":\"\\u001b[2J\",\"in\":\"00\"}",
                "{\"i2c\":\"1:72\",\"out\":\"zz\",\"in\":\"00\"}",
                "{\"i2c\":\"1:\\u001b[2J\",\"in\":\"00\"}",
                "{\"i2c\":\"1:72\",\"error\":\"\\u001b]0;x\\u0007\"}",
                "{\"i2c\":\"1:72\",\"error\":\"\\u009b2J\"}",
                "{\"file\":\"a\\u0000b\",\"in\":\"00\"}",
                "{\"look\":\"sys\",\"in\":\"1b5b324a\"}",
                "{\"look\":\"sys\",\"in\":\"c29b324a\"}",
                "{\"i2c\":{\"a\":1},\"in\":\"00\"}",
                "{\"i2c\":\"1:72\"}",
                "[1]",
                "\"x\"",
                "{\"i2c\":\"1:72\",\"in\":\"00\"",
                "\u0000",
                "\u001b[2J"
            })
    void damagedLine_isLeftOut_andTheNextIsPlayed(String line) throws Exception {
        var replay = open(line + "\n{\"i2c\":\"1:68\",\"in\":\"01\"}\n");
        assertThat(replay.damage()).singleElement().asString().startsWith("line 2: ");
        assertThat(replay.sources()).containsExactly("i2c 1:68");
    }

    @Test
    void byteOrderMark_isTaken_andAnotherEncodingIsNamed() throws Exception {
        var line = "{\"look\":\"温室\",\"in\":\"61\"}\n";
        var file = Files.writeString(directory.resolve("b"), "\ufeff" + HEADER + line);
        assertThat(Replay.open(file).sources()).containsExactly("look 温室");
        Files.write(file, (HEADER + line + "{\"look\":\"a\",\"in\":\"61\"}\n").getBytes("GBK"));
        var replay = Replay.open(file);
        assertThat(replay.damage()).singleElement().asString().startsWith("line 2: is not UTF-8 and looks like GBK");
        assertThat(replay.sources()).containsExactly("look a");
        Files.write(file, ("\ufeff" + HEADER).getBytes(UTF_16LE));
        assertThatThrownBy(() -> Replay.open(file)).hasMessageContaining(file + " is not UTF-8 and looks like UTF-16");
    }

    @Test
    void manyDamagedLines_areToldInAFew() throws Exception {
        assertThat(open("x\n".repeat(100_000)).damage()).hasSize(21).last().isEqualTo("99980 more lines");
    }

    @Test
    void hugeLine_isLeftOut_andTheNextIsPlayed() throws Exception {
        var replay = open("{\"i2c\":\"1:72\",\"in\":\"" + "00".repeat(3_000_000)
                + "\"}\n{\"i2c\":\"1:68\",\"in\":\"01\"}\n" + "[".repeat(3_000_000) + "\n");
        assertThat(replay.damage()).hasSize(2);
        assertThat(replay.sources()).containsExactly("i2c 1:68");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "x", "{\"i2c\":\"1:68\",\"in\":\"01\"}\n"})
    void fileLongerThanThereIsRoomFor_isRefused(String part) throws Exception {
        var file = Files.writeString(directory.resolve("long"), HEADER + part.repeat(2 * 1024 * 1024 / part.length()));
        assertThatThrownBy(() -> Replay.open(file, 1024 * 1024))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is longer than 1 MiB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/zero", "/dev/urandom", "/proc", "/no/such/file"})
    void whatIsNoFile_isRefused(String path) {
        assertThatThrownBy(() -> Replay.open(Path.of(path))).isInstanceOf(IOException.class);
    }

    @Test
    void pipeWithoutWriter_isRefusedAtOnce() throws Exception {
        var fifo = directory.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        assertThatThrownBy(() -> Replay.open(fifo)).isInstanceOf(IOException.class);
    }

    /** Names out of the board's directory, of other files, too long, in each other's way. */
    @Test
    void files_neverLeaveTheBoard() throws Exception {
        var outside = directory.resolve("outside");
        var lines = new StringBuilder();
        var names = List.of(
                "../" + outside.getFileName(),
                "../../../../../../../../.." + outside,
                outside.toString(),
                "sys/../../x",
                "",
                ".",
                "..",
                "/",
                "sys/a",
                "sys/a/b",
                "x".repeat(300),
                "sys/" + "y/".repeat(3000) + "z",
                "sys/ok");
        names.forEach(name -> lines.append("{\"file\":\"" + name + "\",\"in\":\"" + hex("7") + "\"}\n"));
        var replay = open(lines.toString());
        assertThat(replay.damage()).isEmpty();
        try (var board = ReplayBoard.create(replay)) {
            assertThat(outside).doesNotExist();
            assertThat(number(board.files(), board.files().sys().resolve("ok"))).isEqualTo(7);
            assertThat(number(board.files(), board.files().sys().resolve("a/b")))
                    .isEqualTo(7);
        }
        assertThat(outside).doesNotExist();
    }

    private static double number(DeviceFiles files, Path path) throws SensorException {
        try (var attribute = files.attribute(path, false)) {
            return attribute.number();
        }
    }

    @Test
    void fileThatWasNotRecorded_isNeverRead() throws Exception {
        var secret = Files.writeString(directory.resolve("secret"), "4711");
        try (var board = ReplayBoard.create(open("{\"file\":\"sys/known\",\"in\":\"" + hex("7") + "\"}\n"))) {
            var sys = board.files().sys();
            var up = sys.resolve("../".repeat(20) + secret.toString().substring(1));
            for (var path :
                    List.of(secret, up, sys.resolve("unknown"), Path.of("/proc/uptime"), Path.of("/etc/passwd"))) {
                assertThatThrownBy(() -> number(board.files(), path))
                        .hasMessageStartingWith("the recording has no file");
            }
            assertThat(board.files().exists(secret)).isFalse();
            assertThat(board.files().exists(up)).isFalse();
            assertThat(board.files().entries(directory)).isEmpty();
            assertThat(number(board.files(), Path.of("/sys/known"))).isEqualTo(7);
        }
    }
}
