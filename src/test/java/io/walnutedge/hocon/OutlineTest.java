package io.walnutedge.hocon;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.walnutedge.text.LookAlikes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutlineTest {
    private static Outline.Mistake only(String text) {
        assertThat(Outline.of(text).mistakes()).as(text).hasSize(1);
        return Outline.of(text).mistakes().get(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n# nothing\n// at all",
                "{ a = 1 }",
                "a = 1, b = 2\nc : 3,\nd { e = 4, f = 5 },",
                "a\n{ b = 1 }",
                "a =\n  [ 1, 2\n 3, ]",
                "a = \"b\"\r\nc = d\r\n",
                "a.b = 1\na.c = 2\na { d = 3 }",
                "a { d = 3 }\na.b = 1",
                "a = ${b} { c = 1 }\nb { c = 2 }",
                "a = \"x\"${b}\"y\", b = z",
                "a = \"\"\"two\nlines\"\"\"\nb = 1",
                "a = \"\"\"quote\"\"\"\"",
                "a = [{ b = 1 }, { b = 1 }]",
                "a = 1\na = ${?NAME}\na = ${?OTHER}",
                "a = [1]\na += 2\na += 3",
                "a = [1]\na = ${a} [2]",
                "include \"x.conf\"\ninclude \"x.conf\"\na { include file(\"y\") }",
                "include required(file( \"x\" ) )",
                "name = 温室（东）！",
                "name = Grandma\u2019s room",
                "\"a：b\" = \"c：d\"",
                "\ufeffa = 1",
                "a\u3000=\u00a01",
                "a { b = 1 } # c\nd = 2 // e",
                "a = \"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\""
            })
    void goodText_hasNoMistake(String text) {
        assertThat(Outline.of(text).mistakes()).isEmpty();
        ConfigFactory.parseString(text.replaceAll("include [^\\n}]*", ""));
    }

    /** Each way to give a key, twice, is found with both lines; so is it in tables, lists and tables of lists. */
    @Test
    void keyGivenTwice_namesBothLines() {
        var ways = List.of(
                "a = 1",
                "a : 1",
                "a { b = 1 }",
                "a = { b = 1 }",
                "a = [1]",
                "a = \"x\"",
                "\"a\" = 1",
                "a.b = 1",
                "a.\"b\" = 1",
                "a = ${x}",
                "a = null",
                "a.b { c = 1 }",
                "a = \"\"\"x\ny\"\"\"");
        for (var first : ways) {
            for (var second : ways) {
                for (var around :
                        List.of("%s", "o {\n%s\n}", "o = [\n{\n%s\n}\n]", "o.p {\n%s\n}", "o = ${q} {\n%s\n}")) {
                    var inside = "\n" + first + "\n\n" + second;
                    var text = around.formatted(inside);
                    var start = 1
                            + (int) around.substring(0, around.indexOf('%'))
                                    .chars()
                                    .filter(c -> c == '\n')
                                    .count();
                    var lines = (int) first.chars().filter(c -> c == '\n').count();
                    var mistake = only(text);
                    assertThat(mistake.line()).as(text).isEqualTo(start + 3 + lines);
                    assertThat(mistake.key()).as(text).matches("(o(\\[0]|\\.p)?\\.)?a(\\.b)?");
                    assertThat(mistake.message())
                            .as(text)
                            .startsWith("is given twice, in line " + (start + 1) + " and in line " + (start + 3 + lines)
                                    + ";");
                }
            }
        }
    }

    @Test
    void everyKeyGivenTwice_isTold() {
        assertThat(Outline.of("a = 1\nb = 1\na = 2\nb = 2\na = 3\nc { d = 1, d = 2 }")
                        .mistakes())
                .extracting(Outline.Mistake::line)
                .containsExactly(3, 4, 5, 6);
    }

    @Test
    void amendment_thatIsNone_isGivenTwice() {
        assertThat(only("a = ${?A}\na = 1").line()).isEqualTo(2);
        assertThat(only("a = 1\na = ${?A}b").line()).isEqualTo(2);
        assertThat(only("a = 1\na = ${A}").line()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`a = 1\nb {\n c = 2\n`| 2 | a { of this line has no }",
                "`a {\n b = 1\nc {\n d = 1\n}`| 1 | before line 3",
                "`a {\n  b { c = 1\n}\nd = 1`| 2 | before line 3",
                "`a = 1\n}`| 2 | a } too many",
                "`a {\n  b { c = 1 }}\n  d = 1\n}`| 2 | a } too many",
                "`a = [1, 2\nb = 3`| 2 | a ] is missing",
                "`x { a = [1, 2 }`| 1 | a [ of this line has no ]",
                "`a = 1]`| 1 | ]",
                "`]`| 1 | a ] too many",
                "`a\nb = 1`| 1 | neither = nor {",
                "`a = 1, b, c = 2`| 1 | neither = nor {",
                "`a =\nb = 1`| 1 | no value",
                "`a = , b = 1`| 1 | no value",
                "`a = }`| 1 | no value",
                "`= 1`| 1 | no key",
                "`{{ a = 1 }}`| 1 | no key",
                "`a == 1`| 1 | a = too many",
                "`a = 1,, b = 2`| 1 | a comma too many",
                "`a = [1,,2]`| 1 | a comma too many",
                "`a = b c = 2`| 1 | a comma or a new line is missing",
                "`a {} b = 2`| 1 | a comma",
                "`a = [{b=1} {c=1}]`| 1 | a comma or a new line is missing",
                "`a = \"b\" \"c\"`| 1 | a comma",
                "`a = \"b`| 1 | a quotation mark has no other",
                "`a = b\"`| 1 | quotes are around the whole",
                "`a = \"b\"\"`| 1 | comma",
                "`a = tcp://b`| 1 | second :",
                "`a = [tcp://b]`| 1 | in a list there is no :",
                "`a = b//c`| 1 | // begins a comment",
                "`a = b#c`| 1 | # begins a comment",
                "`a = 'b'`| 1 | texts are in",
                "`a = b*c`| 1 | needs quotes",
                "`a = $b`| 1 | a text with $ needs quotes",
                "`a = ${b`| 1 | ${ has no }",
                "`a = ${}`| 1 | between ${ and }",
                "`a b = 1`| 1 | write ab or a-b in place of",
                "`a . b = 1`| 1 | a key has no blanks",
                "`a..b = 1`| 1 | a point too many",
                "`.a = 1`| 1 | a point too many",
                "`a = 0,5`| 1 | write 0.5 in place of 0,5",
                "`x { a = 0,5, b = 1 }`| 1 | write 0.5",
                "`a = 0,5 s # c`| 1 | write 0.5",
                "`a = \"\\d\"`| 1 | a \\ itself is written",
                "`a = \"b\tc\"`| 1 | a tab in quotes",
                "`a = \"\"\"b\nc`| 1 | no other",
                "`[1, 2]`| 1 | this is a list",
                "`a = 1\rb = 2`| 1 | U+000D alone",
                "`# a\u2028b = 2`| 1 | U+2028 alone",
                "`\u200ba = 1`| 1 | invisible character, U+200B",
                "`include url(\"http://a/b\")`| 1 | only files",
                "`include classpath(\"b\")`| 1 | only files",
                "`include package(\"b\")`| 1 | only files",
                "`include required(url(\"http://a/b\"))`| 1 | only files",
                "`include b.conf`| 1 | in quotes",
                "`include \"b.conf\" c = 1`| 1 | nothing behind it",
                "`include\na = 1`| 1 | in quotes"
            })
    void mistake_hasLineAndCure(String text, int line, String message) {
        var mistake = only(text.replace("\\r", "\r"));
        assertThat(mistake.message()).contains(message);
        assertThat(mistake.line()).isEqualTo(line);
    }

    /** Every character that only looks like one of those that make the form of a file, in every place. */
    @Test
    void lookAlike_isNamedWithWhatToType() {
        var places =
                List.of("a%s= 1", "%sa = 1", "a = b%sc", "a = %sb", "a = [b%s c]", "a %s 1", "a = {b = 1%s c = 2}");
        for (var c = 0x80; c <= 0x10ffff; c++) {
            var plain = LookAlikes.ascii(c);
            if (plain.isPresent() && "{}[]:=,#\"".indexOf(plain.get()) >= 0) {
                for (var place : places) {
                    assertThat(only(place.formatted(Character.toString(c))).message())
                            .contains(String.format("U+%04X; type %s", c, plain.get()));
                }
                assertThat(Outline.of("a = \"b" + Character.toString(c) + "\"").mistakes())
                        .isEmpty();
            }
        }
    }

    @Test
    void quoteThatIsOfAnotherKind_isNamed() {
        assertThat(only("a = \"b\u201d").message()).contains("\u201d is U+201D; type \"");
        assertThat(only("a = \u2018b\u2019").message()).contains("\u2018 is U+2018; type \"");
        assertThat(only("x { a = \"b\u201d, c = \"d\" }").message()).contains("U+201D; type \"");
    }

    @Test
    void valueOfABrokenLine_isNotShown() {
        for (var text : List.of(
                "broker = tcp://pi:geheim@a",
                "broker = \"tcp://pi:geheim@a",
                "tcp://pi:geheim@a",
                "\"tcp://pi:geheim@a\"")) {
            assertThat(only(text).message()).doesNotContain("geheim");
        }
    }

    @Test
    void nullThatTakesNothingAway_isTold() {
        assertThat(Outline.of("a = null\nb { c = null }").nulls())
                .extracting(Outline.Mistake::key)
                .containsExactly("a", "b.c");
        assertThat(Outline.of("include \"x\"\na = null\nb = \"null\"\nc = nullx")
                        .nulls())
                .isEmpty();
    }

    @Test
    void includes_comeInTheirOrder() {
        assertThat(Outline.of("include \"a\"\nb { include required(\"c\")\ninclude file(\"d\") }\n\"include\" = 1")
                        .includes())
                .containsExactly(new Outline.Include(1, "a"), new Outline.Include(2, "c"), new Outline.Include(3, "d"));
    }

    @Test
    void depthWithoutEnd_isRefused() {
        assertThat(only("[".repeat(100_000)).message()).contains("this is a list");
        assertThat(only("a = " + "[".repeat(100_000)).message()).contains("inside each other");
        assertThat(only("a {".repeat(100_000)).message()).contains("inside each other");
    }

    /** What passes, the library can read; seeds are fixed. */
    @Test
    void whatPasses_isHocon() {
        var pieces = new String[] {
            "a", "b", "c.d", "=", ":", "{", "}", "[", "]", ",", "\n", " ", "\"x\"", "\"", "1", "0.5", "${a}", "${?E}",
            "#", "//", "+=", "null", "true", "'", "\\", ".", "\"\"\"", "\t", "\u3000", "=1\n", "{a=1}", "e"
        };
        var passed = new ArrayList<String>();
        var random = new Random(17);
        for (var i = 0; i < 60_000; i++) {
            var text = new StringBuilder();
            for (var length = random.nextInt(12); length >= 0; length--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            if (Outline.of(text.toString()).mistakes().isEmpty()) {
                ConfigFactory.parseString(text.toString());
                passed.add(text.toString());
            }
        }
        assertThat(passed).hasSizeGreaterThan(1000);
    }
}
