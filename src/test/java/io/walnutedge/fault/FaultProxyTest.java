package io.walnutedge.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.walnutedge.fault.Conditions.Cut;
import io.walnutedge.fault.Conditions.Door;
import io.walnutedge.fault.Conditions.Flow;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {
    /** Long enough for what happens, short enough to wait for what does not. */
    private static final int PATIENCE = 300;

    private ServerSocket server;
    private FaultProxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        proxy = FaultProxy.start(server.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        server.close();
    }

    private Socket connect() throws IOException {
        var client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        client.setSoTimeout(5_000);
        return client;
    }

    private Socket accept() throws IOException {
        var accepted = server.accept();
        accepted.setSoTimeout(5_000);
        return accepted;
    }

    private static void send(Socket socket, int count) throws IOException {
        socket.getOutputStream().write(new byte[count]);
    }

    private static int receive(Socket socket, int count) throws IOException {
        return socket.getInputStream().readNBytes(count).length;
    }

    private static void assertNothingComes(Socket socket) throws IOException {
        socket.setSoTimeout(PATIENCE);
        assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        socket.setSoTimeout(5_000);
    }

    @Test
    void clear_bothDirectionsPass() throws IOException {
        try (var client = connect();
                var broker = accept()) {
            send(client, 100_000);
            assertThat(receive(broker, 100_000)).isEqualTo(100_000);
            send(broker, 10);
            assertThat(receive(client, 10)).isEqualTo(10);
            client.shutdownOutput();
            assertThat(broker.getInputStream().read()).isEqualTo(-1);
        }
        await().until(() -> proxy.connections() == 0);
    }

    @Test
    void cut_afterSoManyBytes() throws IOException {
        try (var client = connect();
                var broker = accept()) {
            send(client, 10);
            assertThat(receive(broker, 10)).isEqualTo(10);
            proxy.set(Conditions.of(new Cut(7, false)));
            send(client, 10);
            assertThat(broker.getInputStream().readAllBytes()).hasSize(7);
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void cut_mayReset() throws IOException {
        try (var client = connect();
                var broker = accept()) {
            proxy.set(Conditions.of(new Cut(0, true)));
            send(client, 10);
            assertThatThrownBy(() -> client.getInputStream().read())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
            assertThatThrownBy(() -> broker.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void hold_keepsBytesUntilItIsOver() throws IOException {
        try (var client = connect();
                var broker = accept()) {
            proxy.set(Conditions.of(Flow.HOLD, Flow.HOLD));
            send(client, 10);
            send(broker, 5);
            assertNothingComes(broker);
            assertNothingComes(client);
            proxy.set(Conditions.CLEAR);
            assertThat(receive(broker, 10)).isEqualTo(10);
            assertThat(receive(client, 5)).isEqualTo(5);
        }
    }

    @Test
    void swallow_isOneDirectionForEver() throws IOException {
        try (var client = connect();
                var broker = accept()) {
            proxy.set(Conditions.of(Flow.SWALLOW, Flow.PASS));
            send(client, 10);
            send(broker, 5);
            assertThat(receive(client, 5)).isEqualTo(5);
            assertNothingComes(broker);
            proxy.set(Conditions.CLEAR);
            send(client, 10);
            assertNothingComes(broker);
            send(broker, 5);
            assertThat(receive(client, 5)).isEqualTo(5);
            try (var another = connect();
                    var other = accept()) {
                send(another, 10);
                assertThat(receive(other, 10)).isEqualTo(10);
            }
        }
    }

    @Test
    void delay_isThatOfEachPiece() throws IOException {
        try (var client = connect();
                var broker = accept()) {
            proxy.set(Conditions.delayed(Duration.ofMillis(PATIENCE)));
            var begin = System.nanoTime();
            send(client, 1);
            receive(broker, 1);
            assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo((PATIENCE - 5) * 1_000_000L);
        }
    }

    @Test
    void throttle_isABoundInASecond() throws IOException {
        try (var client = connect();
                var broker = accept()) {
            proxy.set(Conditions.throttled(10_000));
            var begin = System.nanoTime();
            send(client, 4_000);
            receive(broker, 4_000);
            assertThat(System.nanoTime() - begin).isBetween(300_000_000L, 3_000_000_000L);
        }
    }

    @Test
    void shut_refusesAndResets_andOpensOnTheSamePort() throws IOException {
        try (var client = connect();
                var broker = accept()) {
            proxy.set(Conditions.of(Door.SHUT));
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
            assertThatThrownBy(() -> broker.getInputStream().read()).isInstanceOf(SocketException.class);
            // the kernel takes connections until the thread in accept(2) has left it
            await().untilAsserted(() -> assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class));
        }
        proxy.set(Conditions.CLEAR);
        clear_bothDirectionsPass();
    }

    @Test
    void silent_takesAllAndAnswersNothing() throws IOException {
        proxy.set(Conditions.of(Door.SILENT));
        try (var client = connect()) {
            send(client, 10);
            assertNothingComes(client);
        }
        assertNobodyCame();
    }

    @Test
    void slammed_endsBehindTheFirstBytes() throws IOException {
        proxy.set(Conditions.of(Door.SLAMMED));
        try (var client = connect()) {
            assertNothingComes(client);
            send(client, 10);
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
        assertNobodyCame();
    }

    private void assertNobodyCame() throws IOException {
        server.setSoTimeout(PATIENCE);
        assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void target_isWhereNewConnectionsLead() throws IOException {
        try (var other = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            proxy.target(other.getLocalPort());
            try (var client = connect();
                    var broker = other.accept()) {
                send(client, 10);
                assertThat(receive(broker, 10)).isEqualTo(10);
            }
        }
    }

    @Test
    void close_endsItsThreads() throws IOException {
        try (var client = connect();
                var broker = accept();
                var another = connect()) {
            proxy.set(Conditions.of(Flow.HOLD, Flow.HOLD));
            send(client, 10);
            send(broker, 10);
            proxy.close();
            assertThat(another.isConnected()).isTrue();
        }
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet().stream()
                        .map(Thread::getName)
                        .filter(name -> name.startsWith("proxy")))
                .isEmpty());
    }
}
