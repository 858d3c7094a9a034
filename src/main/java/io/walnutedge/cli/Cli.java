package io.walnutedge.cli;

import io.walnutedge.health.Release;
import io.walnutedge.text.Suggestion;
import java.io.OutputStream;
import java.nio.file.Path;
import picocli.CommandLine;

/** What the subcommands share: exit statuses, and errors as sentences on standard error. */
public final class Cli {
    /** The command did what it was asked. */
    public static final int OK = 0;
    /** The command failed; standard error says why. */
    public static final int FAILED = 1;
    /** The arguments are wrong. */
    public static final int USAGE = 2;
    /** It works, but something needs a look. */
    public static final int WARNING = 3;
    /** To be started again, as a command asks; EX_TEMPFAIL of sysexits(3). */
    public static final int RESTART = 75;
    /** The configuration has mistakes; EX_CONFIG of sysexits(3). */
    public static final int CONFIG = 78;

    private Cli() {}

    /** Runs the subcommand that the arguments name and answers its exit status. */
    public static int execute(Object main, String... args) {
        return execute(main, System.out, System.err, args);
    }

    static int execute(Object main, OutputStream out, OutputStream err, String... args) {
        return new CommandLine(main)
                .setOut(new TerminalWriter(out))
                .setErr(new TerminalWriter(err))
                // what a terminal obeys is written by nobody but the live table
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .registerConverter(Path.class, new PathArgument())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Cli::explain)
                .execute(args);
    }

    private static int explain(Exception trouble, CommandLine command, CommandLine.ParseResult parsed) {
        return Explanation.print(trouble, command.getErr());
    }

    /** A failure that needs no stack trace: its message is for the user. */
    public static final class Failure extends Exception {
        private static final long serialVersionUID = 1;

        private final int status;

        public Failure(String message) {
            this(message, FAILED);
        }

        /** @param status the exit status */
        Failure(String message, int status) {
            super(message);
            this.status = status;
        }

        int status() {
            return status;
        }

        /** {@code "no sensor 'rom'; did you mean 'room'?"}, or what there is. */
        public static Failure unknown(String kind, String name, java.util.Collection<String> known) {
            var near = Suggestion.of(name, known);
            return new Failure("no " + kind + " '" + name + "'"
                    + (near.isEmpty() ? "; there are: " + String.join(", ", known) : near));
        }
    }

    /** The version of the jar. */
    public static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"walnut-edge " + Release.version()};
        }
    }
}
