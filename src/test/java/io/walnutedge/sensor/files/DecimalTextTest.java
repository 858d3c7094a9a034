package io.walnutedge.sensor.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.sensor.SensorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTextTest {
    private static final List<String> SIGNS = List.of("", "-", "+");
    private static final List<String> BODIES = List.of(
            "0",
            "7",
            "007",
            "100.",
            ".5",
            "0.5",
            "48231",
            "0.062500000",
            "100.653265625",
            "123456789012345",
            ".123456789012345",
            "1234567890.123456789",
            "0000000000000000000001");
    private static final List<String> EXPONENTS = List.of("", "e0", "E3", "e-3", "e+05", "E-30");
    private static final List<String> AROUND = List.of("", "\n", "\r\n", " ", "\t", "\0", " \t\r\n\0");

    @TempDir
    Path directory;

    /** Every form with everything that may stand around it: what Java reads is what is meant. */
    @Test
    void everyForm_isReadAsJavaWould() {
        for (var sign : SIGNS) {
            for (var body : BODIES) {
                for (var exponent : EXPONENTS) {
                    var text = sign + body + exponent;
                    for (var around : AROUND) {
                        assertThat(DecimalText.parse(around + text + around))
                                .as("'%s' between '%s'", text, around)
                                .isEqualTo(Double.parseDouble(text));
                    }
                }
            }
        }
    }

    /** A character that has no business in a number, at each place of one. */
    @Test
    void everyOtherCharacter_atEachPlace_isNoNumber() {
        var taken = new ArrayList<String>();
        for (var c = 0; c < 0x10000; c++) {
            for (var at = 0; at <= 4 && "0123456789.eE+-\n\r\t \0".indexOf(c) < 0; at++) {
                var text = new StringBuilder("12.5").insert(at, (char) c).toString();
                if (!Double.isNaN(DecimalText.parse(text))) {
                    taken.add(text);
                }
            }
        }
        assertThat(taken).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "-", "+", ".", "-.", "..", "1.2.3", "--1", "+-1", "1-", "- 1", "1e", "1e+", "1e1.5", "e5",
                ".e5", "1 2", "1\n2", "1 . 5", "0x10", "nan", "inf", "1f", "1d", "12abc", "1,5", "1'000", "1e999",
                "-1e999"
            })
    void whatIsNotOneNumber_isNone(String text) {
        assertThat(DecimalText.parse(text)).isNaN();
    }

    @Test
    void length_isBounded() {
        assertThat(DecimalText.parse("7".repeat(DecimalText.LONGEST))).isFinite();
        assertThat(DecimalText.parse("7".repeat(DecimalText.LONGEST + 1))).isNaN();
        assertThat(DecimalText.parse("7".repeat(4096))).isNaN();
    }

    @ParameterizedTest
    @CsvSource({"100., 100", "1.5e-3, 0.0015", "' 42\r\n', 42", "-13657.500000, -13657.5"})
    void attribute_hasOneOfTheseForms(String content, double expected) throws Exception {
        var file = Files.writeString(directory.resolve("value"), content);
        try (var attribute = DeviceFiles.SYSTEM.attribute(file, false)) {
            assertThat(attribute.number()).isEqualTo(expected);
        }
        Files.write(file, new byte[] {'1', (byte) 0xb2});
        try (var attribute = DeviceFiles.SYSTEM.attribute(file, false)) {
            assertThat(DecimalTextTest.failure(attribute)).contains("not a number");
        }
    }

    private static String failure(Attribute attribute) {
        try {
            return "read " + attribute.number();
        } catch (SensorException refused) {
            return String.valueOf(refused.getMessage());
        }
    }
}
