package io.walnutedge.mqtt.paho;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walnutedge.config.BrokerAddress;
import io.walnutedge.mqtt.LinkRig;
import io.walnutedge.mqtt.Loopback;
import io.walnutedge.mqtt.RecordedEvents;
import io.walnutedge.mqtt.Transport;
import io.walnutedge.testkit.Mosquitto;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How connecting fails, in words, and that nothing of it stays: 50 attempts of each kind at once. */
class PahoTransportTest {
    private static final int ATTEMPTS = 50;

    private record Attempt(Transport.Connection connection, RecordedEvents events) {}

    private static Attempt attempt(BrokerAddress broker) {
        var events = new RecordedEvents();
        var transport = new PahoTransport(LinkRig.NO_TLS, InstantSource.system(), () -> true, LinkRig.FATAL);
        return new Attempt(transport.open(broker, LinkRig.settings(broker), Optional.empty(), events), events);
    }

    private static List<Attempt> attempts(BrokerAddress broker) {
        var attempts = new ArrayList<Attempt>();
        for (var i = 0; i < ATTEMPTS; i++) {
            attempts.add(attempt(broker));
        }
        return attempts;
    }

    private static void assertAllLost(List<Attempt> attempts, String why) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(attempts)
                        .allSatisfy(attempt -> assertThat(attempt.events.list()).containsExactly("lost: " + why)));
    }

    private static void closeAll(List<Attempt> attempts) {
        var closers = Executors.newFixedThreadPool(ATTEMPTS);
        attempts.forEach(attempt -> closers.execute(attempt.connection::close));
        closers.shutdown();
        try {
            assertThat(closers.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private static void assertNoThreadStays() {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(LinkRig.pahoThreads()).isEmpty());
    }

    @Test
    void refusedConnections_leaveNothing() {
        var port = Mosquitto.freePort();
        var attempts = attempts(BrokerAddress.of("tcp://127.0.0.1:" + port));
        assertAllLost(attempts, "connection refused; is a broker listening on port " + port + "?");
        closeAll(attempts);
        assertNoThreadStays();
    }

    @Test
    void connectionsClosedAtOnce_leaveNothing() throws IOException {
        try (var server = Loopback.start(Socket::close)) {
            var attempts = attempts(server.uri("tcp"));
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(attempts)
                            .allSatisfy(
                                    attempt -> assertThat(attempt.events.list()).hasSize(1)));
            closeAll(attempts);
            assertNoThreadStays();
        }
    }

    @Test
    void connectionsClosedAfterTheFirstPacket_sayWhatMayBeWrong() throws IOException {
        try (var server = Loopback.start(socket -> {
            socket.getInputStream().read(new byte[100]);
            socket.shutdownOutput();
        })) {
            var attempts = attempts(server.uri("tcp"));
            assertAllLost(
                    attempts, "the broker closed the connection before it answered; does it expect TLS (ssl://)?");
            closeAll(attempts);
            assertNoThreadStays();
        }
    }

    @Test
    void silentServers_areLeft_withoutARest() throws IOException {
        try (var server = Loopback.start(socket -> {})) {
            var attempts = attempts(server.uri("tcp"));
            await().until(() -> LinkRig.pahoThreads().stream()
                            .filter(name -> name.startsWith("MQTT Call"))
                            .count()
                    == ATTEMPTS);
            closeAll(attempts);
            assertNoThreadStays();
        }
    }

    @Test
    void serversThatAcceptNothing_areLeft_withoutARest() throws IOException {
        // a full backlog: further connections hang in TCP
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var attempts = attempts(BrokerAddress.of("tcp://127.0.0.1:" + server.getLocalPort()));
            await().until(() -> LinkRig.pahoThreads().size() >= ATTEMPTS - 10);
            closeAll(attempts);
            assertNoThreadStays();
        }
    }

    @Test
    void attemptsEndedAtAnyMoment_leaveNothing() throws Exception {
        var seed = System.nanoTime();
        var random = new Random(seed);
        try (var server = Loopback.start(socket -> {
            if (random.nextBoolean()) {
                socket.close();
            }
        })) {
            var attempts = attempts(server.uri("tcp"));
            var closers = Executors.newScheduledThreadPool(ATTEMPTS);
            var closing = new ArrayList<Future<?>>();
            for (var attempt : attempts) {
                closing.add(closers.schedule(attempt.connection::close, random.nextInt(600), TimeUnit.MILLISECONDS));
            }
            closers.shutdown();
            for (var one : closing) {
                one.get(20, TimeUnit.SECONDS);
            }
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(LinkRig.pahoThreads())
                            .as("seed %d", seed)
                            .isEmpty());
        }
    }

    @Test
    void garbageInAnswer_isALostConnection() throws IOException {
        try (var server = Loopback.start(socket -> {
            socket.getInputStream().read(new byte[100]);
            socket.getOutputStream()
                    .write("SSH-2.0-OpenSSH_9.2p1 Debian\r\n".repeat(10).getBytes(US_ASCII));
        })) {
            var attempt = attempt(server.uri("tcp"));
            await().untilAsserted(() -> assertThat(attempt.events.list())
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("lost: "));
            attempt.connection.close();
            assertNoThreadStays();
        }
    }

    @Test
    void webSocket_refusedByAWebServer_saysSo() throws IOException {
        try (var server = Loopback.start(socket -> {
            socket.getInputStream().read(new byte[1000]);
            socket.getOutputStream().write("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII));
        })) {
            var attempt = attempt(server.uri("ws"));
            await().untilAsserted(() -> assertThat(attempt.events.list())
                    .containsExactly("lost: it answered 'HTTP/1.1 404 Not Found' when asked for a WebSocket at /mqtt;"
                            + " is that the path?"));
            attempt.connection.close();
            assertNoThreadStays();
        }
    }

    @Test
    void tls_whereThereIsNone_saysSo() throws IOException {
        try (var server = Loopback.start(socket -> {
            socket.getInputStream().read(new byte[1000]);
            socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
        })) {
            var attempt = attempt(server.uri("ssl"));
            await().untilAsserted(() -> assertThat(attempt.events.list())
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("does not speak TLS"));
            attempt.connection.close();
            assertNoThreadStays();
        }
    }
}
