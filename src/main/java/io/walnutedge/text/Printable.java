package io.walnutedge.text;

import java.util.HexFormat;

/**
 * Foreign text as it may be shown on a terminal or in a log: what a terminal might obey, or what would be shown otherwise
 * than it is, is written as JSON escapes it (RFC 8259, 7), so that JSON remains JSON. Letters, digits, punctuation and
 * symbols of any script stay. Stateless; any thread.
 *
 * <p>Escaped are controls (C0, DEL, C1; ECMA-48), formats (Cf: bidi controls, zero-width joiners and spaces), line and
 * paragraph separators, surrogates without their other half, private use, what is not assigned, and whatever else is
 * invisible by default (Unicode, DerivedCoreProperties.txt, Default_Ignorable_Code_Point).
 */
public final class Printable {
    private Printable() {}

    /** A cell or a line: escaped are line ends and tabs, too. */
    public static String of(String text) {
        return clean(text, "");
    }

    /** A line of a log, where tabs stay. */
    public static String line(String text) {
        return clean(text, "\t");
    }

    /** What was put together from lines: their ends and tabs stay. */
    public static String lines(String text) {
        return clean(text, "\t\n\r");
    }

    /** So many characters of a text, and dots where there are more. */
    public static String excerpt(String text, int most) {
        var isLonger = text.codePointCount(0, text.length()) > most;
        return of(isLonger ? text.substring(0, text.offsetByCodePoints(0, most)) : text) + (isLonger ? "..." : "");
    }

    private static String clean(String text, String kept) {
        // nearly every text is printable, and is not copied
        if (text.codePoints().noneMatch(c -> isEscaped(c, kept))) {
            return text;
        }
        var clean = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (isEscaped(c, kept)) {
                escape(clean, c);
            } else {
                clean.appendCodePoint(c);
            }
        });
        return clean.toString();
    }

    private static boolean isEscaped(int c, String kept) {
        return isHarmful(c) && kept.indexOf(c) < 0;
    }

    private static boolean isHarmful(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> isInvisible(c);
        };
    }

    /** Default_Ignorable_Code_Point of other categories than those above. */
    private static boolean isInvisible(int c) {
        return c >= 0x34f
                && (c == 0x34f
                        || (c >= 0x115f && c <= 0x1160)
                        || (c >= 0x17b4 && c <= 0x17b5)
                        || (c >= 0x180b && c <= 0x180f)
                        || c == 0x3164
                        || (c >= 0xfe00 && c <= 0xfe0f)
                        || c == 0xffa0
                        || (c >= 0xe0100 && c <= 0xe01ef));
    }

    private static void escape(StringBuilder clean, int c) {
        switch (c) {
            case '\n' -> clean.append("\\n");
            case '\r' -> clean.append("\\r");
            case '\t' -> clean.append("\\t");
            default -> {
                for (var unit : Character.toChars(c)) {
                    clean.append("\\u").append(HexFormat.of().toHexDigits(unit));
                }
            }
        }
    }
}
