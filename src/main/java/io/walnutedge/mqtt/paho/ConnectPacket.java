package io.walnutedge.mqtt.paho;

import io.walnutedge.config.FixedLogin;
import io.walnutedge.mqtt.Publication;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
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
    static byte[] of(FixedLogin login, Duration keepAlive, Optional<Publication> will) {
        var rest = new ByteArrayOutputStream();
        rest.writeBytes(PROTOCOL);
        rest.write(flags(login, will));
        var seconds = keepAlive.toSeconds();
        rest.write((int) (seconds >> 8));
        rest.write((int) seconds);
        // in this order (3.1.3)
        rest.writeBytes(Encoded.string(login.clientId()));
        will.ifPresent(last -> {
            rest.writeBytes(Encoded.string(last.topic()));
            rest.writeBytes(Encoded.bytes(last.payload()));
        });
        login.user().ifPresent(user -> rest.writeBytes(Encoded.string(user)));
        login.password().ifPresent(password -> rest.writeBytes(Encoded.bytes(password.utf8())));
        return Encoded.packet(TYPE, rest.toByteArray());
    }

    private static int flags(FixedLogin login, Optional<Publication> will) {
        return CLEAN_SESSION
                | (login.user().isPresent() ? USER_NAME : 0)
                | (login.password().isPresent() ? PASSWORD : 0)
                | will.map(last -> WILL | last.qos() * WILL_QOS_1 | (last.retain() ? WILL_RETAIN : 0))
                        .orElse(0);
    }
}
