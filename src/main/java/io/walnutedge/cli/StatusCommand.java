package io.walnutedge.cli;

import io.walnutedge.json.JsonException;
import io.walnutedge.status.StatusSocket;
import io.walnutedge.status.StatusSocketClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code status}: how the running daemon is, asked on its socket: it needs no broker. */
@Command(
        name = "status",
        description = {
            "Show how the running daemon is: link, queue, clock, memory, and the last value of each sensor and output.",
            "Asks it on this machine, also while the broker is away; needs root or the group walnut-edge."
        },
        footer = {
            "",
            "Exit status: 0 all is well, 1 no daemon runs or it cannot be asked, 3 the link, a sensor, an input or an",
            "output is offline, a quantity has failed, or there is an alert."
        })
public final class StatusCommand extends CliCommand {
    /** Longer than the daemon waits for the client before. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(names = "--json", description = "one JSON object, for scripts")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        var answer = ask(StatusSocket.socket(config.outbox().directory()));
        var out = out();
        try {
            var text = new StatusText(answer, InstantSource.system());
            if (json) {
                out.println(answer);
            } else {
                text.print(out);
            }
            out.flush();
            return text.isWell() ? Cli.OK : Cli.WARNING;
        } catch (JsonException alien) {
            throw new Cli.Failure("the daemon's answer cannot be read: " + alien.getMessage());
        }
    }

    private static String ask(Path socket) throws Cli.Failure, InterruptedException {
        try {
            return StatusSocketClient.ask(socket, StatusSocket.STATUS, LIMIT);
        } catch (IOException trouble) {
            throw new Cli.Failure(explain(socket, String.valueOf(trouble.getMessage())));
        }
    }

    /** Java has no types for these: the message is the system's (connect(2): EACCES, ENOENT, ECONNREFUSED). */
    static String explain(Path socket, String trouble) {
        if (trouble.contains("Permission denied")) {
            return "permission denied for " + socket
                    + "; status needs root or the group walnut-edge: sudo walnut-edge status";
        }
        if (trouble.contains("No such file") || trouble.contains("refused")) {
            return "no daemon answers on " + socket + "; does it run? systemctl status walnut-edge";
        }
        return "the daemon cannot be asked on " + socket + ": " + trouble;
    }
}
