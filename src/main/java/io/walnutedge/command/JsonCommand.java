package io.walnutedge.command;

import io.walnutedge.config.CommandWord;
import io.walnutedge.json.JsonException;
import io.walnutedge.json.JsonReader;
import io.walnutedge.reading.ItemId;
import io.walnutedge.text.Quote;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One command as JSON:
 *
 * <pre>
 * {"output":"pump", "state":"ON", "for":"500 ms", "id":"42", "time":"2026-01-02T03:04:05Z", "ttl":"10 s"}
 * {"output":"fan", "level":40, "fade":"2 s"}
 * {"output":"pump", "set_on_ms":500}
 * {"outputs":{"up":"OFF", "down":{"state":"ON", "for":"5 s"}}, "id":"43"}
 * {"command":"read", "sensor":"room"}
 * {"command":"read"}
 * {"command":"interval", "sensor":"room", "every":"5 s"}
 * {"command":"status"}
 * {"command":"reload"}
 * {"command":"restart"}
 * </pre>
 *
 * {@code output} is needed on the command topic alone; {@code time} may be milliseconds since 1970; an unknown key is an
 * error. One thread.
 */
final class JsonCommand {
    private static final List<String> COMMANDS = CommandWord.written();
    private static final Set<String> SENDER = Set.of("id", "time", "ttl");

    /** A group's objects are the deepest; more depth is no command and costs stack. */
    private static final int MAX_DEPTH = 4;

    private static final int MAX_ID = 64;

    private final CommandTargets names;
    private final Optional<ItemId> ofTopic;
    private Optional<ItemId> output;
    private Optional<String> id = Optional.empty();

    JsonCommand(Optional<ItemId> ofTopic, CommandTargets names) {
        this.ofTopic = ofTopic;
        this.output = ofTopic;
        this.names = names;
    }

    Command read(String text) throws RefusedException {
        try {
            return read(JsonReader.object(text, MAX_DEPTH));
        } catch (JsonException malformed) {
            throw new RefusedException(String.valueOf(malformed.getMessage()));
        } catch (RefusedException refused) {
            throw refused.about(id, output);
        }
    }

    private Command read(Map<String, @Nullable Object> json) throws RefusedException {
        id = id(json);
        var time = time(json);
        var ttl = optionalText(json, "ttl");
        Optional<Duration> life =
                ttl.isEmpty() ? Optional.empty() : Optional.of(CommandFields.duration("ttl", ttl.get()));
        if (life.isPresent() && time.isEmpty()) {
            throw new RefusedException("'ttl' needs 'time' beside it");
        }
        return new Command(new Command.Sender(id, time, life), request(json));
    }

    private Command.Request request(Map<String, @Nullable Object> json) throws RefusedException {
        if (json.containsKey("command") && ofTopic.isEmpty()) {
            return other(json);
        }
        if (json.containsKey("outputs") && ofTopic.isEmpty()) {
            return group(json);
        }
        var named = readOutput(json);
        return new Command.Switch(switching(named, json, Set.of("output")));
    }

    private Command.Request other(Map<String, @Nullable Object> json) throws RefusedException {
        var word = optionalText(json, "command").orElse("");
        return switch (CommandWord.of(word).orElse(CommandWord.SET)) {
            case STATUS -> alone(json, new Command.Status());
            case RELOAD -> alone(json, new Command.Reload());
            case RESTART -> alone(json, new Command.Restart());
            case READ -> {
                requireKeys(json, Set.of("command", "sensor"));
                yield json.containsKey("sensor") ? new Command.Read(names.sensor(sensor(json))) : new Command.ReadAll();
            }
            case INTERVAL -> {
                requireKeys(json, Set.of("command", "sensor", "every"));
                var every = optionalText(json, "every")
                        .orElseThrow(() -> new RefusedException("'every' is missing, as in \"5 s\""));
                yield names.interval(sensor(json), every);
            }
            case SET ->
                throw new RefusedException("no command " + Quote.brief(word)
                        + CommandFields.suggestion(word, COMMANDS)
                        + "; accepted: " + String.join(", ", COMMANDS));
        };
    }

