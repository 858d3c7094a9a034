package io.walnutedge.command;

import io.walnutedge.reading.ItemId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Obeys commands. The loop's thread only. */
public interface Switches {
    /** @throws RefusedException if it is known before that the output would not follow */
    void requireReady(SwitchCommand command) throws RefusedException;

    /**
     * Drives the output, or throws and has changed nothing but what the exception names.
     *
     * @throws RefusedException if the output is unavailable or does not follow
     */
    Switched apply(SwitchCommand command) throws RefusedException;

    /**
     * Drives all of them, or throws and has changed nothing but what the exception names.
     *
     * @param commands at most one for each output
     */
    Map<ItemId, Switched> applyAll(List<SwitchCommand> commands) throws RefusedException;

    /** Those whose states are known. */
    Map<ItemId, Switched> states();

    /**
     * What a command has done.
     *
     * @param on the output's state now
     * @param level 0 to 1, where it has levels
     * @param remaining until it goes back or off by itself; zero if it stays
     * @param superseded what was left of an earlier command's time, which this one has ended; zero if nothing
     * @param later what it has to wait for, such as a dead time
     */
    record Switched(boolean on, OptionalDouble level, Duration remaining, Duration superseded, Optional<Later> later) {}

    /** A state that it goes to by itself, and when at the latest, as far as is known. */
    record Later(boolean on, Duration time) {}
}
