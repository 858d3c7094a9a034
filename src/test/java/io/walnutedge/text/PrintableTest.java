package io.walnutedge.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All of Unicode. */
class PrintableTest {
    /** What must never be shown as it is; the lists are Unicode's own, not this program's. */
    static BitSet harmful() {
        var harmful = new BitSet();
        harmful.set(0x00, 0x20); // C0
        harmful.set(0x7f, 0xa0); // DEL, C1
        harmful.set(0xad); // soft hyphen
        harmful.set(0x34f); // combining grapheme joiner
        harmful.set(0x61c); // Arabic letter mark
        harmful.set(0x115f, 0x1161); // Hangul fillers
        harmful.set(0x180b, 0x180f); // Mongolian selectors
        harmful.set(0x200b, 0x2010); // zero-width, marks of direction
        harmful.set(0x2028, 0x202f); // separators, bidi embeddings and overrides
        harmful.set(0x2060, 0x2070); // word joiner, bidi isolates
        harmful.set(0x3164);
        harmful.set(0xd800, 0xf900); // surrogates, private use
        harmful.set(0xfdd0, 0xfdf0); // noncharacters
        harmful.set(0xfe00, 0xfe10); // variation selectors
        harmful.set(0xfeff);
        harmful.set(0xffa0);
        harmful.set(0xfff9, 0xfffc); // interlinear annotation
        harmful.set(0xe0001);
        harmful.set(0xe0020, 0xe0080); // tags
        harmful.set(0xe0100, 0xe01f0); // variation selectors
        IntStream.rangeClosed(0, 16).forEach(plane -> harmful.set((plane << 16) + 0xfffe, (plane << 16) + 0x10000));
        harmful.set(0xf0000, 0x110000);
        return harmful;
    }

    private static String escaped(int c) {
        var text = new StringBuilder();
        for (var unit : Character.toChars(c)) {
            text.append(String.format("\\u%04x", (int) unit));
        }
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> text.toString();
        };
    }

    @Test
    void everyCodePoint_isItself_orAnEscape() {
        var harmful = harmful();
        var kept = 0;
        for (var c = 0; c <= Character.MAX_CODE_POINT; c++) {
            var shown = Printable.of("a" + Character.toString(c) + "b");
            if (shown.equals("a" + Character.toString(c) + "b")) {
                assertThat(harmful.get(c)).as("U+%04X is shown", c).isFalse();
                kept++;
            } else {
                assertThat(shown).isEqualTo("a" + escaped(c) + "b");
            }
        }
        assertThat(kept).as("letters, digits, signs").isGreaterThan(140_000);
    }

    @Test
    void everyLetterDigitAndSign_ofAnyScript_isShown() {
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(c -> Character.isLetterOrDigit(c)
                        && Character.isDefined(c)
                        && !harmful().get(c))
                .filter(c -> c % 7 == 0 || c < 0x3000)
                .filter(c -> !Printable.of(Character.toString(c)).equals(Character.toString(c)))
                .findFirst()
                .ifPresent(c -> assertThat(c).as("U+%04X is not shown", c).isNegative());
    }

    @Test
    void whatIsKept_dependsOnWhereItIsShown() {
        var text = "a\tb\r\n\u009bc";
        assertThat(Printable.of(text)).isEqualTo("a\\tb\\r\\n\\u009bc");
        assertThat(Printable.line(text)).isEqualTo("a\tb\\r\\n\\u009bc");
        assertThat(Printable.lines(text)).isEqualTo("a\tb\r\n\\u009bc");
        assertThat(Printable.of("\ud83d \ude00 \ud83d\ude00")).isEqualTo("\\ud83d \\ude00 \ud83d\ude00");
    }

    @Test
    void excerpt_isCutBetweenCodePoints_andEscapedThen() {
        assertThat(Printable.excerpt("\ud83d\ude00".repeat(3), 2)).isEqualTo("\ud83d\ude00\ud83d\ude00...");
        assertThat(Printable.excerpt("\u001b\u001b", 2)).isEqualTo("\\u001b\\u001b");
    }

    @ParameterizedTest
    @CsvSource({"abc, 3", "温度, 4", "温度a, 5", "e\u0301, 1", "😀, 2", "℃, 1", "カ, 2", "ｶ, 1", "한글, 4", "'', 0"})
    void width_isThatOfATerminal(String text, int width) {
        assertThat(Columns.width(text)).isEqualTo(width);
        assertThat(Columns.width(Columns.pad(text, 12, false))).isEqualTo(12);
        assertThat(Columns.pad(text, 12, true)).endsWith(text);
    }

    /** Whatever is shown in a cell has its width, is whole characters, and obeys nothing. */
    @Test
    void cell_ofAnyText_hasItsWidth() {
        var random = new java.util.Random(5);
        for (var i = 0; i < 20_000; i++) {
            var text = random.ints(random.nextInt(12), 0, i % 2 == 0 ? 0x110000 : 0x3000)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            var cell = Columns.pad(text, 6, i % 3 == 0);
            assertThat(Columns.width(cell)).as(text).isEqualTo(6);
            assertThat(Printable.of(cell)).isEqualTo(cell);
        }
    }
}
