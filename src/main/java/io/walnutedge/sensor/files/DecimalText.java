package io.walnutedge.sensor.files;

/**
 * Reads a decimal number in every form in which the kernel and other programs write one: an optional sign, digits with an
 * optional point before, between or behind them ({@code 48231}, {@code 0.0625}, {@code .5}, and {@code 100.} as in
 * /proc/net/wireless), an optional exponent ({@code 1.5e-3}). Nothing else is a number: no comma, no hexadecimal, no
 * {@code nan}, no digits that are not ASCII. Stateless; any thread.
 */
public final class DecimalText {
    /** With at most 15 digits the digits and the power of ten are exact in a double, so one division rounds rightly. */
    private static final int EXACT_DIGITS = 15;

    /** More than the longest that the kernel writes, "%lld.%09u" (drivers/iio/industrialio-core.c, iio_format_value). */
    public static final int LONGEST = 40;

    private static final double[] TENS = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };

    private DecimalText() {}

    /**
     * The number that is all of a text but for blanks, line ends and NULs around it.
     *
     * @return NaN where there is anything else, more than {@value #LONGEST} characters, or more than a double holds
     */
    public static double parse(CharSequence text) {
        var start = 0;
        var end = text.length();
        while (start < end && isFiller(text.charAt(start))) {
            start++;
        }
        while (end > start && isFiller(text.charAt(end - 1))) {
            end--;
        }
        if (end == start || end - start > LONGEST || end(text, start) != end) {
            return Double.NaN;
        }
        var number = value(text, start, end);
        return Double.isFinite(number) ? number : Double.NaN;
    }

    /** Where the number that begins at a place ends; the same place where none begins. */
    public static int end(CharSequence text, int start) {
        var begin = isSign(text, start) ? start + 1 : start;
        var whole = digits(text, begin);
        var count = whole - begin;
        var end = whole;
        if (is(text, whole, '.')) {
            end = digits(text, whole + 1);
            count += end - whole - 1;
        }
        return count == 0 ? start : exponent(text, end);
    }

    /** Behind an exponent, if there is a whole one. */
    private static int exponent(CharSequence text, int at) {
        if (!is(text, at, 'e') && !is(text, at, 'E')) {
            return at;
        }
        var begin = isSign(text, at + 1) ? at + 2 : at + 1;
        var end = digits(text, begin);
        return end == begin ? at : end;
    }

    private static int digits(CharSequence text, int from) {
        var at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    private static boolean isSign(CharSequence text, int at) {
        return is(text, at, '-') || is(text, at, '+');
    }

    private static boolean is(CharSequence text, int at, char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    /**
     * The value of a number that {@link #end} found; makes no garbage for those of up to 15 digits without an exponent.
     *
     * @return infinite where it is more than a double holds
     */
    public static double value(CharSequence text, int start, int end) {
        var point = -1;
        var digits = 0;
        long mantissa = 0;
        for (var at = isSign(text, start) ? start + 1 : start; at < end; at++) {
            var c = text.charAt(at);
            if (c == '.') {
                point = digits;
            } else if (c > '9' || ++digits > EXACT_DIGITS) {
                return Double.parseDouble(text.subSequence(start, end).toString());
            } else {
                mantissa = mantissa * 10 + (c - '0');
            }
        }
        var number = point < 0 ? mantissa : mantissa / TENS[digits - point];
        return is(text, start, '-') ? -number : number;
    }

    private static boolean isFiller(char c) {
        return c == '\n' || c == '\r' || c == ' ' || c == '\t' || c == 0;
    }
}
