package io.walnutedge.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problems;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretFileTest {
    @TempDir
    private Path directory;

    private final Problems problems = new Problems();

    private String read(byte[] content) throws IOException {
        var file = Files.write(directory.resolve("pw"), content);
        return new String(SecretFile.read(ConfigFile.parse("key = x", problems), "key", file.toString())
                .reveal());
    }

    private String read(String content) throws IOException {
        return read(content.getBytes(Charset.forName("UTF-8")));
    }

    /** Every blank of Unicode at either end is a part of it; only the line end goes, whichever it is. */
    @Test
    void password_keepsItsBlanks() throws IOException {
        for (var c = 1; c <= 0xffff; c++) {
            if (c != '\n' && c != '\r' && (Character.isWhitespace(c) || Character.isSpaceChar(c))) {
                var password = Character.toString(c) + "ge heim" + Character.toString(c);
                assertThat(read(password)).as("U+%04X", c).isEqualTo(password);
                assertThat(read(password + "\n")).isEqualTo(password);
                assertThat(read("\ufeff" + password + "\r\n")).isEqualTo(password);
            }
        }
        assertThat(read("geheim\n\n")).isEqualTo("geheim");
        assertThat(read("温室 \n")).isEqualTo("温室 ");
        assertThat(problems.list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GBK", "ISO-8859-1", "UTF-16", "UTF-16LE"})
    void otherEncoding_isAMistake_thatShowsNothing(String charset) throws IOException {
        read((charset.equals("GBK") ? "温室geheim" : "Küche-geheim").getBytes(Charset.forName(charset)));
        assertThat(problems.list())
                .singleElement()
                .asString()
                .contains(
                        "key: " + directory.resolve("pw") + ":1 is not UTF-8 and looks like ", charset.substring(0, 3))
                .doesNotContain("geheim");
    }

    @Test
    void severalLines_andNone_areMistakes() throws IOException {
        read("geheim\nb");
        assertThat(problems.list())
                .singleElement()
                .asString()
                .contains("must have one line")
                .doesNotContain("geheim");
        read("\r\n");
        assertThat(problems.list())
                .anySatisfy(problem -> assertThat(problem.message()).endsWith("pw is empty"));
    }
}
