package io.walnutedge.mqtt.paho;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walnutedge.config.BrokerAddress;
import io.walnutedge.mqtt.LinkRig;
import io.walnutedge.mqtt.Publication;
import io.walnutedge.mqtt.RecordedEvents;
import io.walnutedge.mqtt.Transport;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** An {@link Error} on any thread of a connection reaches who ends the process. */
class PahoErrorsTest {
    private final List<Throwable> told = new CopyOnWriteArrayList<>();

    static Stream<Supplier<Throwable>> faults() {
        return Stream.of(
                () -> new OutOfMemoryError("planted by a test"),
                () -> new StackOverflowError("planted by a test"),
                () -> new NoClassDefFoundError("planted by a test"),
                () -> new ExceptionInInitializerError("planted by a test"),
                () -> new AssertionError("planted by a test"),
                () -> new IllegalStateException("planted by a test"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void what_a_task_throws_is_told_however_it_was_given(Supplier<Throwable> fault) {
        var given = List.<Predicate<PahoThreads>>of(
                threads -> executed(threads, fault),
                threads -> !threads.submit(() -> fail(fault)).isCancelled(),
                threads -> !threads.schedule(() -> fail(fault), 1, TimeUnit.MILLISECONDS)
                        .isCancelled(),
                threads -> cancelled(threads, fault));
        for (var each : given) {
            told.clear();
            var threads = new PahoThreads(told::add);
            assertThat(each.test(threads)).isTrue();
            await().untilAsserted(() -> assertThat(told).hasSize(1));
            assertThat(told.get(0)).hasSameClassAs(fault.get());
            threads.shutdownNow();
        }
    }

    private static boolean executed(PahoThreads threads, Supplier<Throwable> fault) {
        threads.execute(() -> fail(fault));
        return true;
    }

    /** As Paho ends its loops: what they throw then, not even their future would tell. */
    private static boolean cancelled(PahoThreads threads, Supplier<Throwable> fault) {
        var begun = new CountDownLatch(1);
        var loop = threads.submit(() -> {
            begun.countDown();
            while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
            fail(fault);
        });
        await().until(() -> begun.getCount() == 0);
        return loop.cancel(true);
    }

    private static void fail(Supplier<Throwable> fault) {
        var thrown = fault.get();
        if (thrown instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) thrown;
    }

    /** Where Paho's threads come by here. */
    enum Place {
        RESOLVED,
        CONNECTED,
        ACKNOWLEDGED,
        SUBSCRIBED,
        ARRIVED,
        LOST
    }

    private static final class Failing implements Transport.Events {
        private final Place place;
        private final RecordedEvents events = new RecordedEvents();

        Failing(Place place) {
            this.place = place;
        }

        private void at(Place here) {
            if (here == place) {
                throw new OutOfMemoryError("planted by a test");
            }
        }

        @Override
        public void connected() {
            events.connected();
            at(Place.CONNECTED);
        }

        @Override
        public void lost(String why) {
            events.lost(why);
            at(Place.LOST);
        }

        @Override
        public void keepAliveChanged() {}

        @Override
        public void done(long tag) {
            events.done(tag);
            at(tag == 1 ? Place.ACKNOWLEDGED : Place.SUBSCRIBED);
        }

        @Override
        public void refused(long tag) {
            events.refused(tag);
        }

        @Override
        public void arrived(String topic, byte[] payload, boolean retained) {
            at(Place.ARRIVED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_error_at_each_place_is_told_and_ends_the_connection(Place place) throws Exception {
        try (var broker = HostileBroker.start(client -> attack(place, client))) {
            var events = new Failing(place);
            var resolver = new Resolver(
                    name -> {
                        events.at(Place.RESOLVED);
                        return new InetAddress[] {InetAddress.getLoopbackAddress()};
                    },
                    Duration.ofMinutes(1));
            var connection = new PahoTransport(
                            LinkRig.NO_TLS,
                            InstantSource.system(),
                            () -> true,
                            (thread, error) -> told.add(error),
                            resolver)
                    .open(broker.uri(), LinkRig.settings(broker.uri()), Optional.empty(), events);
            if (place != Place.RESOLVED) {
                await().until(() -> events.events.list().contains("connected"));
            }
            // not both: the acknowledgement of the first would end the connection before the second
            if (place == Place.ACKNOWLEDGED) {
                connection.publish(new Publication("t", new byte[0], 1, false), 1, false);
            } else if (place.compareTo(Place.CONNECTED) > 0) {
                connection.subscribe("t/set", 1, 2);
            }
            await().untilAsserted(() -> assertThat(told)
                    .isNotEmpty()
                    .allSatisfy(error -> assertThat(error).isInstanceOf(OutOfMemoryError.class)));
            await().untilAsserted(() -> assertThat(events.events.list())
                    .anySatisfy(event -> assertThat(event).startsWith("lost: ")));
            connection.close();
        }
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(LinkRig.pahoThreads()).isEmpty());
    }

    private static void attack(Place place, OutputStream client) throws IOException {
        if (place == Place.LOST) {
            client.close();
        } else {
            client.write(new byte[] {0x30, 7, 0, 5});
            client.write("t/set".getBytes(UTF_8));
        }
    }

    @Test
    void an_exception_ends_the_connection_and_nothing_else() {
        var events = new RecordedEvents();
        var resolver = new Resolver(
                name -> {
                    throw new IllegalStateException("planted by a test");
                },
                Duration.ofMinutes(1));
        var broker = BrokerAddress.of("tcp://broker.example");
        var connection = new PahoTransport(
                        LinkRig.NO_TLS,
                        InstantSource.system(),
                        () -> true,
                        (thread, error) -> told.add(error),
                        resolver)
                .open(broker, LinkRig.settings(broker), Optional.empty(), events);
        await().untilAsserted(() -> assertThat(events.list()).hasSize(1));
        assertThat(events.list().get(0)).contains("planted by a test");
        assertThat(told).isEmpty();
        connection.close();
    }
}
