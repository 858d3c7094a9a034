package io.walnutedge.reading;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * A reading as bytes and back, for what keeps readings as bytes. Stateless; any thread.
 *
 * <pre>
 *   u8  version, 1
 *   u8  length, sensor      UTF-8
 *   u8  length, quantity    UTF-8
 *   u8  length, boot        UTF-8
 *   i64 seq
 *   i64 monotonic           ns
 *   i64 wall, whole seconds since 1970
 *   i32 wall, nanoseconds   0 to 999,999,999
 *   u8  flags               bit 0: clock synchronized, bit 1: the value is a text
 *       value               a number: f64; a text: UTF-8 to the end
 * </pre>
 *
 * <p>All numbers are big-endian.
 */
public final class ReadingCodec {
    private static final byte VERSION = 1;
    private static final int SYNCED = 1;
    private static final int TEXT = 2;
    /** Version, three lengths, the numbers and the flags. */
    private static final int FIXED = 1 + 3 + 8 + 8 + 8 + 4 + 1;

    /** Of a boot id, as the kernel gives it (random(4)). */
    private static final int BOOT = 36;

    private ReadingCodec() {}

    /**
     * How many bytes a reading takes at most.
     *
     * @param longestText bytes of the longest value that is a text
     */
    public static int bytes(ItemId sensor, String quantity, int longestText) {
        return FIXED + utf8(sensor.value()).length + utf8(quantity).length + BOOT + Math.max(Double.BYTES, longestText);
    }

    /** @throws IllegalArgumentException if the quantity's name or the boot id is longer than 255 bytes */
    public static byte[] encode(Reading reading) {
        var sensor = utf8(reading.sensor().value());
        var quantity = utf8(reading.quantity());
        var stamp = reading.stamp();
        var boot = utf8(stamp.boot());
        var value = value(reading.value());
        var buffer = ByteBuffer.allocate(FIXED + sensor.length + quantity.length + boot.length + value.length);
        buffer.put(VERSION);
        putShort(buffer, sensor);
        putShort(buffer, quantity);
        putShort(buffer, boot);
        buffer.putLong(stamp.seq()).putLong(stamp.monotonicNanos());
        var wall = stamp.wall();
        buffer.putLong(wall.getEpochSecond());
        buffer.putInt(wall.getNano());
        buffer.put((byte) ((stamp.synced() ? SYNCED : 0) | (reading.value().isNumber() ? 0 : TEXT)));
        buffer.put(value);
        return buffer.array();
    }

    /** @throws IllegalArgumentException if the bytes are not a reading of a known version; the message says what is wrong */
    public static Reading decode(byte[] bytes) {
        var buffer = ByteBuffer.wrap(bytes);
        try {
            var version = buffer.get();
            if (version != VERSION) {
                throw new IllegalArgumentException("a reading of version " + version + ", known is " + VERSION);
            }
            var sensor = new ItemId(takeShort(buffer));
            var quantity = takeShort(buffer);
            var boot = takeShort(buffer);
            var seq = buffer.getLong();
            var monotonic = buffer.getLong();
            var wall = wall(buffer.getLong(), buffer.getInt());
            var flags = buffer.get();
            if ((flags & ~(SYNCED | TEXT)) != 0) {
                throw new IllegalArgumentException("a reading with unknown flags " + flags);
            }
            var stamp = new Stamp(boot, seq, monotonic, wall, (flags & SYNCED) != 0);
            return new Reading(sensor, quantity, takeValue(buffer, (flags & TEXT) != 0), stamp);
        } catch (BufferUnderflowException | DateTimeException cut) {
            throw new IllegalArgumentException("a reading that is cut off or damaged, " + bytes.length + " bytes", cut);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] value(Value value) {
        if (value instanceof Value.Numeric numeric) {
            return ByteBuffer.allocate(Double.BYTES).putDouble(numeric.number()).array();
        }
        return utf8(value.format(0));
    }

    private static void putShort(ByteBuffer buffer, byte[] bytes) {
        if (bytes.length > 255) {
            throw new IllegalArgumentException("a name of " + bytes.length + " bytes");
        }
        buffer.put((byte) bytes.length).put(bytes);
    }

    private static String takeShort(ByteBuffer buffer) {
        return take(buffer, Byte.toUnsignedInt(buffer.get()));
    }

    private static String take(ByteBuffer buffer, int length) {
        if (length > buffer.remaining()) {
            throw new BufferUnderflowException();
        }
        var bytes = new byte[length];
        buffer.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static Instant wall(long seconds, int nanos) {
        if (nanos < 0 || nanos > 999_999_999) {
            throw new DateTimeException("nanoseconds " + nanos);
        }
        return Instant.ofEpochSecond(seconds, nanos);
    }

    private static Value takeValue(ByteBuffer buffer, boolean text) {
        if (text) {
            return Value.of(take(buffer, buffer.remaining()));
        }
        var number = buffer.getDouble();
        if (buffer.hasRemaining()) {
            throw new IllegalArgumentException("a reading with " + buffer.remaining() + " bytes too many");
        }
        return Value.of(number);
    }
}
