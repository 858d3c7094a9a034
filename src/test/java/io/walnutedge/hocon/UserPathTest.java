package io.walnutedge.hocon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserPathTest {
    /** A path that is made of something else than a text in the source. */
    private static final Pattern MADE =
            Pattern.compile("\\bPaths?\\.(?:of|get)\\((?!\")|\\bPaths?::(?:of|get)\\b|new File\\(");

    /** What these make paths of was judged, or nobody wrote it: names that the program gives, that systemd or Java says. */
    private static final Set<String> OF_OWN_NAMES = Set.of(
            "hocon/UserPath.java",
            "cli/ServiceStart.java",
            "daemon/OnStopFile.java",
            "files/FileTrouble.java",
            "hardware/GlitchFreeOutputProvider.java",
            "hardware/SysfsInputProvider.java",
            "natives/NativeCode.java",
            "sensor/exec/AllowList.java");

    @ParameterizedTest
    @ValueSource(strings = {"/a\0b", "\0", "/\ud83c/x", "\udf21\ud83c"})
    void textThatNamesNoFile_isRefusedWithItsReason(String text) {
        var why = new ArrayList<String>();
        assertThat(UserPath.of(text, why::add)).isEmpty();
        assertThat(why)
                .singleElement()
                .asString()
                .contains(" is no name of a file: it has ")
                .doesNotContain("\0");
    }

    @Test
    void keyOfAPath_isAMistakeOfItsLine() {
        var problems = new Problems();
        var settings = ConfigFile.parse("a = b\nfile = \"x\\u0000\"", problems);
        assertThat(UserPath.read(settings, "file")).contains(Path.of("/"));
        assertThat(UserPath.read(settings, "none", Path.of("/y"))).isEqualTo(Path.of("/y"));
        assertThat(problems.list())
                .singleElement()
                .asString()
                .contains("2: file: 'x\\u0000' is no name of a file: it has a NUL");
    }

    @Test
    void nobodyElse_makesAPathOfForeignText() throws IOException {
        var root = Path.of("src/main/java/io/walnutedge");
        var found = new ArrayList<String>();
        try (var files = Files.walk(root)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                var name = root.relativize(file).toString();
                if (!OF_OWN_NAMES.contains(name)) {
                    Files.readAllLines(file).stream()
                            .filter(line -> MADE.matcher(line).find())
                            .forEach(line -> found.add(name + ": " + line.strip()));
                }
            }
        }
        assertThat(found).isEqualTo(List.of());
    }
}