    private static Command.Request alone(Map<String, @Nullable Object> json, Command.Request request)
            throws RefusedException {
        requireKeys(json, Set.of("command"));
        return request;
    }

    private static String sensor(Map<String, @Nullable Object> json) throws RefusedException {
        return optionalText(json, "sensor").orElseThrow(() -> new RefusedException("'sensor' is missing"));
    }

    private Command.Request group(Map<String, @Nullable Object> json) throws RefusedException {
        requireKeys(json, Set.of("outputs"));
        if (!(json.get("outputs") instanceof Map<?, ?> members) || members.isEmpty()) {
            throw new RefusedException("'outputs' is no object such as {\"a\":\"ON\",\"b\":\"OFF\"}");
        }
        var commands = new ArrayList<SwitchCommand>();
        for (var member : members.entrySet()) {
            var named = CommandFields.output(String.valueOf(member.getKey()), names.outputs());
            commands.add(switching(named, wish(member.getValue()), Set.of()));
        }
        return new Command.Group(commands);
    }

    /** Of a group: an object, or just a state. */
    private static Map<String, @Nullable Object> wish(@Nullable Object value) {
        if (value instanceof Map<?, ?> object) {
            var copy = new LinkedHashMap<String, @Nullable Object>();
            object.forEach((key, member) -> copy.put(String.valueOf(key), member));
            return copy;
        }
        return value == null ? Map.of() : Map.of("state", value);
    }

    private SwitchCommand switching(ItemId named, Map<String, @Nullable Object> json, Set<String> more)
            throws RefusedException {
        var keys = new LinkedHashSet<>(more);
        keys.addAll(List.of("state", "level", "for", "fade", "set_on_ms", "set_off_ms"));
        requireKeys(json, keys);
        if (json.containsKey("set_on_ms") || json.containsKey("set_off_ms")) {
            return withId(pulse(json, named));
        }
        var hold = optionalText(json, "for");
        Optional<Duration> held = hold.isEmpty() ? Optional.empty() : Optional.of(CommandFields.hold(hold.get()));
        var fade = optionalText(json, "fade");
        Optional<Duration> faded = fade.isEmpty() ? Optional.empty() : Optional.of(CommandFields.fade(fade.get()));
        if (faded.isPresent() && !names.ranges().containsKey(named)) {
            throw new RefusedException("output '" + named + "' has no levels, so that it cannot fade");
        }
        var plain =
                json.containsKey("level") ? level(json, named, held) : SwitchCommand.plain(named, action(json), held);
        return new SwitchCommand(named, plain.action(), plain.level(), held, faded, id);
    }

    private SwitchCommand withId(SwitchCommand command) {
        return new SwitchCommand(
                command.output(), command.action(), command.level(), command.hold(), command.fade(), id);
    }

    private SwitchCommand level(Map<String, @Nullable Object> json, ItemId named, Optional<Duration> held)
            throws RefusedException {
        var range = names.range(named);
        if (!(json.get("level") instanceof BigDecimal value)) {
            throw new RefusedException("'level' is not a number of " + range.word() + ", as in " + range.value(0.4));
        }
        var command = SwitchCommand.level(named, CommandFields.level(value, range), held);
        if (json.containsKey("state") && action(json) != command.action()) {
            throw new RefusedException("'state' and 'level' contradict each other");
        }
        return command;
    }

    private static void requireKeys(Map<String, @Nullable Object> json, Set<String> keys) throws RefusedException {
        for (var key : json.keySet()) {
            if (!keys.contains(key) && !SENDER.contains(key)) {
                var accepted = new ArrayList<>(keys);
                accepted.addAll(List.of("id", "time", "ttl"));
                var near = CommandFields.suggestion(key, accepted);
                throw new RefusedException("unknown key " + Quote.brief(key)
                        + (near.isEmpty() ? "; accepted: " + String.join(", ", accepted) : near));
            }
        }
    }

