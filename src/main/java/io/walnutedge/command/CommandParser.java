package io.walnutedge.command;

import io.walnutedge.command.CommandTopics.Kind;
import io.walnutedge.command.CommandTopics.Role;
import io.walnutedge.reading.SensorId;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Reads a payload by its topic's role. Plain text is {@code STATE [TIME]} on a set topic, {@code OUTPUT STATE [TIME]} on
 * the command topic and milliseconds on mqtt-io's; what begins with a brace is JSON on the first two. Immutable; any
 * thread.
 */
final class CommandParser {
    /** In bytes; more is refused unread. */
    static final int MAX_BYTES = 4096;

    private final List<SensorId> outputs;

    CommandParser(List<SensorId> outputs) {
        this.outputs = outputs;
    }

    SwitchCommand parse(Role role, byte[] payload) throws RefusedException {
        try {
            return parse(role, text(payload));
        } catch (RefusedException refused) {
            throw refused.about(Optional.empty(), role.output());
        }
    }

    private SwitchCommand parse(Role role, String text) throws RefusedException {
        var timed = role.kind() == Kind.SET_ON_MS || role.kind() == Kind.SET_OFF_MS;
        if (text.startsWith("{") && !timed) {
            return new JsonCommand(role.output(), outputs).read(text);
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new RefusedException("a control character in a command");
        }
        if (timed) {
            return milliseconds(role, text);
        }
        return role.output().isPresent() ? switching(role.output().get(), text) : naming(text);
    }

    private static String text(byte[] payload) throws RefusedException {
        if (payload.length > MAX_BYTES) {
            throw new RefusedException("a command of more than " + MAX_BYTES + " bytes");
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

    private static SwitchCommand milliseconds(Role role, String text) throws RefusedException {
        var on = role.kind() == Kind.SET_ON_MS;
        var hold = Words.milliseconds(on ? "set_on_ms" : "set_off_ms", text);
        return SwitchCommand.plain(role.output().orElseThrow(), on ? Action.ON : Action.OFF, Optional.of(hold));
    }

    private SwitchCommand naming(String text) throws RefusedException {
        var words = text.split(" +", 2);
        if (words.length == 1) {
            throw new RefusedException(Quote.of(text) + " is half a command; write OUTPUT STATE, as in pump ON");
        }
        var output = Words.output(words[0], outputs);
        try {
            return switching(output, words[1]);
        } catch (RefusedException refused) {
            throw refused.about(Optional.empty(), Optional.of(output));
        }
    }

    private static SwitchCommand switching(SensorId output, String text) throws RefusedException {
        var words = text.split(" +", 2);
        var action = Words.action(words[0]);
        Optional<Duration> hold = words.length == 1 ? Optional.empty() : Optional.of(Words.hold(words[1]));
        return SwitchCommand.plain(output, action, hold);
    }
}
