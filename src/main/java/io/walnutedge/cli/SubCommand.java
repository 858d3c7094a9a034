package io.walnutedge.cli;

import io.walnutedge.config.Topics;
import io.walnutedge.mqtt.Link;
import io.walnutedge.text.Printable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sub}: prints what arrives on topics of the configured broker; subscribes anew with each connection. */
@Command(
        name = "sub",
        description = "Print the messages of topics on the configured broker until Ctrl-C; comes back after each lost"
                + " connection.",
        footer = {
            "",
            "Exit status: 0 the number of --count was reached, 1 no such topic filter, or one that the broker refuses;",
            "the messages of the others are printed all the same."
        })
public final class SubCommand extends CliCommand {
    private static final Duration GOODBYE = Duration.ofSeconds(1);

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Parameters(paramLabel = "TOPIC", arity = "1..*", description = "topics; + and # are wildcards")
    private List<String> topics = List.of();

    @Option(
            names = {"-v", "--verbose"},
            description = "print the topic before each message")
    private boolean verbose;

    @Option(
            names = {"-n", "--count"},
            paramLabel = "N",
            description = "end after N messages")
    private @Nullable Integer count;

    @Override
    public Integer call() throws Exception {
        for (var topic : topics) {
            var fault = Topics.faultOfFilter(topic);
            if (!fault.isEmpty()) {
                throw new Cli.Failure("'" + topic + "' cannot be subscribed to: " + fault);
            }
        }
        if (count != null && count < 1) {
            throw new Cli.Failure("--count wants a number from 1");
        }
        var link = BrokerClient.link(config.plan().mqtt(), "sub");
        var left = new AtomicLong(count == null ? Long.MAX_VALUE : count);
        var end = new CountDownLatch(1);
        // one for all filters: a message that several of them match is printed once
        Link.Handler handler = (from, payload, retained) -> {
            if (left.get() > 0) {
                print(from, payload);
            }
            if (left.decrementAndGet() == 0) {
                end.countDown();
            }
        };
        topics.forEach(topic -> link.subscribe(topic, 1, handler));
        var refused = new ConcurrentSkipListSet<String>();
        link.onRefusal((filter, why) -> {
            refused.add(filter);
            if (refused.containsAll(topics)) {
                end.countDown();
            }
        });
        link.onChange(status -> err().println(status.sentence()));
        link.start();
        end.await();
        link.close(GOODBYE);
        if (!refused.isEmpty()) {
            throw new Cli.Failure("the broker refuses to subscribe to " + String.join(", ", refused));
        }
        return Cli.OK;
    }

    private void print(String topic, byte[] payload) {
        var text = Printable.of(new String(payload, StandardCharsets.UTF_8));
        out().println(verbose ? Printable.of(topic) + " " + text : text);
    }
}
