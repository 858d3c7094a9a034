package io.walnutedge.outbox.log;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * What the store keeps of an item, as bytes and back. Immutable as long as nobody writes to the bytes; any thread.
 *
 * <pre>
 *   u8  version, 2
 *   u8  flags               bit 0: the clock was synchronized, bit 1: a gap
 *   i64 added, ms since 1970
 *   i64 added, ns by the monotonic clock
 *   i32 boot in which that clock counts, 0 unknown
 *   u8  length, source      UTF-8
 *       an item: its bytes to the end
 *       a gap:   u8 why (0 full, 1 too old, 2 files gone), i64 count, i64 from, i64 to   ms since 1970
 * </pre>
 *
 * <p>All numbers are big-endian.
 *
 * @param bytes of the item; empty where the entry is a gap
 */
@SuppressWarnings("ArrayRecordComponent")
public record Entry(String source, Moment added, byte[] bytes, Optional<Gap> gap) {
    private static final byte VERSION = 2;
    private static final int SYNCED = 1;
    private static final int GAP = 2;
    private static final int FIXED = 1 + 1 + 8 + 8 + 4 + 1;
    private static final int GAP_BYTES = 1 + 3 * 8;
    private static final byte[] NOTHING = {};

    public static Entry ofGap(String source, Gap gap, Moment now) {
        return new Entry(source, now, NOTHING, Optional.of(gap));
    }

    /** @throws IllegalArgumentException if the source's name is longer than 255 bytes */
    public byte[] encode() {
        var name = source.getBytes(StandardCharsets.UTF_8);
        if (name.length > 255) {
            throw new IllegalArgumentException("a source of " + name.length + " bytes");
        }
        var buffer = ByteBuffer.allocate(FIXED + name.length + (gap.isPresent() ? GAP_BYTES : bytes.length));
        buffer.put(VERSION);
        buffer.put((byte) ((added.synced() ? SYNCED : 0) | (gap.isPresent() ? GAP : 0)));
        buffer.putLong(added.wall().toEpochMilli()).putLong(added.nanos()).putInt(added.boot());
        buffer.put((byte) name.length).put(name);
        if (gap.isPresent()) {
            buffer.put(code(gap.get().why())).putLong(gap.get().count());
            buffer.putLong(gap.get().from().toEpochMilli())
                    .putLong(gap.get().to().toEpochMilli());
        } else {
            buffer.put(bytes);
        }
        return buffer.array();
    }

    /** @throws IllegalArgumentException if the bytes are no entry of a known version; the message says what is wrong */
    public static Entry decode(byte[] encoded) {
        var buffer = ByteBuffer.wrap(encoded);
        try {
            var version = buffer.get();
            if (version != VERSION) {
                throw new IllegalArgumentException("an entry of version " + version + ", known is " + VERSION);
            }
            var flags = buffer.get();
            var added = new Moment(
                    Instant.ofEpochMilli(buffer.getLong()), (flags & SYNCED) != 0, buffer.getLong(), buffer.getInt());
            var source = new String(take(buffer, Byte.toUnsignedInt(buffer.get())), StandardCharsets.UTF_8);
            if ((flags & GAP) == 0) {
                return new Entry(source, added, take(buffer, buffer.remaining()), Optional.empty());
            }
            var gap = new Gap(
                    why(buffer.get()),
                    buffer.getLong(),
                    Instant.ofEpochMilli(buffer.getLong()),
                    Instant.ofEpochMilli(buffer.getLong()));
            return new Entry(source, added, NOTHING, Optional.of(gap));
        } catch (BufferUnderflowException | DateTimeException cut) {
            throw new IllegalArgumentException("an entry that is cut off, " + encoded.length + " bytes", cut);
        }
    }

    private static byte code(Loss why) {
        return switch (why) {
            case FULL -> 0;
            case TOO_OLD -> 1;
            case FILES_GONE -> 2;
            case NOT_CONFIGURED -> 3;
            case UNREADABLE -> 4;
            case TOO_LARGE -> 5;
        };
    }

    private static Loss why(byte code) {
        return switch (code) {
            case 0 -> Loss.FULL;
            case 1 -> Loss.TOO_OLD;
            case 2 -> Loss.FILES_GONE;
            case 3 -> Loss.NOT_CONFIGURED;
            case 4 -> Loss.UNREADABLE;
            case 5 -> Loss.TOO_LARGE;
            default -> throw new IllegalArgumentException("a gap of an unknown kind, " + code);
        };
    }

    private static byte[] take(ByteBuffer buffer, int length) {
        if (length > buffer.remaining()) {
            throw new BufferUnderflowException();
        }
        var bytes = new byte[length];
        buffer.get(bytes);
        return bytes;
    }
}
