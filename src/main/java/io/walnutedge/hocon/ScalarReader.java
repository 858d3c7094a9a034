package io.walnutedge.hocon;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.walnutedge.text.ByteSize;
import io.walnutedge.text.Suggestion;
import io.walnutedge.text.TimeText;
import io.walnutedge.text.UnitSpelling;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The values of a table that are no tables themselves: texts, numbers, times, sizes, choices. A getter that finds something
 * wrong notes it and answers the default or a harmless stand-in. One thread.
 */
public abstract sealed class ScalarReader permits ConfigTable {
    private static final String A_TEXT = "a text";

    /** The value of a key, which is a known one from now on; null where it is missing. */
    abstract @Nullable ConfigValue value(String key);

    /** Notes a problem with the value of a key. */
    public abstract void problem(String key, String message);

    abstract void wrongType(String key, ConfigValue value, String accepted);

    /** A text that must be there and must not be empty. */
    public String text(String key) {
        return optionalText(key).orElseGet(() -> missing(key, ""));
    }

    public String text(String key, String fallback) {
        return optionalText(key).orElse(fallback);
    }

    /**
     * A unit of measurement in its one spelling, however it is typed.
     *
     * @param fallback in that spelling
     */
    public String unit(String key, String fallback) {
        var unit = text(key, fallback);
        return unit.equals(fallback) ? fallback : UnitSpelling.of(unit);
    }

    /** A text that may be missing; an empty one is a problem. A number must be quoted to be a text. */
    public Optional<String> optionalText(String key) {
        var value = value(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value.valueType() != ConfigValueType.STRING) {
            wrongType(key, value, A_TEXT + ValueText.quoted(value));
            return Optional.of("");
        }
        var text = (String) value.unwrapped();
        if (text.isEmpty()) {
            problem(key, "is empty; leave the key out instead");
        }
        checkWhole(key, text);
        return Optional.of(text);
    }

