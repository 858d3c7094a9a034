package io.walnutedge.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walnutedge.config.BrokerAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class LinkDeathTest {
    @Test
    void error_thatEndsTheThread_isToldAndNoHealthyState() {
        var told = new AtomicReference<Throwable>();
        Transport dying = (broker, settings, will, events) -> {
            throw new StackOverflowError("by the test");
        };
        var link = new Link(
                LinkRig.settings(BrokerAddress.of("tcp://127.0.0.1:1")),
                LinkOptions.plain((thread, error) -> told.set(error)),
                dying,
                System::nanoTime,
                InstantSource.system(),
                RandomGenerator.getDefault());
        link.start();
        await().until(() -> told.get() != null);
        assertThat(told.get()).isInstanceOf(StackOverflowError.class);
        await().until(() -> !link.healthy(System.nanoTime()));
        link.close(Duration.ofMillis(10));
    }
}
