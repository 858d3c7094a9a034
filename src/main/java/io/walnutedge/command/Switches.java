package io.walnutedge.command;

import java.time.Duration;

/** Obeys commands. The loop's thread only. */
public interface Switches {
    /**
     * Drives the output, or throws and has changed nothing that is known.
     *
     * @throws RefusedException if the output is unavailable or does not follow
     */
    Switched apply(SwitchCommand command) throws RefusedException;

    /**
     * What a command has done.
     *
     * @param on the output's state now
     * @param remaining until it goes back by itself; zero if it stays
     * @param superseded what was left of an earlier command's time, which this one has ended; zero if nothing
     */
    record Switched(boolean on, Duration remaining, Duration superseded) {}
}
