package io.walnutedge.cli;

import io.walnutedge.mqtt.Link;
import io.walnutedge.plan.Plan;
import io.walnutedge.watch.Board;
import io.walnutedge.watch.Lines;
import io.walnutedge.watch.Screen;
import io.walnutedge.watch.Table;
import io.walnutedge.watch.Terminal;
import io.walnutedge.watch.View;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code watch}: the board as the broker has it, as a live table. */
@Command(
        name = "watch",
        description = {
            "Show what the board publishes on the configured broker as a live table, until Ctrl-C.",
            "A row fills with its next message. Without a terminal each message is a line."
        })
public final class WatchCommand extends CliCommand {
    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Mixin
    private final TableOptions table = new TableOptions();

    @Override
    public Integer call() throws Exception {
        var plan = config.plan();
        var link = BrokerClient.link(plan.mqtt(), "watch");
        var board = new Board(plan);
        var until = Interruption.handle();
        try {
            Watching.run(plan, link, board, view(plan, link, board), table.span(), until);
        } finally {
            until.done();
        }
        return Cli.OK;
    }

    private View view(Plan plan, Link link, Board board) {
        var out = out();
        var terminal = Terminal.of(System.getenv());
        if (table.plain() || !terminal.isKnown()) {
            link.onChange(status -> err().println(status.sentence()));
            return new Lines(out, plan.mqtt().topics().result());
        }
        var title = "walnut-edge: " + plan.device().id() + "   (Ctrl-C ends)";
        return new Table(
                new Screen(TerminalWriter.raw(out), title, List.of(), terminal), board, () -> note(link, board));
    }

    /** How the daemon is, and how we are. */
    private static String note(Link link, Board board) {
        var daemon = board.daemon().isEmpty() ? "not heard of" : board.daemon();
        var uptime = board.uptime();
        var since = uptime.isPresent() && daemon.equals("online")
                ? ", running for " + StatusText.span(uptime.getAsLong())
                : "";
        return "daemon " + daemon + since + "; this table is " + link.status().sentence();
    }
}
