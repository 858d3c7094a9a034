package io.walnutedge.outbox.log;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The bytes of a segment: its header, its records, its file name; drawn at {@link SegmentLog}. */
final class Format {
    static final int VERSION = 1;
    static final int HEADER_BYTES = 24;
    /** What stands before a body. */
    static final int RECORD_BYTES = 12;

    static final int MAX_BODY = 64 * 1024;

    /** Three bytes that no UTF-8 text contains, and the kind. */
    static final int MAGIC = 0xF5F7FB00;

    static final int MAGIC_MASK = 0xFFFFFF00;
    static final int ENTRY = MAGIC | 'E';
    static final int FILLER = MAGIC | 'F';
    static final int SEAL = MAGIC | 'S';

    private static final long HEADER_MAGIC = 0xF5F7FB0057454C47L;
    private static final int CHECKED_HEADER_BYTES = 20;
    private static final Pattern NAME = Pattern.compile("(\\d{16})\\.log");

    /** The largest segment number, so that a position is a positive long. */
    private static final long MAX_NUMBER = Integer.MAX_VALUE - 1L;

    private Format() {}

    /** What a sound header says. */
    record Header(int version, long number) {}

    static ByteBuffer header(long number) {
        return header(VERSION, number);
    }

    static ByteBuffer header(int version, long number) {
        var header = ByteBuffer.allocate(HEADER_BYTES);
        header.putLong(HEADER_MAGIC).putInt(version).putLong(number);
        var crc = new CRC32C();
        crc.update(header.array(), 0, CHECKED_HEADER_BYTES);
        return header.putInt((int) crc.getValue()).flip();
    }

    /** The header at the buffer's start, or null if these bytes are none. */
    static @Nullable Header header(ByteBuffer bytes) {
        if (bytes.remaining() < HEADER_BYTES || bytes.getLong(0) != HEADER_MAGIC) {
            return null;
        }
        var number = bytes.getLong(12);
        var crc = new CRC32C();
        crc.update(bytes.slice(0, CHECKED_HEADER_BYTES));
        if (bytes.getInt(CHECKED_HEADER_BYTES) != (int) crc.getValue() || number < 1 || number > MAX_NUMBER) {
            return null;
        }
        return new Header(bytes.getInt(8), number);
    }

    /** Puts a record with a body, an entry; offset is where in the segment it will stand. */
    static void putEntry(ByteBuffer to, long number, int offset, byte[] body) {
        to.putInt(ENTRY).putInt(body.length);
        to.putInt(crc(ENTRY, body.length, number, offset, ByteBuffer.wrap(body)));
        to.put(body);
    }

    /** A record without a body of its own: a seal (length 0) or a filler (the length of what is to be skipped). */
    static ByteBuffer bare(int kind, int length, long number, int offset) {
        var bytes = ByteBuffer.allocate(RECORD_BYTES);
        bytes.putInt(kind).putInt(length);
        return bytes.putInt(crc(kind, length, number, offset, ByteBuffer.allocate(0)))
                .flip();
    }

    static int crc(int kind, int length, long number, int offset, ByteBuffer body) {
        var place = ByteBuffer.allocate(20);
        place.putInt(kind).putInt(length).putLong(number).putInt(offset).flip();
        var crc = new CRC32C();
        crc.update(place);
        crc.update(body);
        return (int) crc.getValue();
    }

    static String name(long number) {
        return String.format(Locale.ROOT, "%016d.log", number);
    }

    /** The number a segment's name carries, 0 if it is no such name. */
    static long number(String name) {
        var matcher = NAME.matcher(name);
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
    }

    static long position(long number, int offset) {
        return number << 32 | offset;
    }

    static long numberOf(long position) {
        return position >>> 32;
    }

    static int offsetOf(long position) {
        return (int) position;
    }
}
