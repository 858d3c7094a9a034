package io.walnutedge.command;

import io.walnutedge.command.CommandTopics.Kind;
import io.walnutedge.command.CommandTopics.Role;
import io.walnutedge.config.CommandWord;
import io.walnutedge.reading.ItemId;
import io.walnutedge.text.Quote;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Reads a payload by its topic's role. Plain text is {@code STATE [TIME]} on a set topic, {@code OUTPUT STATE [TIME]},
 * {@code read}, {@code read SENSOR}, {@code interval SENSOR TIME}, {@code status}, {@code reload} or {@code restart} on the
 * command topic and milliseconds on mqtt-io's; what begins with a brace is JSON on the first two. Immutable; any thread.
 */
final class CommandParser {
    /** In bytes; more is refused unread. */
    static final int MAX_BYTES = 4096;

    private final CommandTargets names;

    CommandParser(CommandTargets names) {
        this.names = names;
    }

    Command parse(Role role, byte[] payload) throws RefusedException {
        try {
            return parse(role, text(payload));
        } catch (RefusedException refused) {
            throw refused.about(Optional.empty(), role.output());
        }
    }

    private Command parse(Role role, String text) throws RefusedException {
        if (role.kind() == Kind.HOMIE_STATE || role.kind() == Kind.HOMIE_LEVEL) {
            return Command.plain(new Command.Switch(homie(role, text)));
        }
        var timed = role.kind() == Kind.SET_ON_MS || role.kind() == Kind.SET_OFF_MS;
        if (text.startsWith("{") && !timed) {
            return new JsonCommand(role.output(), names).read(text);
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new RefusedException("a control character in a command");
        }
        if (timed) {
            return milliseconds(role, text);
        }
        return role.output().isPresent() ? switching(role.output().get(), text) : naming(text);
    }

    /** As the Homie convention 5 has it ("Payloads"): case sensitive, and a float may have an exponent. */
    private SwitchCommand homie(Role role, String text) throws RefusedException {
        var output = role.output().orElseThrow();
        return role.kind() == Kind.HOMIE_LEVEL
                ? SwitchCommand.level(output, CommandFields.homieLevel(text, names.range(output)), Optional.empty())
                : SwitchCommand.plain(output, CommandFields.homieState(text), Optional.empty());
    }

    private static String text(byte[] payload) throws RefusedException {
        if (payload.length > MAX_BYTES) {
            throw new RefusedException(Refusal.TOO_LARGE, "a command of more than " + MAX_BYTES + " bytes");
        }
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(payload))
                    .toString();
            return stripped(text);
        } catch (CharacterCodingException malformed) {
            throw new RefusedException("a command that is not valid UTF-8");
        }
    }

    /** Without blanks and the line end that a shell's echo leaves. */
    private static String stripped(String text) throws RefusedException {
        var from = 0;
        var to = text.length();
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(text.charAt(to - 1))) {
            to--;
        }
        if (from == to) {
            throw new RefusedException("an empty command; accepted: " + Action.ACCEPTED + " or JSON");
        }
        return text.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private static Command milliseconds(Role role, String text) throws RefusedException {
        var on = role.kind() == Kind.SET_ON_MS;
        var hold = CommandFields.milliseconds(on ? "set_on_ms" : "set_off_ms", text);
        var output = role.output().orElseThrow();
        return Command.plain(
                new Command.Switch(SwitchCommand.plain(output, on ? Action.ON : Action.OFF, Optional.of(hold))));
    }

    private Command naming(String text) throws RefusedException {
        var words = text.split(" +", 2);
        var rest = words.length == 1 ? "" : words[1];
        return switch (CommandWord.of(words[0]).orElse(CommandWord.SET)) {
            case SET -> output(words[0], rest);
            case STATUS -> alone(words[0], rest, new Command.Status());
            case RELOAD -> alone(words[0], rest, new Command.Reload());
            case RESTART -> alone(words[0], rest, new Command.Restart());
            case READ -> Command.plain(rest.isEmpty() ? new Command.ReadAll() : new Command.Read(names.sensor(rest)));
            case INTERVAL -> Command.plain(interval(rest));
        };
    }

    private static Command alone(String word, String rest, Command.Request request) throws RefusedException {
        if (!rest.isEmpty()) {
            throw new RefusedException(word + " takes nothing behind it");
        }
        return Command.plain(request);
    }

    private Command.Interval interval(String rest) throws RefusedException {
        var words = rest.split(" +", 2);
        if (words.length == 1) {
            throw new RefusedException(
                    "'interval' is half a command; write interval SENSOR TIME, as in interval room 5 s");
        }
        return names.interval(words[0], words[1]);
    }

    private Command output(String name, String rest) throws RefusedException {
        if (rest.isEmpty()) {
            throw new RefusedException(Quote.brief(name) + " is half a command; write OUTPUT STATE, as in pump ON");
        }
        var output = CommandFields.output(name, names.outputs());
        try {
            return switching(output, rest);
        } catch (RefusedException refused) {
            throw refused.about(Optional.empty(), Optional.of(output));
        }
    }

    private Command switching(ItemId output, String text) throws RefusedException {
        var words = text.split(" +", 2);
        var rest = words.length == 1 ? "" : words[1];
        if (names.ranges().containsKey(output)) {
            var range = names.range(output);
            var level = CommandFields.level(words[0], range);
            if (level.isPresent()) {
                // 40 % and 40% are the same
                var unit = range.unit();
                var time =
                        rest.equals(unit) ? "" : rest.startsWith(unit + " ") ? rest.substring(unit.length() + 1) : rest;
                return Command.plain(new Command.Switch(SwitchCommand.level(output, level.getAsDouble(), hold(time))));
            }
        }
        return Command.plain(
                new Command.Switch(SwitchCommand.plain(output, CommandFields.action(words[0]), hold(rest))));
    }

    private static Optional<Duration> hold(String text) throws RefusedException {
        return text.isEmpty() ? Optional.empty() : Optional.of(CommandFields.hold(text));
    }
}