    private ItemId readOutput(Map<String, @Nullable Object> json) throws RefusedException {
        var name = optionalText(json, "output");
        if (name.isEmpty()) {
            return output.orElseThrow(() -> new RefusedException("'output' is missing"));
        }
        var named = CommandFields.output(name.get(), names.outputs());
        if (output.isPresent() && !output.get().equals(named)) {
            throw new RefusedException("'output' is '" + named + "' on the topic of '" + output.get() + "'");
        }
        output = Optional.of(named);
        return named;
    }

    private static SwitchCommand pulse(Map<String, @Nullable Object> json, ItemId named) throws RefusedException {
        var on = json.containsKey("set_on_ms");
        var key = on ? "set_on_ms" : "set_off_ms";
        for (var other : List.of("state", "level", "for", "fade", on ? "set_off_ms" : "set_on_ms")) {
            if (json.containsKey(other)) {
                throw new RefusedException("'" + key + "' does not go with '" + other + "'");
            }
        }
        if (!(json.get(key) instanceof BigDecimal number)) {
            throw new RefusedException("'" + key + "' is not a number of milliseconds, as in 500");
        }
        var hold = CommandFields.milliseconds(key, number.toString());
        return SwitchCommand.plain(named, on ? Action.ON : Action.OFF, Optional.of(hold));
    }

    /** A text, {@code true}, {@code false}, 1 or 0. */
    private static Action action(Map<String, @Nullable Object> json) throws RefusedException {
        var state = json.get("state");
        if (!json.containsKey("state")) {
            throw new RefusedException("'state' is missing; accepted: " + Action.ACCEPTED);
        }
        if (state instanceof String || state instanceof Boolean || state instanceof BigDecimal) {
            return CommandFields.action(state.toString());
        }
        throw new RefusedException("'state' has the wrong type; accepted: " + Action.ACCEPTED);
    }

    private static Optional<String> optionalText(Map<String, @Nullable Object> json, String key)
            throws RefusedException {
        if (!json.containsKey(key)) {
            return Optional.empty();
        }
        if (json.get(key) instanceof String text) {
            return Optional.of(text);
        }
        throw new RefusedException("'" + key + "' is not a text" + (isTime(key) ? " such as \"500 ms\"" : ""));
    }

    private static boolean isTime(String key) {
        return Set.of("for", "ttl", "fade", "every").contains(key);
    }

    /** A text or a whole number, which is answered as a text. */
    private static Optional<String> id(Map<String, @Nullable Object> json) throws RefusedException {
        if (!json.containsKey("id")) {
            return Optional.empty();
        }
        var id = json.get("id");
        var text = id instanceof BigDecimal number && number.scale() == 0 ? number.toString() : id;
        if (text instanceof String valid
                && !valid.isBlank()
                && valid.length() <= MAX_ID
                && valid.chars().noneMatch(Character::isISOControl)) {
            return Optional.of(valid);
        }
        throw new RefusedException("'id' is not a text of 1 to " + MAX_ID + " characters");
    }

    private static Optional<Instant> time(Map<String, @Nullable Object> json) throws RefusedException {
        if (!json.containsKey("time")) {
            return Optional.empty();
        }
        try {
            if (json.get("time") instanceof BigDecimal millis) {
                return Optional.of(Instant.ofEpochMilli(millis.longValueExact()));
            }
            if (json.get("time") instanceof String text) {
                return Optional.of(OffsetDateTime.parse(text).toInstant());
            }
        } catch (DateTimeException | ArithmeticException malformed) {
            throw new RefusedException("'time' " + Quote.brief(String.valueOf(json.get("time")))
                    + " is neither like 2026-01-02T03:04:05Z nor whole milliseconds since 1970");
        }
        throw new RefusedException("'time' is neither a text nor a number");
    }
}