    /** An escape may name half of a character, which can be written nowhere. */
    private void checkWhole(String key, String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            problem(key, "has half of a character, an escape from \\ud800 to \\udfff without its other half");
        }
    }

    /** A word that must be there, written as a text or a number. */
    public String word(String key) {
        return value(key) != null ? optionalWord(key).orElse("") : missing(key, "");
    }

    /** A word that may be written as a number too, such as a pin: its text as written. */
    public Optional<String> optionalWord(String key) {
        var value = value(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value.valueType() != ConfigValueType.STRING && value.valueType() != ConfigValueType.NUMBER) {
            wrongType(key, value, "a word or a number" + ValueText.quoted(value));
            return Optional.empty();
        }
        return Optional.of(ValueText.written(value));
    }

    /** A text or a list of texts; empty if missing. */
    public List<String> texts(String key) {
        var value = value(key);
        if (value == null) {
            return List.of();
        }
        var texts = new ArrayList<String>();
        for (var each : value instanceof ConfigList list ? list : List.of(value)) {
            if (each.valueType() == ConfigValueType.STRING) {
                texts.add((String) each.unwrapped());
                checkWhole(key, (String) each.unwrapped());
            } else {
                wrongType(key, each, A_TEXT + " or a list of texts" + ValueText.quoted(each));
            }
        }
        return texts;
    }

    /** A whole number that must be there, decimal or as {@code 0x76}. */
    public int integer(String key, int min, int max) {
        return optionalInteger(key, min, max).orElseGet(() -> missing(key, min));
    }

    public int integer(String key, int fallback, int min, int max) {
        return optionalInteger(key, min, max).orElse(fallback);
    }

    public Optional<Integer> optionalInteger(String key, int min, int max) {
        var value = value(key);
        if (value == null) {
            return Optional.empty();
        }
        var range = ValueText.bound(min) + " to " + ValueText.bound(max);
        var number = ValueText.number(value);
        if (number == null || number.stripTrailingZeros().scale() > 0) {
            wrongType(key, value, "a whole number from " + range);
            return Optional.of(min);
        }
        if (number.compareTo(BigDecimal.valueOf(min)) < 0 || number.compareTo(BigDecimal.valueOf(max)) > 0) {
            problem(key, ValueText.shown(value) + " is out of range; accepted: " + range);
            return Optional.of(min);
        }
        return Optional.of(number.intValue());
    }

    /** An I2C address of seven bits that devices may use (I2C-bus specification UM10204, 3.1.12): 0x08 to 0x77. */
    public int address(String key, int fallback) {
        return optionalAddress(key).orElse(fallback);
    }

    /** An I2C address that must be there. */
    public int address(String key) {
        return optionalAddress(key).orElseGet(() -> missing(key, 0x08));
    }

    /** One of the addresses that a chip can have; the first of them is the default. */
    public int address(String key, List<Integer> accepted) {
        var value = value(key);
        if (value == null) {
            return accepted.get(0);
        }
        var number = ValueText.number(value);
        if (number == null || accepted.stream().noneMatch(one -> number.compareTo(BigDecimal.valueOf(one)) == 0)) {
            var list = accepted.stream()
                    .map(one -> String.format(Locale.ROOT, "0x%02x", one))
                    .collect(Collectors.joining(", "));
            problem(key, ValueText.shown(value) + " is no address of this chip; accepted: " + list);
            return accepted.get(0);
        }
        return number.intValue();
    }

    private Optional<Integer> optionalAddress(String key) {
        var value = value(key);
        if (value == null) {
            return Optional.empty();
        }
        var number = ValueText.number(value);
        if (number == null
                || number.stripTrailingZeros().scale() > 0
                || number.compareTo(BigDecimal.valueOf(0x08)) < 0
                || number.compareTo(BigDecimal.valueOf(0x77)) > 0) {
            problem(key, ValueText.shown(value) + " is no I2C address; accepted: 0x08 to 0x77");
            return Optional.of(0x08);
        }
        return Optional.of(number.intValue());
    }

    /** A number that must be there. */
    public double number(String key, double min, double max) {
        return optionalNumber(key, min, max).orElseGet(() -> missing(key, min));
    }

    public double number(String key, double fallback, double min, double max) {
        return optionalNumber(key, min, max).orElse(fallback);
    }

    public Optional<Double> optionalNumber(String key, double min, double max) {
        var value = value(key);
        if (value == null) {
            return Optional.empty();
        }
        var number = ValueText.number(value);
        if (number == null) {
            wrongType(key, value, "a number");
            return Optional.of(min);
        }
        if (number.doubleValue() < min || number.doubleValue() > max) {
            problem(
                    key,
                    ValueText.shown(value) + " is out of range; accepted: " + ValueText.bound(min) + " to "
                            + ValueText.bound(max));
            return Optional.of(min);
        }
        return Optional.of(number.doubleValue());
    }

    /** {@code true} or {@code false}; {@code on}, {@code off}, {@code yes} and {@code no} serve too. */
    public boolean flag(String key, boolean fallback) {
        var value = value(key);
        if (value == null) {
            return fallback;
        }
        var word = String.valueOf(value.unwrapped()).toLowerCase(Locale.ROOT);
        if (Set.of("true", "on", "yes").contains(word)) {
            return true;
        }
        if (!Set.of("false", "off", "no").contains(word)) {
            wrongType(key, value, "true or false");
        }
        return false;
    }

    /** A time that must be there. */
    public Duration duration(String key, Duration min, Duration max) {
        return optionalDuration(key, min, max).orElseGet(() -> missing(key, min));
    }

    /** A time with its unit, as in {@code 500 ms}, {@code 10 s}, {@code 5 min}, {@code 1 h}; a bare number is refused. */
    public Duration duration(String key, Duration fallback, Duration min, Duration max) {
        var value = value(key);
        return value == null ? fallback : duration(key, value, min, max).orElse(fallback);
    }

    /** The same, or {@code off} or {@code 0 s}, which are zero. */
    public Duration durationOrOff(String key, Duration fallback, Duration min, Duration max) {
        var value = value(key);
        if (value == null) {
            return fallback;
        }
        var text = String.valueOf(value.unwrapped());
        if (text.equals("off") || TimeText.parse(text).filter(Duration::isZero).isPresent()) {
            return Duration.ZERO;
        }
        return duration(key, value, min, max).orElse(fallback);
    }

    public Optional<Duration> optionalDuration(String key, Duration min, Duration max) {
        var value = value(key);
        return value == null
                ? Optional.empty()
                : Optional.of(duration(key, value, min, max).orElse(min));
    }

    /** Empty, and a problem, where the value is none that is accepted. */
    private Optional<Duration> duration(String key, ConfigValue value, Duration min, Duration max) {
        var duration = TimeText.parse(String.valueOf(value.unwrapped()));
        if (duration.isEmpty()) {
            var hint = value.valueType() == ConfigValueType.NUMBER
                    ? " has no unit; write " + ValueText.shown(value) + " s if you mean seconds"
                    : " is not a time; accepted: a number with us, ms, s, min, h or d, as in 500 ms or 10 s";
            problem(key, ValueText.shown(value) + hint);
            return Optional.empty();
        }
        if (duration.get().compareTo(min) < 0 || duration.get().compareTo(max) > 0) {
            problem(
                    key,
                    ValueText.shown(value) + " is out of range; accepted: " + ValueText.bound(min) + " to "
                            + ValueText.bound(max));
            return Optional.empty();
        }
        return duration;
    }

    /** A size with its unit, as in {@code 64 MiB} or {@code 500 kB}; a bare number is refused. */
    public long bytes(String key, long fallback, long min, long max) {
        var value = value(key);
        if (value == null) {
            return fallback;
        }
        var size = ByteSize.parse(String.valueOf(value.unwrapped()));
        if (size.isEmpty()) {
            problem(key, ValueText.shown(value) + " is not a size; accepted: " + ByteSize.ACCEPTED);
            return fallback;
        }
        if (size.getAsLong() < min || size.getAsLong() > max) {
            problem(
                    key,
                    ValueText.shown(value) + " is out of range; accepted: " + ByteSize.text(min) + " to "
                            + ByteSize.text(max));
            return fallback;
        }
        return size.getAsLong();
    }

    /** One of an enumeration's names, written in lower case with {@code -} for {@code _}. */
    public <E extends Enum<E>> E choice(String key, E fallback) {
        var value = value(key);
        if (value == null) {
            return fallback;
        }
        var word = String.valueOf(value.unwrapped());
        var accepted = new LinkedHashMap<String, E>();
        for (var constant : fallback.getDeclaringClass().getEnumConstants()) {
            accepted.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
        }
        // HOCON users write on and off, and JSON users true and false, for the same thing
        var alias = Map.of("true", "on", "false", "off").getOrDefault(word, word);
        var found = accepted.getOrDefault(word, accepted.get(alias));
        if (found == null) {
            problem(
                    key,
                    ValueText.shown(value) + " is none of " + String.join(", ", accepted.keySet())
                            + Suggestion.of(word, accepted.keySet()));
            return fallback;
        }
        return found;
    }

    private <T> T missing(String key, T standIn) {
        problem(key, "is required and missing");
        return standIn;
    }
}
