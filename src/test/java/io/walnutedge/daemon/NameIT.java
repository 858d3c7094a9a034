package io.walnutedge.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walnutedge.testkit.Mosquitto;
import io.walnutedge.testkit.Program;
import io.walnutedge.testkit.Subscriber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker whose name is not known when the board starts, is then that of another machine, and at last the right one. */
class NameIT {
    /** Java keeps an answer of the resolver for 30 s (java.security, networkaddress.cache.ttl), and a pause takes 30 s. */
    private static final Duration LIMIT = Duration.ofSeconds(90);

    @TempDir
    private Path directory;

    @Test
    void nameThatAppearsLater_andMoves_isFollowed() throws IOException {
        var hosts = Files.writeString(directory.resolve("hosts"), "127.0.0.1 localhost\n");
        try (var broker = Mosquitto.start(directory);
                var subscriber = Subscriber.start(broker, "Hello")) {
            var config = Files.writeString(
                    directory.resolve("a.conf"),
                    "device.id = a\nmqtt.broker = \"tcp://broker.test:" + broker.port() + "\"\noutbox.dir = \""
                            + directory.resolve("outbox") + "\"\n"
                            + "sensors { hello { type = text, text = hello, every = 1 s, topic = Hello } }\n");
            try (var daemon = Program.start(
                    Map.of("JAVA_TOOL_OPTIONS", "-Djdk.net.hosts.file=" + hosts), "run", "-c", config.toString())) {
                daemon.awaitLine("the name 'broker.test' is not known (DNS)");

                Files.writeString(hosts, "127.0.0.9 broker.test\n");
                await().atMost(LIMIT)
                        .untilAsserted(() -> assertThat(daemon.text()).contains("connection refused"));

                Files.writeString(hosts, "127.0.0.1 broker.test\n");
                await().atMost(LIMIT).until(() -> subscriber.last("Hello").equals("hello"));
            }
        }
    }
}
