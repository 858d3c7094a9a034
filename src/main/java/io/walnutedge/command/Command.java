package io.walnutedge.command;

import io.walnutedge.config.CommandWord;
import io.walnutedge.reading.ItemId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A command, as its sender meant it. Immutable; any thread.
 *
 * @param sender what it says of itself
 */
public record Command(Sender sender, Request request) {
    /**
     * @param id to tell answers apart and to refuse a second delivery
     * @param time when the sender made it
     * @param ttl counts from {@code time}; afterwards the command is refused
     */
    public record Sender(Optional<String> id, Optional<Instant> time, Optional<Duration> ttl) {
        static final Sender UNNAMED = new Sender(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** What is asked; a new kind of command begins here. */
    public sealed interface Request {
        /** What has to be allowed for it. */
        CommandWord word();
    }

    public record Switch(SwitchCommand command) implements Request {
        @Override
        public CommandWord word() {
            return CommandWord.SET;
        }
    }

    /** All or none. */
    public record Group(List<SwitchCommand> commands) implements Request {
        @Override
        public CommandWord word() {
            return CommandWord.SET;
        }
    }

    /** Sample a sensor now. */
    public record Read(ItemId sensor) implements Request {
        @Override
        public CommandWord word() {
            return CommandWord.READ;
        }
    }

    /** Sample every sensor now. */
    public record ReadAll() implements Request {
        @Override
        public CommandWord word() {
            return CommandWord.READ;
        }
    }

    /** Sample a sensor so often until the next start or another interval. */
    public record Interval(ItemId sensor, Duration every) implements Request {
        @Override
        public CommandWord word() {
            return CommandWord.INTERVAL;
        }
    }

    /** Load the configuration again. */
    public record Reload() implements Request {
        @Override
        public CommandWord word() {
            return CommandWord.RELOAD;
        }
    }

    /** Stop in order, and be started again. */
    public record Restart() implements Request {
        @Override
        public CommandWord word() {
            return CommandWord.RESTART;
        }
    }

    /** Tell how everything is. */
    public record Status() implements Request {
        @Override
        public CommandWord word() {
            return CommandWord.STATUS;
        }
    }

    static Command plain(Request request) {
        return new Command(Sender.UNNAMED, request);
    }

    /** The one output that it is about. */
    Optional<ItemId> output() {
        return request instanceof Switch one ? Optional.of(one.command().output()) : Optional.empty();
    }

    /** Of each output that it is about, what is asked of it. */
    List<SwitchCommand> switches() {
        if (request instanceof Group group) {
            return group.commands();
        }
        return request instanceof Switch one ? List.of(one.command()) : List.of();
    }
}
