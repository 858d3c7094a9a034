package io.walnutedge.demo;

import io.walnutedge.cli.Cli;
import io.walnutedge.cli.CliCommand;
import io.walnutedge.cli.TableOptions;
import io.walnutedge.config.BrokerAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code demo}: the daemon on a simulated board, with a broker of its own, as a live table. */
@Command(
        name = "demo",
        description = {
            "Run the daemon on a simulated board, with a broker of its own on 127.0.0.1, and show what it publishes.",
            "Drivers, schedule, MQTT and commands are those of production."
        })
public final class DemoCommand extends CliCommand {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "the configuration, whose broker is replaced; default: one that the program brings with it")
    private @Nullable Path file;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "18883",
            description = "of the broker; default: ${DEFAULT-VALUE}, or a free one where that is taken")
    private int port;

    @Mixin
    private final TableOptions table = new TableOptions();

    @Override
    public Integer call() throws Exception {
        var stage = new DemoRunner(out(), err(), table.plain(), table.span(), true);
        var broker = EmbeddedBroker.onPort(port);
        try (broker;
                var board = DemoBoard.ofDemonstration()) {
            broker.start();
            stage.play(board.plan(file, BrokerAddress.of(broker.url())), board);
        } finally {
            stage.end();
        }
        return Cli.OK;
    }
}
