package io.walnutedge.mqtt.paho;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The encodings that packets are made of. Stateless; any thread. */
final class Encoded {
    private Encoded() {}

    /** A UTF-8 encoded string (MQTT 3.1.1, 1.5.3), which {@link io.walnutedge.config.MqttText} has judged. */
    static byte[] string(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** At most 65,535 bytes, with their number before them: two bytes, the greater first. */
    static byte[] bytes(byte[] bytes) {
        return ByteBuffer.allocate(2 + bytes.length)
                .putShort((short) bytes.length)
                .put(bytes)
                .array();
    }

    /** A whole packet: its first byte, the remaining length in 1 to 4 bytes of 7 bits, least first (2.2.3), and the rest. */
    static byte[] packet(int first, byte[] rest) {
        var packet = ByteBuffer.allocate(5 + rest.length).put((byte) first);
        var left = rest.length;
        for (; left > 0x7f; left >>>= 7) {
            packet.put((byte) (left | 0x80));
        }
        packet.put((byte) left).put(rest).flip();
        var bytes = new byte[packet.remaining()];
        packet.get(bytes);
        return bytes;
    }
}
