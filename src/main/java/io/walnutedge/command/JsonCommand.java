package io.walnutedge.command;

import io.walnutedge.json.JsonException;
import io.walnutedge.json.JsonReader;
import io.walnutedge.reading.SensorId;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One command as JSON:
 *
 * <pre>
 * {"output":"pump", "state":"ON", "for":"500 ms", "id":"42", "time":"2026-01-02T03:04:05Z", "ttl":"10 s"}
 * {"output":"pump", "set_on_ms":500}
 * </pre>
 *
 * {@code output} is needed on the command topic alone; {@code time} may be milliseconds since 1970; an unknown key is an
 * error. One thread.
 */
final class JsonCommand {
    private static final List<String> KEYS =
            List.of("output", "state", "for", "id", "time", "ttl", "set_on_ms", "set_off_ms");

    /** A command is flat; more depth is no command and costs stack. */
    private static final int MAX_DEPTH = 4;

    private static final int MAX_ID = 64;

    private final List<SensorId> outputs;
    private Optional<SensorId> output;
    private Optional<String> id = Optional.empty();

    JsonCommand(Optional<SensorId> ofTopic, List<SensorId> outputs) {
        this.output = ofTopic;
        this.outputs = outputs;
    }

    SwitchCommand read(String text) throws RefusedException {
        try {
            return read(JsonReader.object(text, MAX_DEPTH));
        } catch (JsonException malformed) {
            throw new RefusedException(malformed.getMessage());
        } catch (RefusedException refused) {
            throw refused.about(id, output);
        }
    }

    private SwitchCommand read(Map<String, @Nullable Object> json) throws RefusedException {
        id = id(json);
        requireKnownKeys(json);
        var named = readOutput(json);
        var time = time(json);
        var ttl = optionalText(json, "ttl");
        Optional<Duration> life = ttl.isEmpty() ? Optional.empty() : Optional.of(Words.duration("ttl", ttl.get()));
        if (life.isPresent() && time.isEmpty()) {
            throw new RefusedException("'ttl' needs 'time' beside it");
        }
        return json.containsKey("set_on_ms") || json.containsKey("set_off_ms")
                ? pulse(json, named, time, life)
                : new SwitchCommand(named, action(json), hold(json), id, time, life);
    }

    private static void requireKnownKeys(Map<String, @Nullable Object> json) throws RefusedException {
        for (var key : json.keySet()) {
            if (!KEYS.contains(key)) {
                var near = Words.suggestion(key, KEYS);
                throw new RefusedException("unknown key " + Quote.of(key)
                        + (near.isEmpty() ? "; accepted: " + String.join(", ", KEYS) : near));
            }
        }
    }

    private SensorId readOutput(Map<String, @Nullable Object> json) throws RefusedException {
        var name = optionalText(json, "output");
        if (name.isEmpty()) {
            return output.orElseThrow(() -> new RefusedException("'output' is missing"));
        }
        var named = Words.output(name.get(), outputs);
        if (output.isPresent() && !output.get().equals(named)) {
            throw new RefusedException("'output' is '" + named + "' on the topic of '" + output.get() + "'");
        }
        output = Optional.of(named);
        return named;
    }

    private SwitchCommand pulse(
            Map<String, @Nullable Object> json, SensorId named, Optional<Instant> time, Optional<Duration> life)
            throws RefusedException {
        var on = json.containsKey("set_on_ms");
        var key = on ? "set_on_ms" : "set_off_ms";
        for (var other : List.of("state", "for", on ? "set_off_ms" : "set_on_ms")) {
            if (json.containsKey(other)) {
                throw new RefusedException("'" + key + "' does not go with '" + other + "'");
            }
        }
        if (!(json.get(key) instanceof BigDecimal number)) {
            throw new RefusedException("'" + key + "' is not a number of milliseconds, as in 500");
        }
        var hold = Words.milliseconds(key, number.toString());
        return new SwitchCommand(named, on ? Action.ON : Action.OFF, Optional.of(hold), id, time, life);
    }

    /** A text, {@code true}, {@code false}, 1 or 0. */
    private static Action action(Map<String, @Nullable Object> json) throws RefusedException {
        var state = json.get("state");
        if (!json.containsKey("state")) {
            throw new RefusedException("'state' is missing; accepted: " + Action.ACCEPTED);
        }
        if (state instanceof String || state instanceof Boolean || state instanceof BigDecimal) {
            return Words.action(state.toString());
        }
        throw new RefusedException("'state' has the wrong type; accepted: " + Action.ACCEPTED);
    }

    private static Optional<Duration> hold(Map<String, @Nullable Object> json) throws RefusedException {
        var text = optionalText(json, "for");
        return text.isEmpty() ? Optional.empty() : Optional.of(Words.hold(text.get()));
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
        return key.equals("for") || key.equals("ttl");
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
            throw new RefusedException("'time' " + Quote.of(String.valueOf(json.get("time")))
                    + " is neither like 2026-01-02T03:04:05Z nor whole milliseconds since 1970");
        }
        throw new RefusedException("'time' is neither a text nor a number");
    }
}
