package io.walnutedge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.Main;
import io.walnutedge.testkit.Mosquitto;
import io.walnutedge.testkit.Subscriber;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code sub} prints of filters of all kinds, at a real broker. */
class SubIT {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private Mosquitto broker;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @BeforeEach
    void start() {
        broker = Mosquitto.start(directory, "allow_anonymous true", "sys_interval 1");
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    /** Runs until {@code count} messages have come, while the topic gets one after the other. */
    private List<String> sub(int count, String topic, String... filters) throws Exception {
        var config = Files.writeString(
                directory.resolve("a.conf"), "device.id = a\nmqtt.broker = \"" + broker.uri() + "\"\n");
        var arguments = new ArrayList<>(List.of("sub", "-v", "-n", Integer.toString(count), "-c", config.toString()));
        arguments.addAll(List.of(filters));
        var ended = CompletableFuture.supplyAsync(
                () -> Cli.execute(Main.class, out, new ByteArrayOutputStream(), arguments.toArray(String[]::new)));
        for (var i = 0; !ended.isDone() && i < 200; i++) {
            Subscriber.publish(broker, topic, Integer.toString(i));
        }
        assertThat(ended.get(20, TimeUnit.SECONDS)).isZero();
        return out.toString(UTF_8).lines().toList();
    }

    @Test
    void messagesOfAGroup_arePrinted_onTheirOwnTopics() throws Exception {
        assertThat(sub(3, "x/温度", "$share/g/x/#")).hasSize(3).allMatch(line -> line.matches("x/温度 [0-9]+"));
    }

    @Test
    void messagesOfTheBrokerItself_arePrinted() throws Exception {
        assertThat(sub(1, "x", "$SYS/broker/uptime")).singleElement().asString().startsWith("$SYS/broker/uptime ");
    }

    @Test
    void messageThatSeveralFiltersMatch_isPrintedOnce() throws Exception {
        var numbers = sub(4, "x/y", "x/#", "x/y", "+/y");
        assertThat(numbers).hasSize(4).doesNotHaveDuplicates();
    }
}
