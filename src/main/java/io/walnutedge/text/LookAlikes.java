package io.walnutedge.text;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Characters that keyboards of East Asia and word processors give in the place of one of ASCII: full-width and small forms
 * (Unicode, blocks FF00 and FE50), ideographic punctuation, curved quotation marks, dashes and unusual blanks. Stateless;
 * any thread.
 */
public final class LookAlikes {
    private static final String DOUBLE_QUOTES = "\u201c\u201d\u201e\u201f\u301d\u301e\u301f";
    private static final String SINGLE_QUOTES = "\u2018\u2019\u201a\u201b";
    private static final String DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212";
    private static final String BLANKS = "\u00a0\u2007\u202f\u3000";

    private static final Map<Integer, Character> OTHERS = Map.of(
            0x3001, ',',
            0x3002, '.',
            0x3010, '[',
            0x3011, ']',
            0x3014, '[',
            0x3015, ']');

    private LookAlikes() {}

    /** The character of ASCII that is meant; empty for any other character. */
    public static Optional<Character> ascii(int c) {
        if (c < 0x80) {
            return Optional.empty();
        }
        if ((c >= 0xff01 && c <= 0xff5e) || (c >= 0xfe50 && c <= 0xfe6b)) {
            var plain = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKC);
            return plain.charAt(0) < 0x80
                    ? Optional.of(plain.charAt(0))
                    : Optional.ofNullable(OTHERS.get((int) plain.charAt(0)));
        }
        if (DOUBLE_QUOTES.indexOf(c) >= 0) {
            return Optional.of('"');
        }
        if (SINGLE_QUOTES.indexOf(c) >= 0) {
            return Optional.of('\'');
        }
        if (DASHES.indexOf(c) >= 0) {
            return Optional.of('-');
        }
        return BLANKS.indexOf(c) >= 0 ? Optional.of(' ') : Optional.ofNullable(OTHERS.get(c));
    }

    /** As in {@code "： is U+FF1A; type :"}; of the character that {@link #ascii} knows. */
    public static String cure(int c) {
        var plain = ascii(c).orElse('?');
        var name = String.format(Locale.ROOT, "U+%04X", c);
        return plain == ' '
                ? "there is a blank " + name + "; type an ordinary one"
                : Character.toString(c) + " is " + name + "; type " + plain;
    }

    /** The cures of all that a text has, each once; empty where it has none. */
    public static String cures(String text) {
        return text.codePoints()
                .filter(c -> ascii(c).isPresent())
                .distinct()
                .mapToObj(LookAlikes::cure)
                .collect(Collectors.joining(", "));
    }
}
