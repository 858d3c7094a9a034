package io.walnutedge.mqtt.paho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walnutedge.config.FixedLogin;
import io.walnutedge.config.Login;
import io.walnutedge.config.Secret;
import io.walnutedge.mqtt.LinkRig;
import io.walnutedge.mqtt.LinkSettingsBuilder;
import io.walnutedge.mqtt.Loopback;
import io.walnutedge.mqtt.RecordedEvents;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A login that depends on the time, at a broker that refuses it. */
class TimedLoginTest {
    private static final Login TIMED = now -> login(String.valueOf(now.getEpochSecond()));

    private final List<String> connects = new CopyOnWriteArrayList<>();
    private final AtomicLong seconds = new AtomicLong(1_700_000_000);

    private static FixedLogin login(String moment) {
        return new FixedLogin(
                "id" + moment, Optional.of("user" + moment), Optional.of(new Secret("password" + moment)));
    }

    /** CONNACK with "bad user name or password" (MQTT 3.1.1, 3.2.2.3). */
    private void refuse(Socket socket) throws IOException {
        var in = new DataInputStream(socket.getInputStream());
        in.readUnsignedByte();
        connects.add(new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.UTF_8));
        socket.getOutputStream().write(new byte[] {0x20, 2, 0, 4});
    }

    private String lost(Login login, boolean synced) throws IOException {
        try (var server = Loopback.start(this::refuse)) {
            var events = new RecordedEvents();
            InstantSource wall = () -> Instant.ofEpochSecond(seconds.getAndIncrement());
            var broker = server.uri("tcp");
            var settings = new LinkSettingsBuilder(broker).login(login).build();
            var connection = new PahoTransport(LinkRig.NO_TLS, wall, () -> synced, LinkRig.FATAL)
                    .open(broker, settings, Optional.empty(), events);
            await().until(() -> !events.list().isEmpty());
            connection.close();
            return events.list().get(0);
        }
    }

    @Test
    void eachConnection_hasTheLoginOfItsTime() throws Exception {
        lost(TIMED, true);
        lost(TIMED.as(id -> id + "-homie"), true);
        assertThat(connects.get(0)).contains("id1700000000", "user1700000000", "password1700000000");
        assertThat(connects.get(1)).contains("id1700000001-homie", "user1700000001", "password1700000001");
    }

    @Test
    void refusal_namesTheClock_whereTheLoginDependsOnIt_andItIsNotSynchronized() throws Exception {
        assertThat(lost(TIMED, false))
                .startsWith("lost: user or password refused; ")
                .contains("clock");
        assertThat(lost(TIMED, true)).isEqualTo("lost: user or password refused");
        assertThat(lost(login(""), false)).isEqualTo("lost: user or password refused");
    }
}
