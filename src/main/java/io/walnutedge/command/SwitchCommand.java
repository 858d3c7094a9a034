package io.walnutedge.command;

import io.walnutedge.reading.SensorId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A command, as its sender meant it. Immutable; any thread.
 *
 * @param hold afterwards the output goes to the opposite state
 * @param id the sender's, to tell answers apart and to refuse a second delivery
 * @param time when the sender made it
 * @param ttl counts from {@code time}; afterwards the command is refused
 */
public record SwitchCommand(
        SensorId output,
        Action action,
        Optional<Duration> hold,
        Optional<String> id,
        Optional<Instant> time,
        Optional<Duration> ttl) {

    static SwitchCommand plain(SensorId output, Action action, Optional<Duration> hold) {
        return new SwitchCommand(output, action, hold, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
