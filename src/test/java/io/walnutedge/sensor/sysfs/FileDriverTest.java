package io.walnutedge.sensor.sysfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walnutedge.sensor.Fifo;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class FileDriverTest {
    @TempDir
    Path directory;

    private Path path() {
        return directory.resolve("tank");
    }

    private Sensor open(String more) throws Exception {
        return new SysTree(directory).open(new FileDriver(), "path = \"" + path() + "\"\n" + more);
    }

    private double read(String content, String more) throws Exception {
        Files.writeString(path(), content);
        try (var sensor = open(more)) {
            return Double.parseDouble(sensor.read().get(0).value().format(9));
        }
    }

    private void assertRefused(String content, String more, String why) {
        assertThatThrownBy(() -> read(content, more))
                .as(content.length() > 50 ? content.substring(0, 50) : content)
                .isInstanceOf(SensorException.class)
                .hasMessageContaining(why)
                .hasMessageContaining(path().toString());
    }

    @Test
    void emptyAndBinary_areRefused() {
        assertRefused("", "", "is empty");
        assertRefused(" \n\n", "", "is empty");
        assertRefused("\u0000\u0001 7", "", "is not text");
    }

    @Test
    void brokenUtf8_isRefused() throws Exception {
        Files.write(path(), new byte[] {(byte) 0xFF, '7', (byte) 0x80});
        var sensor = open("");
        assertThatThrownBy(sensor::read).isInstanceOf(SensorException.class).hasMessageContaining("is not text");
    }

    @Test
    void megabyteOfDigits_isRefused() {
        assertRefused("7".repeat(1 << 20), "", "4096 bytes or more");
        assertRefused("0." + "1".repeat(40), "", "a number of 42 characters; accepted: 40");
        assertRefused("7".repeat(1 << 20), "pattern = \"[0-9]+\"", "a number of 65536 characters");
    }

    @Test
    void startOfALargeFile_isSearchedByAPatternAlone() throws Exception {
        assertThat(read("12\n" + "x ".repeat(1 << 20), "pattern = \"^[0-9]+\"")).isEqualTo(12);
        // a character of two bytes across the end of what is read
        assertThat(read("12\n" + "x".repeat(65_532) + "é", "pattern = \"^[0-9]+\""))
                .isEqualTo(12);
        assertThat(read("12" + "\n".repeat(4093), "")).isEqualTo(12);
        assertRefused("12" + "\n".repeat(4094), "", "4096 bytes or more");
        assertRefused("12\n" + "x ".repeat(1 << 20), "", "4096 bytes or more");
    }

    @Test
    void byteOrderMark_isNoContent() throws Exception {
        assertThat(read("\ufeff21.5\r\n", "")).isEqualTo(21.5);
        assertThat(read("\ufefft=3", "pattern = \"^t=([0-9]+)\"")).isEqualTo(3);
        assertRefused("\ufeff", "", "is empty");
    }

    @Test
    void content_isNotInTheMessageThatIsPublished() {
        for (var more : List.of("", "pattern = \"([0-9]+)!\"", "pattern = \".*\"")) {
            assertThatThrownBy(() -> read("admin:secret123\u202e\n", more))
                    .hasMessageNotContaining("secret")
                    .satisfies(why ->
                            assertThat(((SensorException) why).inFull()).contains("it was 'admin:secret123\\u202e"));
        }
    }

    @Test
    void missingFileDirectoryAndDevice_areTold() throws Exception {
        var sensor = open("");
        assertThatThrownBy(sensor::read).isInstanceOf(SensorException.class).hasMessage(path() + " does not exist");
        Files.createDirectory(path());
        assertThatThrownBy(sensor::read).isInstanceOf(SensorException.class).hasMessageContaining("is a directory");
        Files.delete(path());
        Files.createSymbolicLink(path(), Path.of("/dev/zero"));
        assertThatThrownBy(sensor::read).isInstanceOf(SensorException.class).hasMessageContaining("not opened");
        Files.delete(path());
        Files.createSymbolicLink(path(), directory.resolve("gone"));
        assertThatThrownBy(sensor::read).isInstanceOf(SensorException.class).hasMessageContaining("a link to nothing");
    }

    @Test
    void fifoWithoutWriter_isNeverOpened_andTheFileComesBack() throws Exception {
        var sensor = open("");
        Files.move(Fifo.in(directory), path());
        assertThatThrownBy(sensor::read).isInstanceOf(SensorException.class).hasMessageContaining("FIFO");
        Files.move(Files.writeString(directory.resolve("new"), "3"), path(), StandardCopyOption.REPLACE_EXISTING);
        assertThat(SysTree.shown(sensor.read())).containsExactly("value=3.000");
    }

    @Test
    void replacedFile_isReadByName() throws Exception {
        Files.writeString(path(), "1");
        var sensor = open("quantity = level");
        assertThat(SysTree.shown(sensor.read())).containsExactly("level=1.000");
        Files.move(Files.writeString(directory.resolve("new"), "2"), path(), StandardCopyOption.REPLACE_EXISTING);
        assertThat(SysTree.shown(sensor.read())).containsExactly("level=2.000");
    }

    @Test
    void pattern_picksByItsGroup() throws Exception {
        var text = "air: 21.5C\nwater: 17.25C\n";
        assertThat(read(text, "pattern = \"water: ([0-9.]+)C\"")).isEqualTo(17.25);
        assertThat(read(text, "pattern = \"water: (?<value>[0-9.]+)\"")).isEqualTo(17.25);
        assertThat(read(text, "pattern = \"17[.0-9]*\"")).isEqualTo(17.25);
        assertThat(read("x".repeat(60_000) + "\nwater: 3", "pattern = \"water: ([0-9.]+)\""))
                .isEqualTo(3);
    }

    @Test
    void patternThatPicksNoNumber_isRefused() {
        assertRefused("water: n/a", "pattern = \"water: ([0-9.]+)\"", "nothing that matches");
        assertRefused("water: nan", "pattern = \"water: (.*)\"", "where a number was expected");
        assertRefused("water: 1,5", "pattern = \"water: (.*)\"", "where a number was expected");
        assertRefused("water: ", "pattern = \"water: ([0-9]+)?\"", "nothing that matches");
        assertRefused("water: 1e999", "pattern = \"water: (.*)\"", "more than a number may be");
    }

    @Test
    void catastrophicPattern_endsWithinItsSteps() {
        assertRefused("a".repeat(60_000), "pattern = \"(?:a+)+b\"", "too many steps");
        assertRefused("a".repeat(30), "pattern = \"(a*)*\\\\1b\"", "too many steps");
        assertRefused("1".repeat(60_000), "pattern = \".*.*.*=.*\"", "too many steps");
    }

    @Test
    void deeplyRecursingPattern_isRefusedAndNotAnError() {
        assertRefused("ab".repeat(30_000), "pattern = \"(?:a|b)*c\"", "too many steps");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "path = run/tank | must start with /",
                "unit = cm | path",
                "path = /t, pattern = \"(\" | is no regular expression",
                "path = /t, pattern = \"(a)(b)\" | has 2 groups",
                "path = /t, quantity = \"Water Level\" | is not a name"
            })
    void wrongSettings_areProblems(String settings, String expected) {
        assertThat(SysTree.problems(new FileDriver(), settings)).contains(expected);
    }

    @Test
    void unit_isLeftToTheMeasurement() {
        assertThat(SysTree.problems(new FileDriver(), "path = /t, unit = cm"))
                .contains("unit")
                .contains("unknown key");
        assertThat(SysTree.plan(new FileDriver(), "path = /t")
                        .quantities()
                        .get(0)
                        .unit())
                .isEmpty();
    }

    @Test
    void text_isUtf8() throws Exception {
        Files.write(path(), "水温 21.5 °C".getBytes(StandardCharsets.UTF_8));
        assertThat(SysTree.shown(open("pattern = \"水温 ([0-9.]+)\"").read())).containsExactly("value=21.500");
    }
}
