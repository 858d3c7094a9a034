package io.walnutedge.cli;

import io.walnutedge.config.Topics;
import io.walnutedge.mqtt.Link;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pub}: a message to the configured broker, once or at an interval. */
@Command(
        name = "pub",
        description = "Publish a message on the configured broker, once or again and again.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exit status: 0 published, 1 no connection within connect-timeout, at least 11 s."})
public final class PubCommand implements Callable<Integer> {
    private static final Duration GOODBYE = Duration.ofSeconds(2);

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

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        var fault = Topics.faultOfConcrete(topic);
        if (!fault.isEmpty()) {
            throw new Cli.Failure("'" + topic + "' is no topic to publish to: " + fault);
        }
        var mqtt = config.plan().mqtt();
        var link = Guest.link(mqtt, "pub");
        var connected = new CountDownLatch(1);
        link.onChange(status -> {
            if (status.connected()) {
                connected.countDown();
            }
        });
        link.start();
        if (!connected.await(Guest.patience(mqtt).toMillis(), TimeUnit.MILLISECONDS)) {
            var why = link.status().sentence();
            link.close(Duration.ZERO);
            throw new Cli.Failure(why);
        }
        publish(link);
        if (every != null) {
            repeat(link, every);
        }
        link.close(GOODBYE);
        return Cli.OK;
    }

    /** At a fixed rate on monotonic time, until the process is ended. */
    private void repeat(Link link, Duration interval) throws InterruptedException {
        var never = new CountDownLatch(1);
        var next = System.nanoTime() + interval.toNanos();
        while (!never.await(next - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            publish(link);
            next += interval.toNanos();
        }
    }

    private void publish(Link link) {
        if (!link.event(topic, message.getBytes(StandardCharsets.UTF_8), 1, retain)) {
            spec.commandLine()
                    .getErr()
                    .println("not published: " + link.status().sentence());
        }
    }
}
