package io.walnutedge.cli;

import io.walnutedge.config.Topics;
import io.walnutedge.text.Printable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sub}: prints what arrives on topics of the configured broker; subscribes anew with each connection. */
@Command(
        name = "sub",
        description =
                "Print the messages of topics on the configured broker until Ctrl-C; comes back after each lost connection.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exit status: 0 the number of --count was reached, 1 no such topic filter."})
public final class SubCommand implements Callable<Integer> {
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

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        for (var topic : topics) {
            var fault = Topics.faultOfFilter(topic);
            if (!fault.isEmpty()) {
                throw new Cli.Failure("'" + topic + "' cannot be subscribed to: " + fault);
            }
        }
        var link = Guest.link(config.plan().mqtt(), "sub");
        var left = new CountDownLatch(count == null ? Integer.MAX_VALUE : count);
        var command = spec.commandLine();
        for (var topic : topics) {
            link.subscribe(topic, 1, (from, payload, retained) -> {
                print(from, payload);
                left.countDown();
            });
        }
        link.onChange(status -> command.getErr().println(status.sentence()));
        link.start();
        left.await();
        link.close(GOODBYE);
        return Cli.OK;
    }

    private void print(String topic, byte[] payload) {
        var text = Printable.of(new String(payload, StandardCharsets.UTF_8));
        spec.commandLine().getOut().println(verbose ? Printable.of(topic) + " " + text : text);
    }
}
