package io.walnutedge.hocon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A text key gets what stands in the file, or it is a mistake that says how to write it. */
class WrittenTextTest {
    private static final List<BiFunction<ConfigTable, String, Optional<String>>> GETTERS = List.of(
            ConfigTable::optionalText,
            ConfigTable::optionalWord,
            (settings, key) -> Optional.of(settings.text(key)),
            (settings, key) -> Optional.of(settings.word(key)),
            (settings, key) -> settings.texts(key).stream().findFirst());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "007",
                "7",
                "0",
                "-0",
                "00",
                "1e3",
                "1E3",
                "1e+3",
                "1.10",
                "1.0",
                "1.",
                "-1",
                "01.50",
                "0x10",
                "0b1",
                "0o7",
                "1_000",
                "on",
                "off",
                "yes",
                "no",
                "true",
                "false",
                "True",
                "nullx",
                "truex",
                "true false",
                "NaN",
                "Infinity",
                "1e999",
                "12345678901234567890",
                "123456789012345678901234567890",
                "0.1000000000000000055511151231257827",
                "1 2",
                "1.10.2",
                "10 s",
                "1e",
                "1-2",
                "2026-01-02"
            })
    void everyBareWord(String written) {
        for (var getter : GETTERS) {
            var problems = new Problems();
            var text = getter.apply(ConfigFile.parse("key = " + written, problems), "key");
            if (problems.isEmpty()) {
                assertThat(text).contains(written);
            } else {
                assertThat(problems.list())
                        .singleElement()
                        .asString()
                        .contains(written + " is not", "written \"" + written + "\"");
            }
            var quoted = new Problems();
            assertThat(getter.apply(ConfigFile.parse("key = \"" + written + "\"", quoted), "key"))
                    .contains(written);
            assertThat(quoted.list()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"007", "1e3", "1.10", "0x10", "-0"})
    void word_isAsWritten(String written) {
        var problems = new Problems();
        assertThat(ConfigFile.parse("id = " + written, problems).word("id")).isEqualTo(written);
        assertThat(problems.list()).isEmpty();
    }
}
