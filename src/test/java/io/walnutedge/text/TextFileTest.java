package io.walnutedge.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextFileTest {
    private static final Charset GBK = Charset.forName("GBK");

    private static TextFile.EncodingException refused(byte[] bytes) {
        return catchThrowableOfType(TextFile.EncodingException.class, () -> TextFile.decode(bytes));
    }

    @Test
    void byteOrderMark_isTaken_onceAndInFrontOnly() throws IOException {
        assertThat(TextFile.decode("\ufeffa = 1".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("a = 1");
        assertThat(TextFile.decode("\ufeff".getBytes(StandardCharsets.UTF_8))).isEmpty();
        assertThat(TextFile.decode("a\ufeff".getBytes(StandardCharsets.UTF_8))).isEqualTo("a\ufeff");
        assertThat(TextFile.decode(new byte[0])).isEmpty();
    }

    /** All that UTF-8 can carry, save for a zero byte. */
    @Test
    void everyCharacter_isWhatItWas() throws IOException {
        for (var c = 1; c <= 0x10ffff; c++) {
            if (c < 0xd800 || c > 0xdfff) {
                var text = "a" + Character.toString(c);
                assertThat(TextFile.decode(text.getBytes(StandardCharsets.UTF_8)))
                        .isEqualTo(text);
            }
        }
    }

    /** Each sequence of one, two and three bytes that is no UTF-8 is refused, in its line. */
    @Test
    void whatIsNoUtf8_isRefusedInItsLine() {
        for (var first = 0x80; first <= 0xff; first++) {
            for (var second = 0; second <= 0xff; second++) {
                var bytes = new byte[] {'a', '\n', 'b', '\r', '\n', '#', (byte) first, (byte) second, '\n', '\n'};
                var isText = first >= 0xc2 && first <= 0xdf && second >= 0x80 && second <= 0xbf;
                var refused = refused(bytes);
                if (isText) {
                    assertThat(refused).isNull();
                } else {
                    assertThat(refused.line()).as("%x %x", first, second).isEqualTo(3);
                }
            }
        }
    }

    /** Every character of GB 2312 and of GBK, in a line of common ones. */
    @Test
    void gbk_isNamed() {
        var count = 0;
        for (var c = 0x4e00; c <= 0x9fa5; c++) {
            if (GBK.newEncoder().canEncode((char) c)) {
                var refused = refused(("name = \"温室" + (char) c + "\"\n").getBytes(GBK));
                assertThat(refused)
                        .hasMessageContaining("looks like GBK: save it as UTF-8, e.g. iconv -f GBK -t UTF-8");
                assertThat(refused.line()).isOne();
                count++;
            }
        }
        assertThat(count).isEqualTo(20_902);
    }

    /** Every letter of Latin-1, in a word. */
    @Test
    void latin1_isNamed() {
        for (var c = 0xa1; c <= 0xff; c++) {
            for (var word : List.of("K%sche", "%s", "caf%s", "21 %sC", "%s = 1")) {
                var text = "a = 1\n\n" + word.formatted(Character.toString(c));
                var refused = refused(text.getBytes(StandardCharsets.ISO_8859_1));
                assertThat(refused)
                        .as(text)
                        .hasMessageContaining("Latin-1")
                        .hasMessageContaining("iconv -f ISO-8859-1");
                assertThat(refused.line()).isEqualTo(3);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    void wideEncoding_isNamed(String charset) {
        var refused = refused("a = 1\nb = 温\n".getBytes(Charset.forName(charset)));
        assertThat(refused).hasMessageContaining("looks like UTF-16");
        assertThat(refused.line()).isOne();
    }

    @Test
    void utf16WithItsMark_isNamed_whateverFollows() {
        assertThat(refused("\ufeff温".getBytes(StandardCharsets.UTF_16LE))).hasMessageContaining("UTF-16");
        assertThat(refused("\ufeff温".getBytes(StandardCharsets.UTF_16BE))).hasMessageContaining("UTF-16");
    }

    @Test
    void zeroByte_isNoText() {
        assertThat(refused("abc\nde\0f".getBytes(StandardCharsets.UTF_8))).hasMessageContaining("zero byte");
        assertThat(refused("abc\nde\0f".getBytes(StandardCharsets.UTF_8)).line())
                .isEqualTo(2);
    }

    @Test
    void fileThatNeverEnds_isRefused(@TempDir Path directory) throws IOException {
        var most = new ByteArrayOutputStream();
        most.writeBytes(" ".repeat(TextFile.LARGEST).getBytes(StandardCharsets.UTF_8));
        var file = directory.resolve("a");
        assertThat(TextFile.read(Files.write(file, most.toByteArray()))).hasSize(TextFile.LARGEST);
        most.write(' ');
        Files.write(file, most.toByteArray());
        assertThatThrownBy(() -> TextFile.read(file)).hasMessage("is larger than 4 MiB");
        assertThatThrownBy(() -> TextFile.read(Path.of("/dev/zero"))).hasMessage("is larger than 4 MiB");
    }
}
