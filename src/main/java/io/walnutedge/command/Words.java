package io.walnutedge.command;

import io.walnutedge.config.Settings;
import io.walnutedge.config.Suggestion;
import io.walnutedge.reading.SensorId;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** The words of a command, each with its own error. Stateless; any thread. */
final class Words {
    private static final Duration SHORTEST_HOLD = Duration.ofMillis(1);
    private static final Duration LONGEST_HOLD = Duration.ofDays(7);
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,9})?");

    /** Longer words have no near one, and comparing costs their length. */
    private static final int LONGEST_COMPARED = 64;

    private Words() {}

    static Action action(String word) throws RefusedException {
        return Action.parse(word)
                .orElseThrow(() -> new RefusedException(Quote.of(word) + " is no state; accepted: " + Action.ACCEPTED));
    }

    static SensorId output(String word, Collection<SensorId> outputs) throws RefusedException {
        var found = outputs.stream().filter(id -> id.value().equals(word)).findFirst();
        if (found.isPresent()) {
            return found.get();
        }
        var names = outputs.stream().map(SensorId::value).toList();
        throw new RefusedException("no output " + Quote.of(word) + suggestion(word, names));
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
        return Settings.parseDuration(text)
                .orElseThrow(() -> new RefusedException("'" + key + "' " + Quote.of(text)
                        + " is not a time; accepted: a number with ms, s, min, h or d, as in 500 ms"));
    }

    static Duration hold(String text) throws RefusedException {
        return held("for", duration("for", text));
    }

    /** A hold in milliseconds, as mqtt-io writes it. */
    static Duration milliseconds(String key, String text) throws RefusedException {
        if (!NUMBER.matcher(text).matches()) {
            throw new RefusedException(
                    "'" + key + "' " + Quote.of(text) + " is not a number of milliseconds, as in 500");
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
