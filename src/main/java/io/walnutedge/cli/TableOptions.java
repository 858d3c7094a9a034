package io.walnutedge.cli;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How what a board publishes is shown, and for how long. */
public final class TableOptions {
    @Option(names = "--plain", description = "print lines instead of the table")
    private boolean plain;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = DurationArgument.class,
            description = "end after TIME, as in 20s; default: run until Ctrl-C")
    private @Nullable Duration span;

    /** Lines instead of the table, also where there is a terminal. */
    public boolean plain() {
        return plain;
    }

    /** Null to go on until it is interrupted. */
    public @Nullable Duration span() {
        return span;
    }
}
