package io.walnutedge.hocon;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import io.walnutedge.text.ByteSize;
import io.walnutedge.text.Redaction;
import io.walnutedge.text.Suggestion;
import io.walnutedge.text.TimeText;
import io.walnutedge.text.UnitSpelling;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One table of the configuration, read strictly. A getter that finds something wrong notes it in {@link Problems} and
 * answers the default (or a harmless stand-in), so that reading goes on and finds the rest; nothing that was read may be
 * used before {@link Problems#throwIfAny}. One thread.
 *
 * <p>Whoever owns a table calls {@link #finish} after its last getter: a key that nobody asked for is a problem then.
 */
public final class ConfigTable {
    private static final String A_TEXT = "a text";

    private final ConfigObject table;
    private final String path;
    private final Problems problems;
    private final @Nullable Path home;
    private final Set<String> asked = new TreeSet<>();
    /** Of the tables inside, too. */
    private final List<Object> files;

    /** @param home the directory of the main file; null where there is no file */
    public ConfigTable(ConfigObject table, String path, Problems problems, @Nullable Path home) {
        this(table, path, problems, home, new ArrayList<>());
    }

    private ConfigTable(ConfigObject table, String path, Problems problems, @Nullable Path home, List<Object> files) {
        this.files = files;
        this.table = table;
        this.path = path;
        this.problems = problems;
        this.home = home;
    }

    /** The key of this table from the top, such as {@code sensors.room}; empty at the top. */
    public String path() {
        return path;
    }

    public boolean has(String key) {
        asked.add(key);
        return present(key) != null;
    }

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
            wrongType(key, value, A_TEXT + quoted(value));
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
        return has(key) ? optionalWord(key).orElse("") : missing(key, "");
    }

    /** A word that may be written as a number too, such as a pin: its text as written. */
    public Optional<String> optionalWord(String key) {
        var value = value(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value.valueType() != ConfigValueType.STRING && value.valueType() != ConfigValueType.NUMBER) {
            wrongType(key, value, "a word or a number" + quoted(value));
            return Optional.empty();
        }
        return Optional.of(written(value));
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
                wrongType(key, each, A_TEXT + " or a list of texts" + quoted(each));
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
        var range = Bound.of(min) + " to " + Bound.of(max);
        var number = number(value);
        if (number == null || number.stripTrailingZeros().scale() > 0) {
            wrongType(key, value, "a whole number from " + range);
            return Optional.of(min);
        }
        if (number.compareTo(BigDecimal.valueOf(min)) < 0 || number.compareTo(BigDecimal.valueOf(max)) > 0) {
            problem(key, shown(value) + " is out of range; accepted: " + range);
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
        var number = number(value);
        if (number == null || accepted.stream().noneMatch(one -> number.compareTo(BigDecimal.valueOf(one)) == 0)) {
            var list = accepted.stream()
                    .map(one -> String.format(Locale.ROOT, "0x%02x", one))
                    .collect(Collectors.joining(", "));
            problem(key, shown(value) + " is no address of this chip; accepted: " + list);
            return accepted.get(0);
        }
        return number.intValue();
    }

    private Optional<Integer> optionalAddress(String key) {
        var value = value(key);
        if (value == null) {
            return Optional.empty();
        }
        var number = number(value);
        if (number == null
                || number.stripTrailingZeros().scale() > 0
                || number.compareTo(BigDecimal.valueOf(0x08)) < 0
                || number.compareTo(BigDecimal.valueOf(0x77)) > 0) {
            problem(key, shown(value) + " is no I2C address; accepted: 0x08 to 0x77");
            return Optional.of(0x08);
        }
        return Optional.of(number.intValue());
    }

    public double number(String key, double fallback, double min, double max) {
        return optionalNumber(key, min, max).orElse(fallback);
    }

    public Optional<Double> optionalNumber(String key, double min, double max) {
        var value = value(key);
        if (value == null) {
            return Optional.empty();
        }
        var number = number(value);
        if (number == null) {
            wrongType(key, value, "a number");
            return Optional.of(min);
        }
        if (number.doubleValue() < min || number.doubleValue() > max) {
            problem(key, shown(value) + " is out of range; accepted: " + Bound.of(min) + " to " + Bound.of(max));
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
                    ? " has no unit; write " + shown(value) + " s if you mean seconds"
                    : " is not a time; accepted: a number with us, ms, s, min, h or d, as in 500 ms or 10 s";
            problem(key, shown(value) + hint);
            return Optional.empty();
        }
        if (duration.get().compareTo(min) < 0 || duration.get().compareTo(max) > 0) {
            problem(key, shown(value) + " is out of range; accepted: " + Bound.of(min) + " to " + Bound.of(max));
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
            problem(key, shown(value) + " is not a size; accepted: " + ByteSize.ACCEPTED);
            return fallback;
        }
        if (size.getAsLong() < min || size.getAsLong() > max) {
            problem(
                    key,
                    shown(value) + " is out of range; accepted: " + ByteSize.text(min) + " to " + ByteSize.text(max));
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
                    shown(value) + " is none of " + String.join(", ", accepted.keySet())
                            + Suggestion.of(word, accepted.keySet()));
            return fallback;
        }
        return found;
    }

    /** The directory of the main file; empty where there is no file. */
    public Optional<Path> home() {
        return Optional.ofNullable(home);
    }

    /** True where the key is there and is a table. */
    public boolean hasTable(String key) {
        return present(key) instanceof ConfigObject;
    }

    /** A table inside this one; empty if missing. */
    public Optional<ConfigTable> section(String key) {
        var value = value(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof ConfigObject object) {
            return Optional.of(inside(object, key));
        }
        wrongType(key, value, "a table in { }");
        return Optional.empty();
    }

    /** A table inside this one, or an empty one in its place so that its defaults apply. */
    public ConfigTable sectionOrEmpty(String key) {
        return section(key)
                .orElseGet(() -> inside(ConfigValueFactory.fromMap(Map.of()).withOrigin(table.origin()), key));
    }

    private ConfigTable inside(ConfigObject object, String key) {
        return new ConfigTable(object, pathOf(key), problems, home, files);
    }

    /** A list as a table with the keys 0, 1, 2 and so on, so that every getter reads its items; empty if missing. */
    public Optional<ConfigTable> list(String key) {
        var value = value(key);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof ConfigList list)) {
            wrongType(key, value, "a list in [ ]");
            return Optional.empty();
        }
        var items = new HashMap<String, ConfigValue>();
        for (var item : list) {
            items.put(String.valueOf(items.size()), item);
        }
        return Optional.of(inside(ConfigValueFactory.fromMap(items).withOrigin(list.origin()), key));
    }

    /** The keys of this table in the order of the file; of a list, in its order. */
    public List<String> keys() {
        var isList = IntStream.range(0, table.size()).allMatch(i -> table.containsKey(String.valueOf(i)));
        return isList
                ? IntStream.range(0, table.size()).mapToObj(String::valueOf).toList()
                : inFileOrder().toList();
    }

    /** True where somebody has asked for the key, so that it is a known one. */
    public boolean isAsked(String key) {
        return asked.contains(key);
    }

    /** True where the key is there and is a list. */
    public boolean hasList(String key) {
        return present(key) instanceof ConfigList;
    }

    /**
     * The table in the file {@code folder/NAME.conf}, where NAME is the text of a key, beside the file in which the key
     * stands or beside the main file; empty if the key is missing or, which is a problem, the file.
     */
    public Optional<ConfigTable> fileNamedBy(String key, String folder) {
        var value = value(key);
        return value == null
                ? Optional.empty()
                : NamedFile.find(this, key, text(key), folder, value.origin(), home)
                        .flatMap(file -> ConfigFile.part(file, problems))
                        .map(part -> {
                            files.add(part.table.unwrapped());
                            return part;
                        });
    }

    /** The same table for a part of its own: what it names in files is not this one's. */
    private ConfigTable apart() {
        return new ConfigTable(table, path, problems, home, new ArrayList<>());
    }

    /** What is written here, and in the files that were read by name up to now; never shown, for there may be secrets. */
    public RawEntry written() {
        return new RawEntry(List.of(table.unwrapped(), List.copyOf(files)));
    }

    /** How many problems there are up to now, to leave out what would only follow from them. */
    public int problemCount() {
        return problems.count();
    }

    /** Every key of this table, each of which must be a table, in the order of the file. */
    public Map<String, ConfigTable> sections() {
        var sections = new LinkedHashMap<String, ConfigTable>();
        inFileOrder().forEach(key -> section(key).ifPresent(section -> sections.put(key, section.apart())));
        return sections;
    }

    /**
     * A list of tables, in its order, each with the path {@code key[0]} and so on; empty if missing.
     *
     * @param accepted the keys that the tables may have, for whoever writes a word or an empty table in place of one
     */
    public List<ConfigTable> tables(String key, Collection<String> accepted) {
        var tables = new ArrayList<ConfigTable>();
        elements(key, "a list of tables, as in [ { ... }, { ... } ]").forEach((name, element) -> {
            if (element instanceof ConfigObject object && !object.isEmpty()) {
                tables.add(new ConfigTable(object, pathOf(name), problems, home));
                return;
            }
            var word = String.valueOf(element.unwrapped());
            problems.add(
                    element.origin(),
                    pathOf(name),
                    shown(element) + " is not a table with a key, as in { key = ... }; accepted: "
                            + String.join(", ", accepted) + Suggestion.of(word, accepted));
        });
        return tables;
    }

    /** A list of lists of numbers, each of the same length and with numbers up to a limit; empty if missing. */
    public List<List<Double>> rows(String key, int length, double limit) {
        var accepted = "a list of " + length + " numbers of at most " + Bound.of(limit);
        var rows = new ArrayList<List<Double>>();
        elements(key, "a list of lists of numbers").forEach((name, element) -> {
            var row = new ArrayList<Double>();
            for (var each : element instanceof ConfigList list ? list : List.<ConfigValue>of()) {
                var number = number(each);
                if (number != null && Math.abs(number.doubleValue()) <= limit) {
                    row.add(number.doubleValue());
                }
            }
            if (row.size() == length && element instanceof ConfigList list && list.size() == length) {
                rows.add(row);
            } else {
                wrongType(name, element, accepted);
            }
        });
        return rows;
    }

    /** The elements of a list by their names, in its order. */
    private Map<String, ConfigValue> elements(String key, String accepted) {
        var value = value(key);
        var elements = new LinkedHashMap<String, ConfigValue>();
        if (value instanceof ConfigList list) {
            list.forEach(element -> elements.put(key + "[" + elements.size() + "]", element));
        } else if (value != null) {
            wrongType(key, value, accepted);
        }
        return elements;
    }

    /** Notes a problem with the value of a key, at its line; where it is missing, at the line of this table. */
    public void problem(String key, String message) {
        var value = present(key);
        problems.add(value == null ? table.origin() : value.origin(), pathOf(key), message);
    }

    /** Where a key is there that others know and this program does not: says why, or what to do instead. */
    public void refuse(String key, String message) {
        if (present(key) != null) {
            asked.add(key);
            problem(key, message);
        }
    }

    /** Notes a problem with this table as a whole. */
    public void problem(String message) {
        problems.add(table.origin(), path, message);
    }

    /** The place of a key as {@code conf.d/lamp.conf:12}, to point at it from another problem. */
    public String where(String key) {
        var value = present(key);
        ConfigOrigin origin = value == null ? table.origin() : value.origin();
        if (Place.of(origin).isEmpty()) {
            return origin.lineNumber() > 0 ? "line " + origin.lineNumber() : origin.description();
        }
        var place = Problems.place(origin);
        return home != null && place.startsWith(home + "/")
                ? place.substring(home.toString().length() + 1)
                : place;
    }

    /** The table's last word: every key that no getter asked for is a problem. */
    public void finish() {
        inFileOrder().filter(key -> !asked.contains(key)).forEach(key -> {
            var near = Suggestion.of(key, asked);
            problem(key, "unknown key" + (near.isEmpty() ? "; accepted here: " + String.join(", ", asked) : near));
        });
    }

    private Stream<String> inFileOrder() {
        return table.entrySet().stream()
                .sorted(Comparator.comparingInt(
                        entry -> entry.getValue().origin().lineNumber()))
                .map(Map.Entry::getKey);
    }

    private @Nullable ConfigValue value(String key) {
        asked.add(key);
        return present(key);
    }

    private @Nullable ConfigValue present(String key) {
        var value = table.get(key);
        return value == null || value.valueType() == ConfigValueType.NULL ? null : value;
    }

    /** As it stands in the file: {@code 007} and {@code 1e3} are what they are, and not 7 and 1000. */
    private static String written(ConfigValue value) {
        return value instanceof ConfigObject || value instanceof ConfigList
                ? String.valueOf(value.unwrapped())
                : value.atKey("x").getString("x");
    }

    private static @Nullable BigDecimal number(ConfigValue value) {
        var text = String.valueOf(value.unwrapped()).strip();
        try {
            if (value.valueType() == ConfigValueType.NUMBER) {
                return new BigDecimal(text);
            }
            if (value.valueType() == ConfigValueType.STRING && text.matches("0[xX][0-9a-fA-F]{1,8}")) {
                return BigDecimal.valueOf(Long.parseLong(text.substring(2), 16));
            }
            // what comes from the environment is a text
            return value.valueType() == ConfigValueType.STRING && text.matches("[+-]?[0-9]{1,20}(\\.[0-9]{1,20})?")
                    ? new BigDecimal(text)
                    : null;
        } catch (NumberFormatException notFinite) {
            return null;
        }
    }

    private <T> T missing(String key, T standIn) {
        problem(key, "is required and missing");
        return standIn;
    }

    private void wrongType(String key, ConfigValue value, String accepted) {
        problems.add(value.origin(), pathOf(key), shown(value) + " is not " + accepted);
    }

    /** How a text is written that looks like something else. */
    private static String quoted(ConfigValue value) {
        return switch (value.valueType()) {
            case NUMBER, BOOLEAN -> "; as one it is written \"" + written(value) + "\"";
            case OBJECT, LIST, STRING, NULL -> "";
        };
    }

    private static String shown(ConfigValue value) {
        var text = value.valueType() == ConfigValueType.NUMBER
                ? written(value)
                : value.render(ConfigRenderOptions.concise());
        // in a section or a list that stands in the place of a broker's URL there may be one
        var safe = Redaction.of(text);
        return safe.length() > 60 ? safe.substring(0, 57) + "..." : safe;
    }

    private String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** Writes the ends of a range. */
    private static final class Bound {
        static String of(double bound) {
            return new BigDecimal(Double.toString(bound)).stripTrailingZeros().toPlainString();
        }

        static String of(Duration bound) {
            return TimeText.of(bound);
        }
    }
}
