package io.walnutedge.mqtt.paho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Acknowledgements that wait to be written. */
class ExchangeTest {
    private final AtomicInteger owed = new AtomicInteger();

    private CompletableFuture<Exception> filled(Exchange exchange, int count) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                for (; owed.get() < count; owed.incrementAndGet()) {
                    exchange.owe();
                }
                return new IOException("all were taken");
            } catch (IOException ended) {
                return ended;
            }
        });
    }

    @Test
    void no_more_wait_than_may_and_each_one_written_makes_room() {
        var exchange = new Exchange(Duration.ofMinutes(1));
        var end = filled(exchange, Exchange.MOST_OWED + 10);
        await().untilAsserted(() -> assertThat(owed).hasValue(Exchange.MOST_OWED));
        for (var i = 1; i < 10; i++) {
            exchange.acknowledged();
            var now = Exchange.MOST_OWED + i;
            await().untilAsserted(() -> assertThat(owed).hasValue(now));
        }
        assertThat(end).isNotDone();
        exchange.close();
        assertThat(end.join()).isInstanceOf(SocketException.class);
    }

    @Test
    void a_broker_that_takes_none_is_left() throws IOException {
        var exchange = new Exchange(Duration.ofMillis(50));
        for (var i = 0; i < Exchange.MOST_OWED; i++) {
            exchange.owe();
        }
        assertThatThrownBy(exchange::owe)
                .isInstanceOf(ProtocolException.class)
                .hasMessage("the broker sends messages and takes no acknowledgement; 1000 wait");
    }

    @Test
    void a_thread_that_is_told_to_stop_stops() {
        var exchange = new Exchange(Duration.ofMinutes(1));
        var end = new CompletableFuture<Exception>();
        var waiting = new Thread(() -> {
            try {
                for (var i = 0; i <= Exchange.MOST_OWED; i++) {
                    exchange.owe();
                }
            } catch (IOException stopped) {
                end.complete(stopped);
            }
        });
        waiting.start();
        waiting.interrupt();
        assertThat(end.join()).isInstanceOf(InterruptedIOException.class);
    }
}
