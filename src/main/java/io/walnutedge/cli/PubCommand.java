package io.walnutedge.cli;

import io.walnutedge.config.Topics;
import io.walnutedge.mqtt.Link;
import io.walnutedge.mqtt.LinkStatus;
import io.walnutedge.text.TimeText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pub}: a message to the configured broker, once or at an interval. */
@Command(
        name = "pub",
        description = "Publish a message on the configured broker, once or again and again.",
        footer = {
            "",
            "Exit status: 0 the broker has acknowledged the message, 1 no connection within connect-timeout, at least",
            "11 s, or no acknowledgement within 10 s after it."
        })
public final class PubCommand extends CliCommand {
    private static final Duration GOODBYE = Duration.ofSeconds(2);
    /** How long the broker may take for its acknowledgement, over as many connections as it ends meanwhile. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration LOOK = Duration.ofMillis(10);

    private final Duration patience;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Parameters(index = "0", paramLabel = "TOPIC")
    private String topic = "";

    @Parameters(index = "1", paramLabel = "MESSAGE")
    private String message = "";

    @Option(
            names = "--every",
            paramLabel = "TIME",
            converter = DurationArgument.class,
            description = "publish again after each TIME, as in 1s, until Ctrl-C")
    private @Nullable Duration every;

    @Option(names = "--retain", description = "have the broker keep the message for later subscribers")
    private boolean retain;

    /** For picocli to fill in. */
    PubCommand() {
        this(PATIENCE);
    }

    PubCommand(Duration patience) {
        this.patience = patience;
    }

    @Override
    public Integer call() throws Exception {
        var fault = Topics.faultOfConcrete(topic);
        if (!fault.isEmpty()) {
            throw new Cli.Failure("'" + topic + "' is no topic to publish to: " + fault);
        }
        var mqtt = config.plan().mqtt();
        var link = BrokerClient.link(mqtt, "pub");
        var connected = new CountDownLatch(1);
        link.onChange(status -> {
            if (status.connected()) {
                connected.countDown();
            }
        });
        link.start();
        if (!connected.await(BrokerClient.patience(mqtt).toMillis(), TimeUnit.MILLISECONDS)) {
            var why = link.status().sentence();
            link.close(Duration.ZERO);
            throw new Cli.Failure(why);
        }
        try {
            publish(link);
            if (every != null) {
                repeat(link, every);
            }
        } finally {
            link.close(GOODBYE);
        }
        return Cli.OK;
    }

    /** At a fixed rate on monotonic time, until the process is ended; what is not acknowledged is told. */
    private void repeat(Link link, Duration interval) throws InterruptedException {
        var never = new CountDownLatch(1);
        var next = System.nanoTime() + interval.toNanos();
        while (!never.await(next - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            try {
                publish(link);
            } catch (Cli.Failure missed) {
                err().println(missed.getMessage());
            }
            next = Math.max(next + interval.toNanos(), System.nanoTime());
        }
    }

    /** Returns when the broker has acknowledged it: once more where the connection has ended before that. */
    private void publish(Link link) throws Cli.Failure, InterruptedException {
        var until = System.nanoTime() + patience.toNanos();
        var acknowledged = link.acknowledgedEvents();
        // one message at a time: whatever is counted is this one
        var dropped = link.droppedEvents() - 1;
        var waits = new CountDownLatch(1);
        while (link.acknowledgedEvents() == acknowledged) {
            if (System.nanoTime() - until > 0) {
                throw new Cli.Failure("the broker has not acknowledged the message within " + TimeText.of(patience)
                        + "; it may be lost: " + trouble(link.status()));
            }
            if (link.droppedEvents() > dropped) {
                dropped = link.droppedEvents();
                link.event(topic, message.getBytes(StandardCharsets.UTF_8), 1, retain);
            }
            waits.await(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private static String trouble(LinkStatus status) {
        return status.connected() && !status.lastError().isEmpty()
                ? status.sentence() + ", after " + status.lastError()
                : status.sentence();
    }
}
