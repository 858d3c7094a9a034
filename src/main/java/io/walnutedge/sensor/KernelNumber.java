package io.walnutedge.sensor;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads a number as the kernel writes it into an attribute: {@code -?[0-9]+(\.[0-9]+)?} and a line end. Stateless. */
final class KernelNumber {
    /** With at most 15 digits the digits and the power of ten are exact in a double, so one division rounds rightly. */
    private static final int EXACT_DIGITS = 15;

    /** More than the longest that the kernel writes, "%lld.%09u" (drivers/iio/industrialio-core.c, iio_format_value). */
    private static final int LONGEST = 40;

    private static final double[] TENS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14};

    private KernelNumber() {}

    /** The number between position and limit, or NaN where there is anything else or more than 40 characters. */
    static double parse(ByteBuffer text) {
        var start = text.position();
        var end = end(text);
        var negative = start < end && text.get(start) == '-';
        var point = -1;
        var digits = 0;
        long mantissa = 0;
        for (var at = negative ? start + 1 : start; at < end; at++) {
            var c = text.get(at);
            if (c >= '0' && c <= '9') {
                digits++;
                mantissa = digits > EXACT_DIGITS ? mantissa : mantissa * 10 + (c - '0');
            } else if (c == '.' && point < 0 && digits > 0 && at + 1 < end) {
                point = digits;
            } else {
                return Double.NaN;
            }
        }
        if (digits == 0 || end - start > LONGEST) {
            return Double.NaN;
        }
        if (digits > EXACT_DIGITS) {
            return slow(text, start, end);
        }
        var number = point < 0 ? mantissa : mantissa / TENS[digits - point];
        return negative ? -number : number;
    }

    /** For the rare long one. */
    private static double slow(ByteBuffer text, int start, int end) {
        var bytes = new byte[end - start];
        text.get(start, bytes);
        return Double.parseDouble(new String(bytes, StandardCharsets.US_ASCII));
    }

    /** The end without line ends, blanks and NULs. */
    private static int end(ByteBuffer text) {
        var end = text.limit();
        while (end > text.position() && isFiller(text.get(end - 1))) {
            end--;
        }
        return end;
    }

    private static boolean isFiller(byte c) {
        return c == '\n' || c == ' ' || c == 0;
    }
}
