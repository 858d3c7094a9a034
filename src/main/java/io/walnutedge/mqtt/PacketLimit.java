package io.walnutedge.mqtt;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * Cuts the payload of long messages in a stream of MQTT packets from a broker, so that the client behind it never makes
 * room for the 256 MB that a packet may have. What is cut is read and thrown away; the packet stays well-formed and is
 * acknowledged as usual. One thread.
 *
 * <pre>
 *   PUBLISH (MQTT 3.1.1, 3.3)
 *   u8  0011 dup qos qos retain
 *   u8  remaining length, 1 to 4 bytes of 7 bits, least first (2.2.3)
 *   u16 length, topic
 *   u16 packet identifier, with QoS 1 and 2 only
 *       payload
 * </pre>
 */
final class PacketLimit extends InputStream {
    private static final int PUBLISH = 3;
    /** No packet but PUBLISH that a broker sends is longer: SUBACK has a byte per filter of one SUBSCRIBE. */
    private static final int MAX_OTHER = 65_535;

    private final InputStream source;
    private final int limit;
    private ByteBuffer header = ByteBuffer.allocate(0);
    private long pass;
    private long skip;

    /** @param limit bytes of a payload; a longer one is cut to one byte more, so that its reader sees that it is longer */
    PacketLimit(InputStream source, int limit) {
        this.source = source;
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!header.hasRemaining() && pass == 0 && !nextPacket()) {
            return -1;
        }
        if (header.hasRemaining()) {
            var count = Math.min(length, header.remaining());
            header.get(buffer, offset, count);
            return count;
        }
        var count = source.read(buffer, offset, (int) Math.min(length, pass));
        pass -= Math.max(0, count);
        return count;
    }

    /** @return false where the stream ends between two packets */
    private boolean nextPacket() throws IOException {
        for (; skip > 0; skip--) {
            next();
        }
        var first = source.read();
        if (first < 0) {
            return false;
        }
        var remaining = remainingLength();
        if (first >> 4 == PUBLISH && remaining > limit) {
            cut(first, remaining);
        } else if (first >> 4 != PUBLISH && remaining > MAX_OTHER) {
            throw new IOException("a packet of type " + (first >> 4) + " with " + remaining + " bytes");
        } else {
            header = header(first, remaining).flip();
            pass = remaining;
        }
        return true;
    }

    private void cut(int first, int remaining) throws IOException {
        var topic = next() << 8 | next();
        var before = 2 + topic + ((first & 0x06) == 0 ? 0 : 2);
        var payload = remaining - before;
        if (payload < 0) {
            throw new IOException("a message whose topic is longer than itself");
        }
        var kept = payload > limit ? limit + 1 : payload;
        header = header(first, before + kept)
                .put((byte) (topic >> 8))
                .put((byte) topic)
                .flip();
        pass = before + kept - 2L;
        skip = (long) payload - kept;
    }

    private static ByteBuffer header(int first, int remaining) {
        // one byte of type, at most four of length, two of the topic's length
        var header = ByteBuffer.allocate(7).put((byte) first);
        var rest = remaining;
        do {
            header.put((byte) (rest > 0x7f ? (rest & 0x7f) | 0x80 : rest));
            rest >>= 7;
        } while (rest > 0);
        return header;
    }

    private int remainingLength() throws IOException {
        var length = 0;
        for (var shift = 0; shift < 28; shift += 7) {
            var digit = next();
            length |= (digit & 0x7f) << shift;
            if (digit < 0x80) {
                return length;
            }
        }
        throw new IOException("a packet whose length has more than four bytes");
    }

    private int next() throws IOException {
        var next = source.read();
        if (next < 0) {
            throw new EOFException();
        }
        return next;
    }

    @Override
    public int available() throws IOException {
        return header.remaining() + (int) Math.min(pass, source.available());
    }
}
