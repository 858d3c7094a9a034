package io.walnutedge.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problems;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All of Unicode, and each length about the limit. */
public class MqttTextTest {
    /** MQTT 3.1.1, 1.5.3: what must not or should not be in a text; the lists are the standard's own. */
    public static BitSet forbidden() {
        var forbidden = new BitSet();
        forbidden.set(0x0000, 0x0020);
        forbidden.set(0x007f, 0x00a0);
        forbidden.set(0xd800, 0xe000);
        forbidden.set(0xfdd0, 0xfdf0);
        IntStream.rangeClosed(0, 16).forEach(plane -> forbidden.set((plane << 16) + 0xfffe, (plane << 16) + 0x10000));
        return forbidden;
    }

    @Test
    void everyCodePoint_isTakenOrRefused_asTheStandardSays_whereverItStands() {
        var forbidden = forbidden();
        for (var c = 0; c <= Character.MAX_CODE_POINT; c++) {
            var character = Character.toString(c);
            for (var text : List.of(character, "温" + character, character + "🌡", "a" + character + "b")) {
                var fault = MqttText.fault(text);
                if (fault.isEmpty() == forbidden.get(c)) {
                    assertThat(fault)
                            .as("U+%04X in %s", c, text)
                            .isEqualTo(forbidden.get(c) ? "a reason" : "no reason");
                }
                if (!fault.isEmpty() && !fault.endsWith(String.format(", U+%04X", c))) {
                    assertThat(fault).as("names it").contains(String.format("U+%04X", c));
                }
            }
        }
    }

    @Test
    void topicsAndFilters_areJudgedAsTexts_alsoThoseOfTheBroker() {
        var forbidden = forbidden();
        for (var c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (c == '+' || c == '#') {
                continue;
            }
            var text = "温：" + Character.toString(c);
            for (var filter : List.of(text, "+/" + text + "/#", "$share/g/" + text, "$SYS/" + text)) {
                if (Topics.faultOfFilter(filter).isEmpty() == forbidden.get(c)) {
                    assertThat(c).as("U+%04X in %s", c, filter).isNegative();
                }
            }
            for (var topic : List.of(text, "$aws/" + text)) {
                if (Topics.faultOfConcrete(topic).isEmpty() == forbidden.get(c)) {
                    assertThat(c).as("U+%04X in %s", c, topic).isNegative();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "é", "温", "：", "🌡", "\udbff\udffd"})
    void asManyBytesAsTheLengthCanSay_andNoMore(String character) {
        var size = character.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        var most = character.repeat(MqttText.MAX_BYTES / size) + "x".repeat(MqttText.MAX_BYTES % size);
        assertThat(MqttText.fault(most)).isEmpty();
        assertThat(MqttText.fault(most + "x")).isEqualTo("it is longer than 65535 bytes");
        assertThat(Topics.faultOfConcrete(most)).isEmpty();
        assertThat(Topics.faultOfFilter(most + "x")).contains("longer than 65535 bytes");
    }

    @Test
    void halvesOfCharacters_areNamed() {
        for (var broken : List.of("\ud83c", "\udf21", "\udf21\ud83c", "a\ud83c\ud83c\udf21", "\ud83c温")) {
            assertThat(MqttText.fault(broken)).as(broken).startsWith("it has half of a character, U+D");
        }
    }

    @Test
    void refusedText_isQuotedShort_withEscapes() {
        var problems = new Problems();
        var settings = ConfigFile.parse("topic = \"温\\t" + "x".repeat(70_000) + '"', problems);
        assertThat(Topics.readConcrete(settings, "topic", "")).hasSize(70_002);
        assertThat(problems.list())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .startsWith("'温\\txxx")
                        .hasSizeLessThan(200)
                        .endsWith("is no topic to publish to: it has a control character, U+0009"));
    }
}
