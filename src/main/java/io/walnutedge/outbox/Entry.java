package io.walnutedge.outbox;

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
 *   u8  version, 1
 *   u8  flags               bit 0: the clock was synchronized, bit 1: a gap
 *   i64 added, ms since 1970
 *   u8  length, source      UTF-8
 *       an item: its bytes to the end
 *       a gap:   i64 count, i64 from, i64 to   ms since 1970
 * </pre>
 *
 * <p>All numbers are big-endian.
 *
 * @param added by the wall clock
 * @param synced whether that clock was synchronized; if not, the age of the entry is not known
 * @param bytes of the item; empty where the entry is a gap
 */
@SuppressWarnings("ArrayRecordComponent")
record Entry(String source, Instant added, boolean synced, byte[] bytes, Optional<Outbox.Gap> gap) {
    private static final byte VERSION = 1;
    private static final int SYNCED = 1;
    private static final int GAP = 2;
    private static final int FIXED = 1 + 1 + 8 + 1;
    private static final int GAP_BYTES = 3 * 8;
    private static final byte[] NOTHING = {};

    static Entry ofGap(String source, Outbox.Gap gap, boolean synced) {
        return new Entry(source, gap.to(), synced, NOTHING, Optional.of(gap));
    }

    /** @throws IllegalArgumentException if the source's name is longer than 255 bytes */
    byte[] encode() {
        var name = source.getBytes(StandardCharsets.UTF_8);
        if (name.length > 255) {
            throw new IllegalArgumentException("a source of " + name.length + " bytes");
        }
        var buffer = ByteBuffer.allocate(FIXED + name.length + (gap.isPresent() ? GAP_BYTES : bytes.length));
        buffer.put(VERSION);
        buffer.put((byte) ((synced ? SYNCED : 0) | (gap.isPresent() ? GAP : 0)));
        buffer.putLong(added.toEpochMilli());
        buffer.put((byte) name.length).put(name);
        if (gap.isPresent()) {
            buffer.putLong(gap.get().count());
            buffer.putLong(gap.get().from().toEpochMilli())
                    .putLong(gap.get().to().toEpochMilli());
        } else {
            buffer.put(bytes);
        }
        return buffer.array();
    }

    /** @throws IllegalArgumentException if the bytes are no entry of a known version; the message says what is wrong */
    static Entry decode(byte[] encoded) {
        var buffer = ByteBuffer.wrap(encoded);
        try {
            var version = buffer.get();
            if (version != VERSION) {
                throw new IllegalArgumentException("an entry of version " + version + ", known is " + VERSION);
            }
            var flags = buffer.get();
            var added = Instant.ofEpochMilli(buffer.getLong());
            var source = new String(take(buffer, Byte.toUnsignedInt(buffer.get())), StandardCharsets.UTF_8);
            var synced = (flags & SYNCED) != 0;
            if ((flags & GAP) == 0) {
                return new Entry(source, added, synced, take(buffer, buffer.remaining()), Optional.empty());
            }
            var gap = new Outbox.Gap(
                    buffer.getLong(), Instant.ofEpochMilli(buffer.getLong()), Instant.ofEpochMilli(buffer.getLong()));
            return new Entry(source, added, synced, NOTHING, Optional.of(gap));
        } catch (BufferUnderflowException | DateTimeException cut) {
            throw new IllegalArgumentException("an entry that is cut off, " + encoded.length + " bytes", cut);
        }
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
