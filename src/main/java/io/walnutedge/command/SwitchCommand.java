package io.walnutedge.command;

import io.walnutedge.reading.ItemId;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a command asks of one output. Immutable; any thread.
 *
 * @param action {@code ON} or {@code OFF} where there is a level
 * @param level 0 to 1, where the command gives one
 * @param hold afterwards the output goes to the opposite state
 * @param fade time to get there; empty: the output's own
 * @param id the sender's, for the cause of the state
 */
public record SwitchCommand(
        ItemId output,
        Action action,
        OptionalDouble level,
        Optional<Duration> hold,
        Optional<Duration> fade,
        Optional<String> id) {

    static SwitchCommand plain(ItemId output, Action action, Optional<Duration> hold) {
        return new SwitchCommand(output, action, OptionalDouble.empty(), hold, Optional.empty(), Optional.empty());
    }

    static SwitchCommand level(ItemId output, double level, Optional<Duration> hold) {
        var action = level > 0 ? Action.ON : Action.OFF;
        return new SwitchCommand(output, action, OptionalDouble.of(level), hold, Optional.empty(), Optional.empty());
    }

    /** Whether it asks for a state and not for an event: only then may it be kept and obeyed later. */
    boolean isState() {
        return action != Action.TOGGLE && hold.isEmpty();
    }
}
