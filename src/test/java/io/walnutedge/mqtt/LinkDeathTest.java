package io.walnutedge.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walnutedge.config.BrokerAddress;
import io.walnutedge.outbox.MemoryOutbox;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class LinkDeathTest {
    @Test
    void error_thatEndsTheThread_isToldAndNoHealthyState() {
        var told = new AtomicReference<Throwable>();
        var link = link((broker, settings, will, events) -> {
            throw new StackOverflowError("by the test");
        });
        link.onDeath((thread, error) -> told.set(error));
        link.start();
        await().until(() -> told.get() != null);
        assertThat(told.get()).isInstanceOf(StackOverflowError.class);
        await().until(() -> !link.healthy(System.nanoTime()));
        link.close(Duration.ofMillis(10));
    }

    private static Link link(Transport transport) {
        var outbox = new MemoryOutbox(1, LinkRig.CLOCK);
        return new Link(
                LinkRig.settings(BrokerAddress.of("tcp://127.0.0.1:1")),
                transport,
                outbox,
                ReadingPublisher.none(outbox),
                System::nanoTime,
                InstantSource.system(),
                RandomGenerator.getDefault());
    }
}
