package io.walnutedge.mqtt;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.walnutedge.config.BrokerAddress;
import io.walnutedge.mqtt.paho.PahoTransport;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The token in a WebSocket's address reaches its broker, and nobody else. */
class TokenInAddressTest {
    private final Logger root = (Logger) LoggerFactory.getLogger("io.walnutedge");
    private final Level before = root.getLevel();
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private final List<String> shown = new CopyOnWriteArrayList<>();

    @BeforeEach
    void listen() {
        root.setLevel(Level.DEBUG);
        appender.start();
        root.addAppender(appender);
    }

    @AfterEach
    void leave() {
        root.detachAppender(appender);
        root.setLevel(before);
    }

    private Link link(BrokerAddress broker, Transport transport) {
        var link = new Link(
                LinkRig.settings(broker),
                LinkOptions.plain(LinkRig.FATAL),
                transport,
                System::nanoTime,
                InstantSource.system(),
                new SplittableRandom(1));
        shown.add(link.status().toString());
        link.onChange(status -> {
            shown.add(status.toString());
            shown.add(status.sentence());
        });
        return link;
    }

    private void assertNothingShown() {
        appender.list.forEach(event -> shown.add(event.getFormattedMessage()
                + (event.getThrowableProxy() == null
                        ? ""
                        : event.getThrowableProxy().getMessage())));
        assertThat(shown)
                .hasSizeGreaterThan(3)
                .allSatisfy(text -> assertThat(text).doesNotContain("geheim"));
        assertThat(shown).anySatisfy(text -> assertThat(text).contains("/mqtt?****"));
    }

    @Test
    void whereTheServerRefuses() throws IOException {
        var asked = new CopyOnWriteArrayList<String>();
        try (var server = Loopback.start(socket -> {
            var request = new byte[1000];
            asked.add(new String(request, 0, socket.getInputStream().read(request), US_ASCII));
            socket.getOutputStream().write("HTTP/1.1 401 No\r\n\r\n".getBytes(US_ASCII));
        })) {
            var link = link(BrokerAddress.of(server.uri("ws") + "/mqtt?token=geheim"), transport());
            link.start();
            await().until(() -> link.status().lastError().contains("asked for a WebSocket at /mqtt;"));
            link.close(Duration.ofSeconds(1));
        }
        assertThat(asked.get(0)).startsWith("GET /mqtt?token=geheim HTTP/1.1\r\n");
        assertNothingShown();
    }

    @Test
    void whereNobodyListens_orNoNameServerKnowsIt() {
        for (var host : List.of("127.0.0.3:1", "no_such_host.invalid")) {
            var link = link(BrokerAddress.of("wss://" + host + "/mqtt?token=geheim"), transport());
            link.start();
            await().until(() -> !link.status().lastError().isEmpty());
            link.close(Duration.ofSeconds(1));
        }
        assertNothingShown();
    }

    @Test
    void whereItConnects_andIsLost() {
        var transport = new FakeTransport();
        var link = link(BrokerAddress.of("wss://a/mqtt?token=geheim"), transport);
        link.start();
        await().until(() -> transport.connections.size() == 1);
        transport.last().events.connected();
        await().until(() -> link.status().connected());
        transport.last().events.lost("by the test");
        await().until(() -> !link.status().connected());
        link.close(Duration.ofSeconds(1));
        assertNothingShown();
    }

    private static Transport transport() {
        return new PahoTransport(LinkRig.NO_TLS, InstantSource.system(), () -> true, LinkRig.FATAL);
    }
}
