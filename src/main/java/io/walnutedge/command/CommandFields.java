package io.walnutedge.command;

import io.walnutedge.reading.IntervalBounds;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.ValueRange;
import io.walnutedge.text.Quote;
import io.walnutedge.text.Suggestion;
import io.walnutedge.text.TimeText;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** The words of a command, each with its own error. Stateless; any thread. */
final class CommandFields {
    private static final Duration SHORTEST_HOLD = Duration.ofMillis(1);
    private static final Duration LONGEST_FADE = Duration.ofHours(1);
    private static final Duration LONGEST_HOLD = Duration.ofDays(7);
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,9})?");

    private static final Pattern FLOAT = Pattern.compile("-?[0-9]{1,15}(\\.[0-9]{1,17})?([eE]-?[0-9]{1,3})?");

    /** Longer words have no near one, and comparing costs their length. */
    private static final int LONGEST_COMPARED = 64;

    private CommandFields() {}

    static Action action(String word) throws RefusedException {
        return Action.parse(word)
                .orElseThrow(
                        () -> new RefusedException(Quote.brief(word) + " is no state; accepted: " + Action.ACCEPTED));
    }

    static ItemId output(String word, Collection<ItemId> outputs) throws RefusedException {
        return named(Refusal.UNKNOWN_OUTPUT, "output", word, outputs);
    }

    static ItemId sensor(String word, Collection<ItemId> sensors) throws RefusedException {
        return named(Refusal.UNKNOWN_SENSOR, "sensor", word, sensors);
    }

    private static ItemId named(Refusal code, String kind, String word, Collection<ItemId> ids)
            throws RefusedException {
        var found = ids.stream().filter(id -> id.value().equals(word)).findFirst();
        if (found.isPresent()) {
            return found.get();
        }
        var names = ids.stream().map(ItemId::value).toList();
        throw new RefusedException(code, "no " + kind + " " + Quote.brief(word) + suggestion(word, names));
    }

    /** A level with or without its unit; empty where the word is no number at all. */
    static OptionalDouble level(String word, ValueRange range) throws RefusedException {
        var unit = range.unit();
        var number = word.endsWith(unit)
                ? word.substring(0, word.length() - unit.length()).stripTrailing()
                : word;
        var digits = range.min() < 0 && number.startsWith("-") ? number.substring(1) : number;
        if (!NUMBER.matcher(digits).matches()) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(level(new BigDecimal(number), range));
    }

    static Action homieState(String text) throws RefusedException {
        return switch (text) {
            case "true" -> Action.ON;
            case "false" -> Action.OFF;
            default -> throw new RefusedException(Quote.brief(text) + " is no boolean of Homie; accepted: true, false");
        };
    }

    static double homieLevel(String text, ValueRange range) throws RefusedException {
        if (!FLOAT.matcher(text).matches()) {
            throw new RefusedException(Quote.brief(text) + " is no number of Homie; accepted: " + range.limits());
        }
        return level(new BigDecimal(text), range);
    }

    /** The share of a level. */
    static double level(BigDecimal value, ValueRange range) throws RefusedException {
        if (!range.contains(value)) {
            throw new RefusedException("the level is out of range; accepted: " + range);
        }
        return range.share(value);
    }

    static Duration interval(String text, IntervalBounds bounds) throws RefusedException {
        var every = duration("every", text);
        if (!bounds.contains(every)) {
            throw new RefusedException("'every' is out of range; accepted: " + bounds);
        }
        return every;
    }

    static Duration fade(String text) throws RefusedException {
        var fade = duration("fade", text);
        if (fade.compareTo(LONGEST_FADE) > 0) {
            throw new RefusedException("'fade' is out of range; accepted: 0 s to 1 h");
        }
        return fade;
    }

    static String suggestion(String word, List<String> accepted) {
        return word.length() > LONGEST_COMPARED ? "" : Suggestion.of(word, accepted);
    }

    /** @param key what it is for, as in error messages */
    static Duration duration(String key, String text) throws RefusedException {
        if (NUMBER.matcher(text).matches()) {
            throw new RefusedException(
                    "'" + key + "' " + text + " has no unit; write " + text + " s or " + text + " ms");
        }
        return TimeText.parse(text)
                .orElseThrow(() -> new RefusedException("'" + key + "' " + Quote.brief(text)
                        + " is not a time; accepted: a number with ms, s, min, h or d, as in 500 ms"));
    }

    static Duration hold(String text) throws RefusedException {
        return held("for", duration("for", text));
    }

    /** A hold in milliseconds, as mqtt-io writes it. */
    static Duration milliseconds(String key, String text) throws RefusedException {
        if (!NUMBER.matcher(text).matches()) {
            throw new RefusedException(
                    "'" + key + "' " + Quote.brief(text) + " is not a number of milliseconds, as in 500");
        }
        var nanos = new BigDecimal(text).movePointRight(6);
        if (nanos.compareTo(BigDecimal.valueOf(LONGEST_HOLD.toNanos())) > 0) {
            throw outOfRange(key);
        }
        return held(key, Duration.ofNanos(nanos.longValue()));
    }

    private static Duration held(String key, Duration hold) throws RefusedException {
        if (hold.compareTo(SHORTEST_HOLD) < 0 || hold.compareTo(LONGEST_HOLD) > 0) {
            throw outOfRange(key);
        }
        return hold;
    }

    private static RefusedException outOfRange(String key) {
        return new RefusedException("'" + key + "' is out of range; accepted: 1 ms to 7 d");
    }
}
