package io.walnutedge.sensor.declared;

import io.walnutedge.sensor.Crc8;
import io.walnutedge.sensor.i2c.Crc16;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Locale;

/** A checksum within an answer: found wrong, or taken out. Immutable; any thread. */
interface Checksum {
    /** Thrown for a wrong one, in words. */
    final class WrongException extends Exception {
        private static final long serialVersionUID = 1;

        WrongException(int expected, int found) {
            super(String.format(
                    Locale.ROOT, "bad checksum 0x%02x instead of 0x%02x; look at the wires", found, expected));
        }
    }

    /** How many bytes are left of an answer; 0 where the length does not fit. */
    int payload(int bytes);

    /** The answer without its checksums. */
    byte[] checked(byte[] answer) throws WrongException;

    /** An answer without a checksum. */
    record None() implements Checksum {
        @Override
        public int payload(int bytes) {
            return bytes;
        }

        @Override
        public byte[] checked(byte[] answer) {
            return answer;
        }
    }

    /**
     * Eight bits.
     *
     * @param per after how many bytes one follows
     */
    record Eight(Crc8 crc, int per) implements Checksum {
        @Override
        public int payload(int bytes) {
            return bytes % (per + 1) == 0 ? bytes / (per + 1) * per : 0;
        }

        @Override
        public byte[] checked(byte[] answer) throws WrongException {
            var left = new ByteArrayOutputStream();
            for (var from = 0; from < answer.length; from += per + 1) {
                require(crc.of(answer, from, per), answer[from + per] & 0xff);
                left.write(answer, from, per);
            }
            return left.toByteArray();
        }
    }

    /** The sixteen bits of Modbus over all before them, the lower byte first (Modbus over Serial Line 1.02, 6.2.2). */
    record Modbus16() implements Checksum {
        @Override
        public int payload(int bytes) {
            return Math.max(0, bytes - 2);
        }

        @Override
        public byte[] checked(byte[] answer) throws WrongException {
            var count = answer.length - 2;
            require(Crc16.MODBUS.of(answer, 0, count), (answer[count] & 0xff) | ((answer[count + 1] & 0xff) << 8));
            return Arrays.copyOf(answer, count);
        }
    }

    private static void require(int expected, int found) throws WrongException {
        if (expected != found) {
            throw new WrongException(expected, found);
        }
    }
}
