package io.walnutedge.mqtt.paho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With sockets of this machine, which has all of 127.0.0.0/8 (RFC 5735, 3). */
class DialerTest {
    private static final Duration TIME = Duration.ofSeconds(10);

    /** Another address for each kind; where nothing listens, it refuses. */
    private static final String GOOD = "127.0.0.1";

    private static final String SILENT = "127.0.0.2";
    private static final String REFUSING = "127.0.0.3";

    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private ServerSocket good;
    private ServerSocket silent;
    private int port;

    @BeforeEach
    void listen() throws IOException {
        good = new ServerSocket(0, 100, address(GOOD));
        port = good.getLocalPort();
        silent = new ServerSocket(port, 1, address(SILENT));
        fillUp();
    }

    /** Until the backlog is full, one at a time: each further connection hangs in TCP. */
    private void fillUp() throws IOException {
        for (var i = 0; i < 10; i++) {
            var filler = new Socket();
            sockets.add(filler);
            try {
                filler.connect(new InetSocketAddress(SILENT, port), 500);
            } catch (SocketTimeoutException full) {
                return;
            }
        }
        throw new AssertionError("a backlog of 1 took ten connections");
    }

    @AfterEach
    void hangUp() throws IOException {
        for (var socket : sockets) {
            socket.close();
        }
        good.close();
        silent.close();
        await().untilAsserted(() -> assertThat(dialing()).isEmpty());
    }

    private static List<Thread> dialing() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("MQTT dial"))
                .toList();
    }

    private static InetAddress[] addresses(String... texts) {
        return Arrays.stream(texts).map(DialerTest::address).toArray(InetAddress[]::new);
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getAllByName(text)[0];
        } catch (UnknownHostException notANumber) {
            throw new AssertionError(notANumber);
        }
    }

    private Socket dial(Duration atMost, String... texts) throws IOException {
        var socket = new Dialer(addresses(texts), port).dial(atMost);
        sockets.add(socket);
        return socket;
    }

    private static String[] with(String good, int position, String... others) {
        var all = new ArrayList<>(Arrays.asList(others));
        all.add(position, good);
        return all.toArray(String[]::new);
    }

    @Test
    void the_good_one_is_found_at_each_place_among_silent_ones() {
        var begun = System.nanoTime();
        var took = IntStream.range(0, 8)
                .mapToObj(place -> CompletableFuture.supplyAsync(
                        () -> {
                            var others = Collections.nCopies(7, SILENT).toArray(String[]::new);
                            dialed(with(GOOD, place, others));
                            return Duration.ofNanos(System.nanoTime() - begun);
                        },
                        each -> new Thread(each).start()))
                .toList();
        for (var place = 0; place < 8; place++) {
            assertThat(took.get(place).join())
                    .isBetween(Duration.ofMillis(250L * place), Duration.ofMillis(250L * place + 1_500));
        }
    }

    private Socket dialed(String... addresses) {
        try {
            return dial(TIME, addresses);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    void the_good_one_is_found_at_each_place_among_refusing_ones_at_once() throws IOException {
        for (var place = 0; place < 8; place++) {
            var others = Collections.nCopies(7, REFUSING).toArray(String[]::new);
            var begun = System.nanoTime();
            assertThat(dial(TIME, with(GOOD, place, others)).getInetAddress()).isEqualTo(address(GOOD));
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
        }
    }

    @Test
    void a_slow_one_is_not_cut_off_by_those_behind_it() throws Exception {
        // its backlog has room again after more time than an equal share would be
        var dialed = CompletableFuture.supplyAsync(
                () -> dialed(with(SILENT, 0, Collections.nCopies(7, REFUSING).toArray(String[]::new))));
        var begun = System.nanoTime();
        await().until(() -> System.nanoTime() - begun > Duration.ofMillis(1_500).toNanos());
        assertThat(dialed).isNotDone();
        for (var full = sockets.stream().filter(Socket::isConnected).count(); full > 0; full--) {
            sockets.add(silent.accept());
        }
        assertThat(dialed.get().getInetAddress()).isEqualTo(address(SILENT));
    }

    @Test
    void many_addresses_share_the_starts_and_not_the_time() throws IOException {
        // at 250 ms each the last one would begin after the end
        var others = Collections.nCopies(Dialer.MOST_ADDRESSES - 1, SILENT).toArray(String[]::new);
        assertThat(dial(Duration.ofSeconds(3), with(GOOD, others.length, others))
                        .getInetAddress())
                .isEqualTo(address(GOOD));
    }

    @Test
    void silence_ends_in_time_and_a_refusal_by_all_at_once() {
        var begun = System.nanoTime();
        assertThatThrownBy(() -> dial(Duration.ofMillis(700), SILENT, SILENT, REFUSING))
                .isInstanceOf(SocketTimeoutException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isBetween(Duration.ofMillis(600), Duration.ofMillis(2_000));
        assertThatThrownBy(() -> dial(TIME, REFUSING, REFUSING)).isInstanceOf(ConnectException.class);
        assertThatThrownBy(() -> dial(TIME, "::1", REFUSING)).isInstanceOf(IOException.class);
    }

    @Test
    void closing_ends_it_at_once_and_so_does_an_interrupt() {
        var closed = new Dialer(addresses(SILENT, SILENT, SILENT), port);
        var end = ending(closed, new Thread[1]);
        await().until(() -> dialing().size() == 3);
        closed.close();
        assertThat(end.join()).isInstanceOf(SocketException.class).hasMessage("closed");
        await().untilAsserted(() -> assertThat(dialing()).isEmpty());

        var thread = new Thread[1];
        var interrupted = ending(new Dialer(addresses(SILENT, SILENT), port), thread);
        await().until(() -> dialing().size() == 2);
        thread[0].interrupt();
        assertThat(interrupted.join()).isInstanceOf(InterruptedIOException.class);
    }

    private static CompletableFuture<Exception> ending(Dialer dialer, Thread[] thread) {
        var end = new CompletableFuture<Exception>();
        thread[0] = new Thread(() -> {
            try (var unexpected = dialer.dial(TIME)) {
                end.completeExceptionally(new AssertionError("connected to " + unexpected));
            } catch (IOException ended) {
                end.complete(ended);
            }
        });
        thread[0].start();
        return end;
    }

    @Test
    void families_take_turns_the_first_ones_first() {
        assertThat(Dialer.interleaved(addresses("::1", "::2", "::3", "1.1.1.1", "2.2.2.2")))
                .containsExactly(addresses("::1", "1.1.1.1", "::2", "2.2.2.2", "::3"));
        assertThat(Dialer.interleaved(addresses("1.1.1.1", "2.2.2.2", "3.3.3.3", "::1")))
                .containsExactly(addresses("1.1.1.1", "::1", "2.2.2.2", "3.3.3.3"));
        assertThat(Dialer.interleaved(addresses("::1"))).containsExactly(addresses("::1"));
    }
}
