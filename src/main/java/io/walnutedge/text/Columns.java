package io.walnutedge.text;

/** Text in columns of a terminal, cleaned by {@link Printable}. Stateless; any thread. */
public final class Columns {
    private static final String CUT = "…";

    private Columns() {}

    /** Columns that a text takes: those of East Asia and pictures take two, marks above a letter none. */
    public static int width(String text) {
        return text.codePoints().map(Columns::width).sum();
    }

    /** In so many columns: cut, or with blanks behind it, or before it. */
    public static String pad(String text, int width, boolean right) {
        var cut = fit(text, width);
        var blanks = " ".repeat(width - width(cut));
        return right ? blanks + cut : cut + blanks;
    }

    /** In so many columns at most. */
    public static String fit(String text, int width) {
        var clean = Printable.of(text);
        if (width(clean) <= width) {
            return clean;
        }
        var end = 0;
        var used = 1;
        while (used + width(clean.codePointAt(end)) <= width) {
            used += width(clean.codePointAt(end));
            end += Character.charCount(clean.codePointAt(end));
        }
        return clean.substring(0, end) + CUT;
    }

    private static int width(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> 0;
            default -> c >= 0x1100 && isWide(c) ? 2 : 1;
        };
    }

    /** Unicode, EastAsianWidth.txt: W and F, in blocks. */
    private static boolean isWide(int c) {
        return c <= 0x115f
                || (c >= 0x2e80 && c <= 0xa4cf)
                || (c >= 0xac00 && c <= 0xd7a3)
                || (c >= 0xf900 && c <= 0xfaff)
                || (c >= 0xfe30 && c <= 0xfe6f)
                || (c >= 0xff00 && c <= 0xff60)
                || (c >= 0xffe0 && c <= 0xffe6)
                || (c >= 0x1f300 && c <= 0x1f64f)
                || (c >= 0x1f900 && c <= 0x1f9ff)
                || (c >= 0x20000 && c <= 0x3fffd);
    }
}
