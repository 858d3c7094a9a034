package io.walnutedge.mqtt.paho;

import io.walnutedge.config.Secret;
import io.walnutedge.mqtt.LinkSettings;
import io.walnutedge.mqtt.Publication;
import java.io.ByteArrayOutputStream;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** CONNECT (MQTT 3.1.1, 3.1) with a clean session: the client id, the login and the last will. Stateless; any thread. */
final class ConnectPacket {
    private static final int TYPE = 0x10;
    /** The protocol's name and level 4 (3.1.2.1, 3.1.2.2). */
    private static final byte[] PROTOCOL = {0, 4, 'M', 'Q', 'T', 'T', 4};

    /** Connect flags (3.1.2.3). */
    private static final int USER_NAME = 0x80;

    private static final int PASSWORD = 0x40;
    private static final int WILL_RETAIN = 0x20;
    private static final int WILL_QOS_1 = 0x08;
    private static final int WILL = 0x04;
    private static final int CLEAN_SESSION = 0x02;

    private ConnectPacket() {}

    /** All of its bytes. */
    static byte[] of(LinkSettings settings, Optional<Publication> will) {
        var rest = new ByteArrayOutputStream();
        rest.writeBytes(PROTOCOL);
        rest.write(flags(settings, will));
        var keepAlive = settings.keepAlive().toSeconds();
        rest.write((int) (keepAlive >> 8));
        rest.write((int) keepAlive);
        // in this order (3.1.3)
        rest.writeBytes(Encoded.string(settings.clientId()));
        will.ifPresent(last -> {
            rest.writeBytes(Encoded.string(last.topic()));
            rest.writeBytes(Encoded.bytes(last.payload()));
        });
        settings.user().ifPresent(user -> rest.writeBytes(Encoded.string(user)));
        settings.password().ifPresent(password -> rest.writeBytes(Encoded.bytes(bytes(password))));
        return Encoded.packet(TYPE, rest.toByteArray());
    }

    private static int flags(LinkSettings settings, Optional<Publication> will) {
        return CLEAN_SESSION
                | (settings.user().isPresent() ? USER_NAME : 0)
                | (settings.password().isPresent() ? PASSWORD : 0)
                | will.map(last -> WILL | last.qos() * WILL_QOS_1 | (last.retain() ? WILL_RETAIN : 0))
                        .orElse(0);
    }

    private static byte[] bytes(Secret password) {
        var encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password.reveal()));
        var bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return bytes;
    }
}
