package io.walnutedge.sensor.declared;

/**
 * Where a raw number stands in an answer. Immutable; any thread.
 *
 * @param read which of the answers
 * @param at its first byte
 * @param count its bytes, 1 to 4
 * @param low its lowest bit within them
 * @param width how many bits
 */
record Bits(int read, int at, int count, boolean isLittle, int low, int width, Sign sign) {
    /** How the number is signed. */
    enum Sign {
        OFF,
        /** Two's complement of the bits. */
        ON,
        /** The highest bit is the sign, the others the amount. */
        MAGNITUDE
    }

    /** The bytes as one number without a sign. */
    long whole(byte[] answer) {
        var whole = 0L;
        for (var i = 0; i < count; i++) {
            whole = (whole << 8) | (answer[isLittle ? at + count - 1 - i : at + i] & 0xff);
        }
        return whole;
    }

    /** The number in the bytes. */
    long raw(long whole) {
        var bits = (whole >>> low) & ((1L << width) - 1);
        var half = 1L << (width - 1);
        if (sign == Sign.OFF || bits < half) {
            return bits;
        }
        return sign == Sign.ON ? bits - 2 * half : half - bits;
    }
}
