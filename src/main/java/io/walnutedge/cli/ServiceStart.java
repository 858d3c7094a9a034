package io.walnutedge.cli;

import io.walnutedge.hocon.UserPath;
import io.walnutedge.logging.LogSetup;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@code run} as the unit starts it, without the library that reads arguments: its classes cost a board with a slow card
 * half a second at the start, and memory for as long as the daemon runs. Any other arguments are that library's business.
 */
public final class ServiceStart {
    private static final String RUN = "run";

    private ServiceStart() {}

    /** What the daemon needs before anything else: no signal and no reader of its log ends it or holds it up. */
    public static void prepare(String... args) {
        if (args.length == 0 || !args[0].equals(RUN)) {
            return;
        }
        try {
            // before any library is opened
            Resources.check();
        } catch (Cli.Failure tooLittle) {
            System.exit(Explanation.print(tooLittle, new TerminalWriter(System.err)));
        }
        HangUp.hold();
        LogSetup.takeStandardError();
    }

    /** Ends the process, whatever else its threads are at. */
    public static void exit(int status) {
        try {
            LogSetup.finish();
        } finally {
            System.exit(status);
        }
    }

    /** The exit status, or empty where the arguments are not for this class. Returns when the daemon has ended. */
    public static OptionalInt run(String... args) {
        return config(args).map(ServiceStart::run).map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    /** The configuration's file, where {@code run} has no other options. */
    static Optional<Path> config(String... args) {
        if (args.length == 0 || !args[0].equals(RUN)) {
            return Optional.empty();
        }
        if (args.length == 1) {
            return Optional.of(Path.of(ConfigOption.USUAL));
        }
        if (args.length == 3 && (args[1].equals("-c") || args[1].equals("--config")) && !args[2].startsWith("-")) {
            // of one that cannot be the others tell why
            return UserPath.of(args[2], why -> {});
        }
        return Optional.empty();
    }

    private static int run(Path config) {
        try {
            return new RunCommand(config).call();
        } catch (Exception trouble) {
            return Explanation.print(trouble, new TerminalWriter(System.err));
        }
    }
}
