package io.walnutedge;

import io.walnutedge.cli.CheckCommand;
import io.walnutedge.cli.CleanupCommand;
import io.walnutedge.cli.Cli;
import io.walnutedge.cli.OutboxCommand;
import io.walnutedge.cli.PinsCommand;
import io.walnutedge.cli.PubCommand;
import io.walnutedge.cli.ReadCommand;
import io.walnutedge.cli.RunCommand;
import io.walnutedge.cli.ScanCommand;
import io.walnutedge.cli.ServiceStart;
import io.walnutedge.cli.StatusCommand;
import io.walnutedge.cli.SubCommand;
import io.walnutedge.cli.WatchCommand;
import io.walnutedge.demo.DemoCommand;
import io.walnutedge.demo.SimulateCommand;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The program: arguments in, one subcommand, exit status out. */
@Command(
        name = "walnut-edge",
        description = "Sensors in, MQTT out, commands back to GPIO.",
        mixinStandardHelpOptions = true,
        versionProvider = Cli.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunCommand.class,
            CheckCommand.class,
            ReadCommand.class,
            ScanCommand.class,
            PinsCommand.class,
            StatusCommand.class,
            WatchCommand.class,
            OutboxCommand.class,
            PubCommand.class,
            SubCommand.class,
            CleanupCommand.class,
            DemoCommand.class,
            SimulateCommand.class,
            HelpCommand.class
        },
        footer = {
            "",
            "Exit status: 0 done, 1 failed, 2 wrong arguments, 78 the configuration has mistakes.",
            "COMMAND --help tells more."
        })
public final class Main {
    private Main() {}

    /** The log may be what died. */
    @SuppressWarnings("CatchAndPrintStackTrace")
    public static void main(String[] args) {
        // numbers and words are the same everywhere, in files, topics and tables, also those of libraries
        Locale.setDefault(Locale.ROOT);
        ServiceStart.prepare(args);
        var status = Cli.FAILED;
        try {
            status = ServiceStart.run(args).orElseGet(() -> Cli.execute(new Main(), args));
        } catch (Error died) {
            // with this thread alone the process would not end
            died.printStackTrace();
        } finally {
            ServiceStart.exit(status);
        }
    }
}
