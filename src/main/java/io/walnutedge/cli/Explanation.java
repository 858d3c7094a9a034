package io.walnutedge.cli;

import io.walnutedge.hocon.ConfigException;
import io.walnutedge.logging.Journal;
import io.walnutedge.text.Printable;
import io.walnutedge.text.Redaction;
import java.io.PrintWriter;
import java.io.StringWriter;

/** Why a command has failed, in words. One thread. */
final class Explanation {
    private Explanation() {}

    /** Prints it and answers the exit status. */
    static int print(Exception trouble, PrintWriter err) {
        // the journal of a service then knows which of its lines are errors
        var mark = Journal.errorMark();
        text(trouble).lines().forEach(line -> err.println(mark + line));
        if (trouble instanceof Cli.Failure failure) {
            return failure.status();
        }
        return trouble instanceof ConfigException ? Cli.CONFIG : Cli.FAILED;
    }

    private static String text(Exception trouble) {
        var text = new StringWriter();
        var out = new PrintWriter(text);
        if (trouble instanceof ConfigException config) {
            config.problems().forEach(problem -> out.println(Printable.of(problem.toString())));
            var count = config.problems().size();
            out.println(count == 1 ? "1 mistake; nothing was started" : count + " mistakes; nothing was started");
        } else if (trouble instanceof Cli.Failure) {
            out.println(Printable.of(String.valueOf(trouble.getMessage())));
        } else {
            trouble.printStackTrace(out);
        }
        return Redaction.of(text.toString());
    }
}
