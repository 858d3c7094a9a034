package io.walnutedge.mqtt.paho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.walnutedge.config.BrokerAddress;
import io.walnutedge.mqtt.LinkRig;
import io.walnutedge.mqtt.Loopback;
import io.walnutedge.mqtt.RecordedEvents;
import io.walnutedge.mqtt.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResolverTest {
    private static final String NAME = "broker.example";

    private final CountDownLatch answer = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();
    private final Resolver silent = new Resolver(this::late, Duration.ofMillis(100));
    private final Resolver patient = new Resolver(this::late, Duration.ofMinutes(1));

    private InetAddress[] late(String name) {
        asked.incrementAndGet();
        try {
            answer.await();
        } catch (InterruptedException nobodyInterruptsIt) {
            throw new AssertionError(nobodyInterruptsIt);
        }
        return new InetAddress[] {InetAddress.getLoopbackAddress()};
    }

    private static Resolver resolver(Resolver.Source source) {
        return new Resolver(source, Duration.ofMinutes(1));
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("DNS "))
                .toList();
    }

    @AfterEach
    void answerAtLast() {
        answer.countDown();
        await().untilAsserted(() -> assertThat(threads()).isEmpty());
    }

    @Test
    void a_silent_name_server_is_told_and_has_one_thread_per_name() throws IOException {
        for (var i = 0; i < 5; i++) {
            assertThatThrownBy(() -> silent.lookup(NAME).await(() -> false))
                    .hasMessage("the name 'broker.example' could not be resolved within 100 ms: no answer from the name"
                            + " server (DNS)");
        }
        assertThatThrownBy(() -> silent.lookup("other").await(() -> false)).isInstanceOf(IOException.class);
        assertThat(threads()).containsExactlyInAnyOrder("DNS broker.example", "DNS other");
        assertThat(asked).hasValue(2);

        var late = silent.lookup(NAME);
        answer.countDown();
        assertThat(late.await(() -> false)).containsExactly(InetAddress.getLoopbackAddress());
        await().until(() -> threads().isEmpty());
        assertThat(silent.lookup(NAME).await(() -> false)).hasSize(1);
        assertThat(asked).hasValue(3);
    }

    @Test
    void closing_ends_the_waiting_at_once() {
        var closed = new AtomicBoolean();
        var lookup = patient.lookup(NAME);
        var end = CompletableFuture.supplyAsync(() -> {
            try {
                return new IOException("resolved to " + Arrays.toString(lookup.await(closed::get)));
            } catch (IOException ended) {
                return ended;
            }
        });
        closed.set(true);
        lookup.wake();
        assertThat(end.join()).isInstanceOf(SocketException.class);
    }

    @Test
    void an_error_reaches_whoever_waits() {
        var sick = resolver(name -> {
            throw new NoClassDefFoundError("planted by a test");
        });
        assertThatThrownBy(() -> sick.lookup(NAME).await(() -> false)).isInstanceOf(NoClassDefFoundError.class);
    }

    /** What getaddrinfo says (gai_strerror), as Java hands it on, and without a text from its cache of failures. */
    @ParameterizedTest
    @CsvSource({
        "broker.example, the name 'broker.example' is not known (DNS)",
        "broker.example: Name or service not known, the name 'broker.example' is not known (DNS)",
        "broker.example: No address associated with hostname, the name 'broker.example' is not known (DNS)",
        "broker.example: Temporary failure in name resolution,"
                + " the name 'broker.example' could not be resolved: no name server answers (DNS); is the network up?",
        "broker.example: System error, the name 'broker.example' could not be resolved: System error (DNS)",
        "broker.example: Der Name oder der Dienst ist nicht bekannt,"
                + " the name 'broker.example' could not be resolved: Der Name oder der Dienst ist nicht bekannt (DNS)"
    })
    void each_failure_has_its_sentence(String message, String sentence) {
        var events = new RecordedEvents();
        var connection = open(
                resolver(name -> {
                    throw new UnknownHostException(message);
                }),
                1883,
                events);
        await().untilAsserted(() -> assertThat(events.list()).containsExactly("lost: " + sentence));
        connection.close();
    }

    private static Transport.Connection open(Resolver resolver, int port, RecordedEvents events) {
        var broker = BrokerAddress.of("tcp://" + NAME + ":" + port);
        return new PahoTransport(LinkRig.NO_TLS, InstantSource.system(), () -> true, LinkRig.FATAL, resolver)
                .open(broker, LinkRig.settings(broker), Optional.empty(), events);
    }

    @Test
    void a_connection_says_it_and_ends_while_it_waits() {
        var events = new RecordedEvents();
        var connection = open(silent, 1883, events);
        await().untilAsserted(() -> assertThat(events.list())
                .containsExactly(
                        "lost: the name 'broker.example' could not be resolved within 100 ms: no answer from the"
                                + " name server (DNS)"));
        connection.close();

        var waiting = open(patient, 1883, new RecordedEvents());
        await().until(() -> threads().size() == 2);
        var begun = System.nanoTime();
        waiting.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
        await().untilAsserted(() -> assertThat(LinkRig.pahoThreads()).isEmpty());
    }

    @Test
    void a_name_with_seven_dead_addresses_connects_by_the_eighth() throws IOException {
        try (var broker = HostileBroker.start(client -> {})) {
            var dead = Collections.nCopies(7, InetAddress.getAllByName("127.0.0.3")[0]);
            var events = new RecordedEvents();
            var connection = open(
                    resolver(name -> {
                        var all = new ArrayList<>(dead);
                        all.add(InetAddress.getLoopbackAddress());
                        return all.toArray(InetAddress[]::new);
                    }),
                    broker.uri().port(),
                    events);
            await().untilAsserted(() -> assertThat(events.list()).containsExactly("connected"));
            connection.close();
        }
    }

    @Test
    void an_address_that_takes_connections_and_says_nothing_is_passed_over_while_there_are_others() throws IOException {
        var mute = InetAddress.getAllByName("127.0.0.4")[0];
        try (var broker = HostileBroker.start(client -> {});
                var server = new ServerSocket(broker.uri().port(), 10, mute);
                var closing = Loopback.start(server, Socket::close)) {
            assertThat(closing).isNotNull();
            var both = new Resolver(
                    name -> new InetAddress[] {mute, InetAddress.getLoopbackAddress()}, Duration.ofMinutes(1));
            for (var reason : List.of("lost: the broker closed the connection", "connected")) {
                var events = new RecordedEvents();
                var connection = open(both, broker.uri().port(), events);
                await().untilAsserted(() ->
                        assertThat(events.list()).singleElement().asString().startsWith(reason));
                connection.close();
            }
            var one = InetAddress.getLoopbackAddress();
            both.mute(one);
            assertThat(both.withoutMute(mute, one)).containsExactly(mute);
            both.mute(mute);
            assertThat(both.withoutMute(mute, one)).containsExactly(mute, one);
            both.forgetMute();
            assertThat(both.withoutMute(mute, one)).containsExactly(mute, one);
        }
    }
}
