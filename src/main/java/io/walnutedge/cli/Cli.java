package io.walnutedge.cli;

import io.walnutedge.config.ConfigException;
import io.walnutedge.config.Suggestion;
import io.walnutedge.logging.Journal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** What the subcommands share: exit statuses, and errors as sentences on standard error. */
public final class Cli {
    /** The command did what it was asked. */
    public static final int OK = 0;
    /** The command failed; standard error says why. */
    public static final int FAILED = 1;
    /** The arguments are wrong. */
    public static final int USAGE = 2;
    /** The configuration has mistakes; EX_CONFIG of sysexits(3). */
    public static final int CONFIG = 78;

    private Cli() {}

    /** Runs the subcommand that the arguments name and answers its exit status. */
    public static int execute(Object main, String... args) {
        return new CommandLine(main)
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Cli::explain)
                .execute(args);
    }

    private static int explain(Exception trouble, CommandLine command, CommandLine.ParseResult parsed) {
        // the journal of a service then knows which of its lines are errors
        var mark = Journal.errorMark();
        explanation(trouble).lines().forEach(line -> command.getErr().println(mark + line));
        return trouble instanceof ConfigException ? CONFIG : FAILED;
    }

    private static String explanation(Exception trouble) {
        var text = new StringWriter();
        var out = new PrintWriter(text);
        if (trouble instanceof ConfigException config) {
            config.problems().forEach(out::println);
            var count = config.problems().size();
            out.println(count == 1 ? "1 mistake; nothing was started" : count + " mistakes; nothing was started");
        } else if (trouble instanceof Failure) {
            out.println(trouble.getMessage());
        } else {
            trouble.printStackTrace(out);
        }
        return text.toString();
    }

    /** A failure that needs no stack trace: its message is for the user. */
    public static final class Failure extends Exception {
        private static final long serialVersionUID = 1;

        public Failure(String message) {
            super(message);
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
            return new String[] {"walnut-edge " + text()};
        }

        /** As in the jar's manifest; {@code dev} when run from classes. */
        public static String text() {
            var version = Cli.class.getPackage().getImplementationVersion();
            return version == null ? "dev" : version;
        }
    }
}
