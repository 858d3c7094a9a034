package io.walnutedge.mqtt.paho;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Judges each packet from a broker before the client behind it sees it (MQTT 3.1.1, 2.2), so that a broker, or whoever
 * stands between, can neither fill the memory nor stop the client. One thread.
 *
 * <ul>
 *   <li>What no broker sends ends the connection: another type, other flags, another length, QoS 2, which is never asked
 *       for (3.8.4), an identifier of zero (2.3.1).
 *   <li>An answer to what was not asked is thrown away; so many of them end the connection.
 *   <li>A message is decoded here and handed to {@link Receiver}, with as much of its payload as may be kept: Paho keeps
 *       each of QoS 2, has no bound for acknowledgements, makes room for 256 MB, and its receiver dies of a topic with a
 *       control character, which MQTT allows (1.5.3). A message whose topic MQTT forbids is acknowledged and thrown away,
 *       for it may come from any client of a careless broker, again after each reconnect.
 * </ul>
 *
 * <pre>
 *   u8  type, flags; of PUBLISH (3.3): 0011 dup qos qos retain
 *   u8  remaining length, 1 to 4 bytes of 7 bits, least first (2.2.3)
 *   PUBLISH:  u16 length, topic; u16 packet identifier, with QoS 1 only; payload
 *   others:   what {@link #shape} says
 * </pre>
 */
final class PacketGuard extends InputStream {
    /** The packet type in the upper half of the first byte (2.2.1). */
    static final int CONNACK = 2;

    static final int PUBLISH = 3;
    static final int PUBACK = 4;
    private static final int PUBREC = 5;
    private static final int PUBREL = 6;
    private static final int PUBCOMP = 7;
    static final int SUBACK = 9;
    private static final int UNSUBACK = 11;
    static final int PINGRESP = 13;

    /** One byte of type, one of length, an identifier and a return code. */
    private static final int LONGEST_ANSWER = 5;
    /** More than a broker gets wrong by mistake. */
    static final int STRAY_ANSWERS = 100;

    /** Bytes. */
    private static final int PIECE = 4_096;

    /** An acknowledgement of what was never sent: no identifier is zero (2.3.1). */
    private static final byte[] NOTHING = {(byte) (PUBACK << 4), 2, 0, 0};

    /** Gets what has arrived. The thread that reads. */
    interface Receiver {
        /** @param payload of a longer one only the first bytes and one more */
        void message(String topic, byte[] payload, boolean retained);

        /** A message was thrown away. */
        void unfit(String why);

        /** The message was taken; has it acknowledged. */
        void acknowledge(int id) throws IOException;
    }

    private final InputStream source;
    private final int limit;
    private final Exchange exchange;
    private final Receiver receiver;
    private ByteBuffer packet = ByteBuffer.allocate(0);
    private boolean connected;
    private int stray;
    /** Bytes of the last message that are not kept and are still to come. */
    private int cut;
    /** The packet identifier of the last message; 0 where it wants no acknowledgement. */
    private int id;

    /** @param limit bytes of a payload; a longer one is cut to one byte more, so that its reader sees that it is longer */
    PacketGuard(InputStream source, int limit, Exchange exchange, Receiver receiver) {
        this.source = source;
        this.limit = limit;
        this.exchange = exchange;
        this.receiver = receiver;
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
        while (!packet.hasRemaining()) {
            if (!nextPacket()) {
                return -1;
            }
        }
        var count = Math.min(length, packet.remaining());
        packet.get(buffer, offset, count);
        return count;
    }

    @Override
    public int available() {
        return packet.remaining();
    }

    /** @return false where the stream ends between two packets */
    private boolean nextPacket() throws IOException {
        if (cut > 0) {
            skip();
            return true;
        }
        var first = source.read();
        if (first < 0) {
            return false;
        }
        if (!connected && first >> 4 != CONNACK) {
            throw new ProtocolException(
                    switch (first) {
                        // RFC 8446, 5.1: alert and handshake
                        case 0x15, 0x16 -> "what answers there speaks TLS; write ssl:// or wss:// in mqtt.broker";
                        case 'H' ->
                            "what answers there is a web server (HTTP); is MQTT behind ws://, or on another port?";
                        default -> "what answers there does not speak MQTT 3.1.1";
                    });
        }
        var remaining = remainingLength();
        if (first >> 4 == PUBLISH) {
            publish(first & 0x0f, remaining);
        } else {
            answer(first, remaining);
        }
        return true;
    }

    /** In pieces, so that Paho sees that the broker lives however long it takes. */
    private void skip() throws IOException {
        cut -= bytes(Math.min(cut, PIECE)).length;
        packet = ByteBuffer.wrap(NOTHING);
        if (cut == 0) {
            acknowledge();
        }
    }

    private void acknowledge() throws IOException {
        if (id > 0) {
            receiver.acknowledge(id);
        }
    }

    private void publish(int flags, int remaining) throws IOException {
        var qos = flags >> 1 & 0x03;
        if (qos > 1) {
            throw broken("a message with QoS " + qos + ", which was not asked for");
        }
        var rest = remaining - 2 - 2 * qos;
        if (rest < 0) {
            throw broken("a message of " + remaining + " bytes, which is too short");
        }
        var length = number();
        rest -= length;
        if (rest < 0) {
            throw broken("a message whose topic is longer than itself");
        }
        var topic = bytes(length);
        id = qos == 0 ? 0 : number();
        if (qos > 0 && id == 0) {
            throw broken("a message with the packet identifier 0");
        }
        var kept = Math.min(rest, limit + 1);
        var payload = bytes(kept);
        hand(topic, payload, (flags & 1) != 0);
        // Paho ignores it, and sees by it that the broker lives: so did it by the message
        packet = ByteBuffer.wrap(NOTHING);
        cut = rest - kept;
        if (cut == 0) {
            acknowledge();
        }
    }

    private void hand(byte[] encoded, byte[] payload, boolean retained) {
        String topic;
        try {
            topic = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(encoded))
                    .toString();
        } catch (CharacterCodingException broken) {
            receiver.unfit("its topic is not UTF-8");
            return;
        }
        // 1.5.3, 3.3.2, 4.7.3
        if (topic.isEmpty() || topic.chars().anyMatch(each -> each == 0 || each == '+' || each == '#')) {
            receiver.unfit("its topic is empty, or has a wildcard or a NUL");
        } else {
            receiver.message(topic, payload, retained);
        }
    }

    private void answer(int first, int remaining) throws IOException {
        var type = first >> 4;
        if (first != shape(type).first || remaining != shape(type).remaining) {
            throw broken(
                    "a packet of type " + type + " with the flags " + (first & 0x0f) + " and " + remaining + " bytes");
        }
        var body = bytes(remaining);
        if (!isAnswer(type, body)) {
            throw broken("a packet of type " + type + " with a return code that there is not");
        }
        if (exchange.isAwaited(type, type == CONNACK || remaining == 0 ? 0 : id(body))) {
            packet = ByteBuffer.allocate(LONGEST_ANSWER)
                    .put((byte) first)
                    .put((byte) remaining)
                    .put(body)
                    .flip();
        } else if (++stray >= STRAY_ANSWERS) {
            throw broken(stray + " answers to what was not asked");
        }
        connected = true;
    }

    private record Shape(int first, int remaining) {}

    /** Of those that a broker sends, each with its flags (2.2.2). SUBACK has one return code, for one filter was asked for. */
    private static Shape shape(int type) throws ProtocolException {
        return switch (type) {
            case CONNACK, PUBACK, PUBREC, PUBCOMP, UNSUBACK -> new Shape(type << 4, 2);
            case PUBREL -> new Shape(type << 4 | 2, 2);
            case SUBACK -> new Shape(type << 4, 3);
            case PINGRESP -> new Shape(type << 4, 0);
            default -> throw broken("a packet of type " + type + ", which no broker sends");
        };
    }

    private static boolean isAnswer(int type, byte[] body) {
        return switch (type) {
            // 3.2.2: session present, and one of six return codes
            case CONNACK -> (body[0] & 0xfe) == 0 && body[1] >= 0 && body[1] <= 5;
            // 3.9.3: the granted QoS, or a failure
            case SUBACK -> body[2] == (byte) 0x80 || (body[2] >= 0 && body[2] <= 2);
            default -> true;
        };
    }

    private static ProtocolException broken(String what) {
        return new ProtocolException("the broker breaks the rules of MQTT 3.1.1: it sent " + what);
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
        throw broken("a packet whose length has more than four bytes");
    }

    private byte[] bytes(int count) throws IOException {
        var bytes = source.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException();
        }
        return bytes;
    }

    private int number() throws IOException {
        return id(bytes(2));
    }

    private static int id(byte[] body) {
        return Byte.toUnsignedInt(body[0]) << 8 | Byte.toUnsignedInt(body[1]);
    }

    private int next() throws IOException {
        var next = source.read();
        if (next < 0) {
            throw new EOFException();
        }
        return next;
    }
}
